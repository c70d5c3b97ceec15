package dev.retake.common.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "'', ''",
        "/orders, /orders",
        "/orders/, /orders/",
        "/orders/17/lines, /orders/{id}/lines",
        "/api/v1/users, /api/v1/users",
        "/v2/repo/manifests/latest, /v2/repo/manifests/latest",
        "/orders/ORD-2024-00017, /orders/{id}",
        "/u/2f1b9c1e-6d1a-4c3b-9a6e-0d6f2b1c9e11/x, /u/{id}/x",
        "/blob/9b74c9897bac770ffc029102a200c5de, /blob/{id}",
        "/users/ann@example.org, /users/{id}",
        "/days/2026-11-21, /days/{id}",
        "/oauth2/token, /oauth2/token",
        "/products/blue-cotton-shirt, /products/blue-cotton-shirt",
        "/carts/kX9dPq2LmZ7w, /carts/{id}",
        "/s3/bucket, /s3/bucket",
        "/base64/encode, /base64/encode",
        "/a//b, /a//b",
    })
    void replacesWhatLooksLikeAnId(String path, String template) {
        assertThat(PathTemplate.of(path)).isEqualTo(template);
    }
}

package dev.retake.replay.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.replay.Recording;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeMethodsTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /a, true",
        "HEAD, /a, true",
        "OPTIONS, /a, true",
        "TRACE, /a, true",
        "POST, /a, false",
        "PUT, /a, false",
        "PATCH, /a, false",
        "DELETE, /a, false",
        "get, /a, false",
        "PROPFIND, /a, false",
        "POST, /search, true",
        "POST, /search?q=1, true",
        "POST, /search/x, false",
        "POST, /api/v1/query/x, true",
        "PUT, /search, false"
    })
    void withoutTheSwitch(String method, String target, boolean allowed) {
        SafeMethods safe = new SafeMethods(false, List.of("POST /search", "POST /api/*/query/*"));

        assertThat(safe.allow(Recording.request(method, target, ""))).isEqualTo(allowed);
        assertThat(new SafeMethods(true, List.of()).allow(Recording.request(method, target, "")))
                .isTrue();
    }
}

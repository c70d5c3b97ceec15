package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SanitizerTest {
    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @Test
    void replacesTheSameValueWhereverItStands() {
        Exchange raw = Exchanges.of(
                Exchanges.request(
                        "POST",
                        "/users/mary%40example.org/x;a=b?email=bob@corp.example.org&q=1#z",
                        Headers.of(
                                "Host", "10.0.0.1:80",
                                "Authorization", "Basic bWFyeUBleGFtcGxlLm9yZzp0aWdlcjQy",
                                "Cookie", "sid=abc123def456; theme=dark",
                                "Content-Type", "application/json"),
                        """
                        { "email" : "mary@example.org", "password":"tiger42", "note":"Hello tiger42 \\u006dary@example.org",
                          "customer":{"firstName":"Mary","lastName":"Johnson"}, "n": 1.0e5, "x": "{\\"email\\":\\"mary@example.org\\"}" }"""),
                Exchanges.response(200, Headers.of("Content-Type", "text/plain"), "Hello tiger42, <b>"));
        Exchange clean = sanitizer.sanitize(raw).exchange();
        String request = new String(clean.request().body().bytes(), StandardCharsets.UTF_8);
        String response = new String(clean.response().body().bytes(), StandardCharsets.UTF_8);

        assertThat(clean.request().target()).doesNotContain("mary", "bob").endsWith("&q=1#z");
        assertThat(request).doesNotContain("mary", "tiger42", "Johnson").contains("\"n\": 1.0e5");
        assertThat(response).startsWith("Hello ").endsWith(", <b>").doesNotContain("tiger42");
        assertThat(clean.policyVersion()).isEqualTo(Sanitizer.POLICY_VERSION);
    }
}

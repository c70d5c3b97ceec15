package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.pseudonym.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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

    @Test
    void linksNoTwoSessionsUnderSessionScope() {
        PseudonymSettings pseudonyms = new PseudonymSettings("shop", Scope.SESSION, 0);
        PrivacySettings settings = new PrivacySettings(pseudonyms, List.of(), 8, List.of(), List.of());
        Sanitizer scoped = Sanitizer.create(new RootKey(new byte[32]), settings);

        String first = target(scoped, "session-a");

        assertThat(target(scoped, "session-b")).isNotEqualTo(first);
        assertThat(target(scoped, "session-a")).isEqualTo(first);
        assertThat(scoped.identitySurrogate("zora@fastpost-inbox.net", "session-a", Instant.EPOCH))
                .isEqualTo(first.substring("/?q=".length()));
    }

    @Test
    void keepsWhatThePipelineMeasured() {
        Body raw = new Body(new byte[] {1, 2, 3, 0, 0}, 9, 7, "gzip", true, null, new byte[] {5}, 3, new long[] {3, 9});
        Exchange exchange = Exchanges.of(
                new Request("PUT", "/", "HTTP/1.1", Headers.of("Content-Type", "image/png"), raw, Headers.EMPTY),
                Exchanges.response(204, Headers.EMPTY, ""));

        Exchange clean = sanitizer.sanitize(exchange).exchange();

        assertThat(clean.request().body()).isEqualTo(raw.withheld(Withheld.BINARY));
        assertThat(clean.timings()).isEqualTo(exchange.timings());
        assertThat(clean.id()).isEqualTo(exchange.id());
    }

    private static String target(Sanitizer sanitizer, String session) {
        Request request = Exchanges.request("GET", "/?q=zora@fastpost-inbox.net", Headers.EMPTY, "");
        Exchange any = Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, ""));
        Exchange raw = new Exchange(
                any.id(),
                any.node(),
                any.connection(),
                session,
                1,
                null,
                request,
                any.response(),
                List.of(),
                any.timings(),
                any.outcome(),
                null,
                0);
        return sanitizer.sanitize(raw).exchange().request().target();
    }
}

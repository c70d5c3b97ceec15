package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text with spaces is searched for runs of base64 by its spaces: one is found wherever it stands among words. */
class EncodedRunsTest {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final String WORDS = "to be or not a question that is nobler for the mind to suffer so";

    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @ValueSource(strings = {"zo@fa.net", "zora@fastpost-inbox.net", "zora.zimmermann@fastpost-inbox.net"})
    void areFoundBehindAnyWords(String address) {
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(address.getBytes(StandardCharsets.UTF_8));
        for (int before = 0; before < WORDS.length(); before++) {
            for (String after : new String[] {"", " and on", " so that is all of it"}) {
                String text = (WORDS.substring(WORDS.length() - before) + " " + encoded + after).strip();
                assertThat(sanitized("{\"said\":\"" + text + "\"}")).as(text).doesNotContain(encoded);
            }
        }
    }

    private String sanitized(String body) {
        Exchange raw =
                Exchanges.of(Exchanges.request("GET", "/", Headers.EMPTY, ""), Exchanges.response(200, JSON, body));
        return new String(sanitizer.sanitize(raw).exchange().response().body().bytes(), StandardCharsets.UTF_8);
    }
}

package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bodies that the recording does not hold: compared by digest where that says something, and said where not. */
class WithheldTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not keyed: what matters here is that the same bytes give the same digest. */
    private static byte[] digest(byte[] body, int length) {
        return new byte[] {(byte) Arrays.hashCode(Arrays.copyOf(body, length)), (byte) length};
    }

    private static Response withheld(String type, String content, Withheld why) {
        Body body = Body.of(bytes(content))
                .withDigest(digest(bytes(content), content.length()), content.length())
                .withheld(why);
        return new Response(200, "", "HTTP/1.1", Headers.of("Content-Type", type), body, Headers.EMPTY);
    }

    private static RunResult play(String type, Withheld why, String observed, boolean keys) {
        return Played.run(from -> new VerdictSettings(
                        from.compare(),
                        from.comparable(),
                        from.ignore(),
                        1,
                        from.baseline(),
                        from.target(),
                        from.recordedHosts(),
                        from.surrogateClass(),
                        from.mask(),
                        keys ? WithheldTest::digest : null))
                .step(
                        "GET /image",
                        withheld(type, "recorded bytes", why),
                        Played.response(200, observed, "Content-Type", type))
                .finish();
    }

    @Test
    void theSameBytesMatch() {
        RunResult result = play("image/png", Withheld.BINARY, "recorded bytes", true);
        assertThat(result.counts().match()).isEqualTo(1);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void otherBytesOfABinaryBodyAreFound() {
        RunResult result = play("image/png", Withheld.BINARY, "other bytes!!!", true);
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.BODY);
            assertThat(finding.location()).isEqualTo("body");
            assertThat(finding.explanation()).isEqualTo("GET /image answers with other bytes.");
        });
    }

    @Test
    void anEmptyBodyIsFoundWithoutKeys() {
        assertThat(play("application/json", Withheld.OVER_CAP, "", false).findings())
                .extracting(Finding::explanation)
                .containsExactly("GET /image answers with no body instead of 14 bytes.");
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        String note = "The body of 1 exchange was not compared, because the recording does not hold it whole.";
        assertThat(play("application/json", Withheld.OVER_CAP, "other bytes!!!", true)
                        .notes())
                .contains(note);
        assertThat(play("image/png", Withheld.BINARY, "other bytes!!!", false).notes())
                .contains(note);
    }
}

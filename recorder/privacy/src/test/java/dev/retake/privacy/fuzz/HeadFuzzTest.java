package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Targets and fields of any bytes: no walk fails, names and order stay, and a planted address does not. */
class HeadFuzzTest {
    private static final List<String> NAMES = List.of(
            "Cookie",
            "Set-Cookie",
            "Authorization",
            "Referer",
            "Location",
            "Link",
            "Content-Disposition",
            "User-Agent",
            "X-Note",
            "note-bin");

    private static final Sanitizer SANITIZER = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @FuzzTest
    void head(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
        Canary canary = Canary.of(input);
        String name = NAMES.get((input[0] & 0x7f) % NAMES.size());
        Headers headers = Headers.of("content-type", input[0] < 0 ? "application/grpc" : "x/y", name, text);
        Request request =
                new Request("GET", "/" + text + "?q=" + canary.value(), "HTTP/1.1", headers, Body.EMPTY, headers);

        Request clean = SANITIZER
                .sanitize(DocumentFuzzTest.exchange(request))
                .exchange()
                .request();

        assertThat(clean.target()).startsWith("/");
        assertThat(clean.target().contains("[withheld]")).isEqualTo(text.contains("[withheld]"));
        canary.isNotIn(clean.target());
        assertThat(clean.headers().name(1)).isEqualTo(name);
        assertThat(clean.headers().value(1).contains("[withheld]")).isEqualTo(text.contains("[withheld]"));
        Request planted = new Request(
                "GET",
                "/",
                "HTTP/1.1",
                Headers.of(name, text + " " + canary.value()),
                Body.EMPTY,
                Headers.of("X-Other", canary.value()));
        Request cleaner = SANITIZER
                .sanitize(DocumentFuzzTest.exchange(planted))
                .exchange()
                .request();
        canary.isNotIn(cleaner.headers().value(0));
        canary.isNotIn(cleaner.trailers().value(0));
    }
}

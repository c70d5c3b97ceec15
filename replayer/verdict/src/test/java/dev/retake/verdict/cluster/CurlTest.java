package dev.retake.verdict.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CurlTest {

    private static String curl(String method, String target, String body, String... headers) {
        Request request = new Request(
                method,
                target,
                "HTTP/1.1",
                Headers.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
        return Curl.of(request, "http://t:1/", UnaryOperator.identity());
    }

    @Test
    void namesMethodHeadersAndBody() {
        assertThat(curl("PUT", "/a?b=c", "{\"x\":1}", "Content-Type", "application/json", "Host", "h"))
                .isEqualTo("curl -i -g --path-as-is -X 'PUT' 'http://t:1/a?b=c' -H 'Content-Type: application/json'"
                        + " --data-raw '{\"x\":1}'");
    }

    @Test
    void leavesCredentialsToTheReader() {
        assertThat(curl("GET", "/", "", "Authorization", "Bearer abc", "Cookie", "sid=1"))
                .isEqualTo("curl -i -g --path-as-is 'http://t:1/' -H \"Authorization: Bearer $TOKEN\""
                        + " -H \"Cookie: $COOKIE\"");
    }

    @Test
    void hostileValuesStayData() {
        assertThat(curl("GET", "/a'; rm -rf ~; '", "", "X-A", "$(id)`id`\u001b[31m\u202e"))
                .isEqualTo("curl -i -g --path-as-is 'http://t:1/a'\\''; rm -rf ~; '\\''' -H 'X-A: $(id)`id`[31m'");
    }
}

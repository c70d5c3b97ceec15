package dev.retake.replay.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.replay.target.PinnedTarget;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRewriterTest {

    @Test
    void whatBelongsToTheConnectionGoesAndTheRestKeepsItsPlace() {
        Request sent = rewrite(
                "http://test:81",
                request(
                        "GET",
                        "/a",
                        "",
                        "Host",
                        "shop.example.com",
                        "x-A",
                        "1",
                        "Connection",
                        "keep-alive, X-Hop",
                        "X-Hop",
                        "2",
                        "Keep-Alive",
                        "timeout=5",
                        "TE",
                        "trailers",
                        "Upgrade",
                        "h2c",
                        "HTTP2-Settings",
                        "AAMAAABk",
                        "Proxy-Authorization",
                        "Basic x",
                        "Expect",
                        "100-continue",
                        "X-Retake-Run",
                        "older",
                        "x-a",
                        "3",
                        ":authority",
                        "shop.example.com",
                        "Accept-Encoding",
                        "gzip, br;q=0.9, compress, sdch, *",
                        "Via",
                        "1.1 edge, 1.1 retake",
                        "Origin",
                        "https://shop.example.com",
                        "Referer",
                        "https://shop.example.com/p?q=1",
                        "Destination",
                        "https://shop.example.com/dav/b.ics",
                        "X-Forwarded-Host",
                        "shop.example.com",
                        "X-Forwarded-Proto",
                        "https"));

        assertThat(fields(sent))
                .containsExactly(
                        "Host: test:81",
                        "x-A: 1",
                        "x-a: 3",
                        "Accept-Encoding: gzip, br;q=0.9",
                        "Via: 1.1 edge",
                        "Origin: http://test:81",
                        "Referer: http://test:81/p?q=1",
                        "Destination: http://test:81/dav/b.ics",
                        "X-Forwarded-Host: test:81",
                        "X-Forwarded-Proto: https",
                        "X-Retake-Run: run-1");
    }

    @Test
    void aPageOfAnotherHostStaysOne() {
        Request sent =
                rewrite("http://test", request("GET", "/", "", "Host", "a.example", "Origin", "https://b.example"));

        assertThat(fields(sent)).contains("Origin: https://b.example");
    }

    @Test
    void framingFollowsTheContent() {
        assertThat(fields(rewrite("http://t", request("POST", "/", "abc", "Content-Length", "99", "Host", "x"))))
                .startsWith("Content-Length: 3", "Host: t");
        assertThat(fields(rewrite("http://t", request("POST", "/", "", "Host", "x", "content-length", "0"))))
                .contains("content-length: 0");
        assertThat(fields(
                        rewrite("http://t", request("POST", "/", "abc", "Host", "x", "Transfer-Encoding", "chunked"))))
                .contains("Transfer-Encoding: chunked")
                .noneMatch(field -> field.startsWith("Content-Length"));
        assertThat(fields(rewrite("http://t", request("GET", "/", "", "Host", "x"))))
                .noneMatch(field -> field.startsWith("Content-Length"));
    }

    @Test
    void aCodingThatWasTakenOffIsNotNamed() {
        Body decoded = new Body(new byte[] {1}, 1, 9, "gzip", false, null, null, 0, new long[0]);
        Request request =
                new Request("POST", "/", "HTTP/2", Headers.of("content-encoding", "gzip"), decoded, Headers.EMPTY);
        Request sent = rewrite("http://t", request);

        assertThat(fields(sent)).containsExactly("Host: t", "Content-Length: 1", "X-Retake-Run: run-1");
        assertThat(sent.version()).isEqualTo("HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "http://t, /a/b?c=d, /a/b?c=d",
        "http://t/, /a, /a",
        "http://t/v2/, /a?b, /v2/a?b",
        "http://t, http://shop.example.com/a?b=c, /a?b=c",
        "http://t, http://shop.example.com, /",
        "http://t, /a?u=http://x/y, /a?u=http://x/y",
        "http://t, *, *",
        "http://t, '/a b\u0001', /a%20b%01"
    })
    void targets(String target, String recorded, String sent) {
        assertThat(rewrite(target, request("GET", recorded, "", "Host", "x")).target())
                .isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "path:/api=/v2, /api/a?b=1, /v2/a?b=1",
        "path:/api/=/v2/, /api, /v2",
        "path:/api=/v2, /apiary, /apiary",
        "path:/api=, /api/a, /a",
        "path:/api=, /api, /",
        "query:k=v w, /a, /a?k=v%20w",
        "query:k=v, /a?x=1&k=2&k=3&y, /a?x=1&k=v&y",
        "query:k=, /a?x=1&k=2, /a?x=1",
        "query:k=, /a?k=2, /a"
    })
    void rulesForTheTarget(String rule, String recorded, String sent) {
        assertThat(rewrite("http://t", request("GET", recorded, "", "Host", "x"), rule)
                        .target())
                .isEqualTo(sent);
    }

    @Test
    void rulesForHeaders() {
        Request recorded = request("GET", "/", "", "Host", "x", "A", "1", "B", "2", "a", "3", "Referer", "https://x/p");
        assertThat(fields(
                        rewrite("http://t", recorded, "header:A=new", "header:B=", "header:C=4", "host=vhost.example")))
                .containsExactly(
                        "Host: vhost.example",
                        "A: new",
                        "Referer: http://vhost.example/p",
                        "X-Retake-Run: run-1",
                        "C: 4");
        assertThat(fields(rewrite("http://t", recorded, "host="))).noneMatch(field -> field.startsWith("Host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "header",
                "header:A",
                "header:=x",
                "header:a b=c",
                "header:A=b\r\nC: d",
                "path:api=/v2",
                "path:/a=b",
                "query:=x",
                "cookie:a=b",
                "host=a b"
            })
    void whatIsNoRule(String text) {
        assertThatThrownBy(() -> RewriteRule.parse(text))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("header:NAME=VALUE");
    }

    @Test
    void theMarkOfTheRunCannotBeTakenOff() {
        assertThatThrownBy(() -> RewriteRule.parse("header:x-retake-run="))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("marks every replayed request");
    }

    private static Request request(String method, String target, String body, String... headers) {
        return new Request(
                method,
                target,
                "HTTP/1.1",
                Headers.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    private static Request rewrite(String target, Request request, String... rules) {
        PinnedTarget pinned = PinnedTarget.of(URI.create(target), InetAddress.getLoopbackAddress());
        return new RequestRewriter(
                        pinned, Arrays.stream(rules).map(RewriteRule::parse).toList(), "run-1")
                .rewrite(request);
    }

    private static List<String> fields(Request request) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < request.headers().size(); i++) {
            fields.add(request.headers().name(i) + ": " + request.headers().value(i));
        }
        return fields;
    }
}

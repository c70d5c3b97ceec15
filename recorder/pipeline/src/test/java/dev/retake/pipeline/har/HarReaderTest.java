package dev.retake.pipeline.har;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarReaderTest {
    @TempDir
    Path directory;

    private final List<HarExchange> exchanges = new ArrayList<>();
    private final Map<HarSkip, Integer> skipped = new EnumMap<>(HarSkip.class);

    @Test
    void readsWhatChromeSaves() {
        read("""
            {"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},
             "pages":[{"startedDateTime":"2026-03-01T10:00:00.000Z","id":"page_1","title":"x","pageTimings":{"onLoad":1}}],
             "entries":[{"_initiator":{"type":"script","stack":{"callFrames":[{"url":"u","lineNumber":1}]}},
              "_priority":"High","_resourceType":"fetch","cache":{},"connection":"443","pageref":"page_1",
              "request":{"method":"POST","url":"https://shop.example/api/cart?q=a%20b#frag","httpVersion":"http/2.0",
               "headers":[{"name":":authority","value":"shop.example"},{"name":":method","value":"POST"},
                 {"name":"content-type","value":"application/json"},{"name":"cookie","value":"sid=1"}],
               "queryString":[{"name":"q","value":"a b"}],"cookies":[{"name":"sid","value":"1"}],
               "headersSize":-1,"bodySize":9,"postData":{"mimeType":"application/json","text":"{\\"id\\":17}"}},
              "response":{"status":201,"statusText":"","httpVersion":"http/2.0",
               "headers":[{"name":"content-type","value":"application/json"},{"name":"content-encoding","value":"br"},
                 {"name":"set-cookie","value":"a=1; Path=/\\nb=2; HttpOnly"}],
               "cookies":[],"content":{"size":11,"mimeType":"application/json","text":"{\\"ok\\":true}"},
               "redirectURL":"","headersSize":-1,"bodySize":-1,"_transferSize":222,"_error":null},
              "serverIPAddress":"192.0.2.7","startedDateTime":"2026-03-01T10:00:00.250Z","time":30.5,
              "timings":{"blocked":1.5,"dns":-1,"ssl":-1,"connect":-1,"send":0.5,"wait":20,"receive":8.5,
               "_blocked_queueing":1}}]}}""");

        HarExchange exchange = exchanges.get(0);
        Request request = exchange.request();
        Response response = exchange.response();
        assertThat(exchange.origin()).isEqualTo("https://shop.example:443");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/cart?q=a%20b");
        assertThat(request.version()).isEqualTo("HTTP/2");
        assertThat(request.headers().first("Host")).isEqualTo("shop.example");
        assertThat(request.headers().all("cookie")).containsExactly("sid=1");
        assertThat(request.headers().contains(":authority")).isFalse();
        assertThat(text(request.body().bytes())).isEqualTo("{\"id\":17}");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().all("Set-Cookie")).containsExactly("a=1; Path=/", "b=2; HttpOnly");
        assertThat(text(response.body().bytes())).isEqualTo("{\"ok\":true}");
        assertThat(response.body().coding()).isEqualTo("br");
        assertThat(response.body().wireSize()).isEqualTo(222);
        assertThat(exchange.timings())
                .isEqualTo(
                        new Timings(micros("2026-03-01T10:00:00.250Z"), 1_500_000, 2_000_000, 22_000_000, 30_500_000));
        assertThat(exchange.outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void readsWhatFirefoxSaves() {
        read("\ufeff" + """
            {"log":{"creator":{"name":"Firefox"},"entries":[{"startedDateTime":"2026-03-01T11:00:00.250+01:00",
              "request":{"bodySize":7,"method":"POST","url":"http://[::1]:8080/login","httpVersion":"HTTP/1.1",
               "headers":[{"name":"Host","value":"[::1]:8080"}],"cookies":[],"queryString":[],
               "postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"u","value":"a b"},
                 {"name":"p","value":"x%20y"}],"text":""}},
              "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],
               "content":{"mimeType":"image/png","size":3,"encoding":"base64","text":"AQID"},"redirectURL":"","bodySize":3},
              "cache":{},"timings":{"blocked":0,"dns":0,"connect":1,"ssl":0,"send":0,"wait":2,"receive":0},"time":3}]}}""");

        HarExchange exchange = exchanges.get(0);
        assertThat(exchange.origin()).isEqualTo("http://[::1]:8080");
        assertThat(text(exchange.request().body().bytes())).isEqualTo("u=a+b&p=x%20y");
        assertThat(exchange.request().headers().first("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(exchange.response().body().bytes()).containsExactly(1, 2, 3);
        assertThat(exchange.response().headers().first("content-type")).isEqualTo("image/png");
        assertThat(exchange.timings().acceptedAt()).isEqualTo(micros("2026-03-01T10:00:00.250Z"));
    }

    @Test
    void readsTheLeastThatAProducerCanWrite() {
        read("""
            {"entries":[{"request":{"url":"https://a.example"}},
              {"request":{"method":"GET","url":"https://a.example/x","headers":null,"cookies":[{"name":"c","value":"1"}]},
               "response":{"status":"302","redirectURL":"/y","content":null,"headers":{}}}],"other":[1,{"a":[]}]}""");

        assertThat(exchanges).hasSize(2);
        assertThat(exchanges.get(0).request().target()).isEqualTo("/");
        assertThat(exchanges.get(0).response()).isNull();
        assertThat(exchanges.get(0).timings()).isEqualTo(new Timings(0, -1, -1, -1, -1));
        assertThat(exchanges.get(1).request().headers().first("Cookie")).isEqualTo("c=1");
        assertThat(exchanges.get(1).response().status()).isEqualTo(302);
        assertThat(exchanges.get(1).response().headers().first("Location")).isEqualTo("/y");
    }

    @Test
    void leavesOutWhatNoServerSaw() {
        read(entries(
                entry("data:text/plain,hi", "\"response\":{\"status\":200}"),
                entry("blob:https://a.example/1", "\"response\":{\"status\":200}"),
                entry("chrome-extension://abc/x.js", "\"response\":{\"status\":200}"),
                entry("wss://a.example/live", "\"response\":{\"status\":101}"),
                entry("https://a.example/live", "\"_resourceType\":\"websocket\",\"response\":{\"status\":101}"),
                entry("https://a.example/c", "\"_fromCache\":\"memory\",\"response\":{\"status\":200}"),
                entry("https://ads.example/", "\"response\":{\"status\":0,\"_error\":\"net::ERR_BLOCKED_BY_CLIENT\"}"),
                entry("", "\"response\":{\"status\":200}"),
                "null",
                entry("https://a.example/kept", "\"response\":{\"status\":200}")));

        assertThat(skipped)
                .isEqualTo(Map.of(
                        HarSkip.NOT_HTTP, 3,
                        HarSkip.WEBSOCKET, 2,
                        HarSkip.FROM_CACHE, 1,
                        HarSkip.BLOCKED, 1,
                        HarSkip.MALFORMED, 2));
        assertThat(exchanges).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, net::ERR_ABORTED, CLIENT_ABORTED",
        "0, net::ERR_CONNECTION_REFUSED, UPSTREAM_FAILED",
        "0, net::ERR_TIMED_OUT, TIMED_OUT",
        "0, '', CLIENT_ABORTED",
        "-1, '', CLIENT_ABORTED",
        "200, net::ERR_ABORTED, CLIENT_ABORTED",
        "101, '', UPGRADED",
        "200, '', COMPLETE"
    })
    void tellsHowAnExchangeEnded(int status, String error, Outcome outcome) {
        read(entries(
                entry("https://a.example/", "\"response\":{\"status\":" + status + ",\"_error\":\"" + error + "\"}")));

        assertThat(exchanges.get(0).outcome()).isEqualTo(outcome);
        assertThat(exchanges.get(0).response() == null).isEqualTo(status <= 0);
    }

    @Test
    void rebuildsAMultipartFormFromItsParameters() {
        read(entries("""
            {"request":{"method":"POST","url":"https://a.example/","headers":[
               {"name":"Content-Type","value":"multipart/form-data; boundary=XX"}],
              "postData":{"params":[{"name":"a","value":"1"},
               {"name":"f","fileName":"x.txt","contentType":"text/plain","value":"hi"}]}}}"""));

        assertThat(text(exchanges.get(0).request().body().bytes())).isEqualTo("""
                    --XX
                    Content-Disposition: form-data; name="a"

                    1
                    --XX
                    Content-Disposition: form-data; name="f"; filename="x.txt"
                    Content-Type: text/plain

                    hi
                    --XX--
                    """.replace("\n", "\r\n"));
    }

    @Test
    void contentThatWasLeftOutIsTruncated() {
        read(entries(entry("https://a.example/", "\"response\":{\"status\":200,\"content\":{\"size\":1000}}")));

        assertThat(exchanges.get(0).response().body().truncated()).isTrue();
        assertThat(exchanges.get(0).response().body().size()).isEqualTo(1000);
    }

    @Test
    void aBodyPastTheCapIsCut() throws IOException {
        Path file = write(entries(entry(
                "https://a.example/",
                "\"response\":{\"status\":200,\"content\":{\"text\":\"" + "x".repeat(200) + "\"}}")));
        new HarReader(100).read(file, sink());

        assertThat(exchanges.get(0).response().body().bytes()).hasSize(100);
        assertThat(exchanges.get(0).response().body().size()).isEqualTo(200);
        assertThat(exchanges.get(0).response().body().truncated()).isTrue();
    }

    @Test
    void textIsWhatItWasInItsCharset() {
        read(
                entries(
                        entry(
                                "https://a.example/\u00fc b",
                                "\"response\":{\"status\":200,\"headers\":[{\"name\":\"Content-Type\",\"value\":\"text/plain; "
                                        + "charset=iso-8859-1\"},{\"name\":\"X\",\"value\":\"\u20ac\"}],\"content\":{\"text\":\"\u00fc\"}}")));

        assertThat(exchanges.get(0).request().target()).isEqualTo("/%C3%BC%20b");
        assertThat(exchanges.get(0).response().body().bytes()).containsExactly(0xfc);
        assertThat(exchanges.get(0).response().headers().first("X")).isEqualTo("\u00e2\u0082\u00ac");
    }

    @Test
    void readsGzip() throws IOException {
        Path file = directory.resolve("a.har");
        try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(file))) {
            bytes.write(entries(entry("https://a.example/", "\"response\":{\"status\":200}"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        new HarReader(1_000).read(file, sink());

        assertThat(exchanges).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T10:00:00Z",
                "2026-03-01T10:00:00.000Z",
                "2026-03-01T12:00:00+0200",
                "2026-03-01T12:00:00.0+02:00",
                "2026-03-01 10:00:00",
                "2026-03-01T10:00:00.000000"
            })
    void readsEveryFormOfTime(String started) {
        assertThat(HarTimes.startedAt(started, 0)).isEqualTo(micros("2026-03-01T10:00:00Z"));
    }

    @Test
    void whatStandsBeforeTheBreakIsRead() {
        String whole = entries(
                entry("https://a.example/1", "\"response\":{\"status\":200}"),
                entry("https://a.example/2", "\"response\":{\"status\":200}"));

        assertThatThrownBy(() -> read(whole.substring(0, whole.length() - 20)))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
                .hasMessageContaining("test.har is broken at line 1, column ");
        assertThat(exchanges).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"log\":{}}", "{\"log\":{\"entries\":{}}}", "hello", "{\"log\":[1]}"})
    void refusesWhatIsNoHar(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
                .hasMessageContaining("test.har")
                .hasMessageNotContaining("hello");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> new HarReader(1_000).read(directory.resolve("none.har"), sink()))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
                .hasMessageContaining("none.har");
    }

    private void read(String har) {
        new HarReader(1_000_000).read(write(har), sink());
    }

    private Path write(String har) {
        Path file = directory.resolve("test.har");
        try {
            return Files.writeString(file, har);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HarReader.Sink sink() {
        return new HarReader.Sink() {
            @Override
            public void exchange(HarExchange exchange) {
                exchanges.add(exchange);
            }

            @Override
            public void skipped(HarSkip reason) {
                skipped.merge(reason, 1, Integer::sum);
            }
        };
    }

    private static String entries(String... entries) {
        return "{\"log\":{\"entries\":[" + String.join(",", entries) + "]}}";
    }

    private static String entry(String url, String rest) {
        return "{\"startedDateTime\":\"2026-03-01T10:00:00Z\",\"request\":{\"method\":\"GET\",\"url\":\"" + url + "\"},"
                + rest + "}";
    }

    private static long micros(String time) {
        return Instant.parse(time).toEpochMilli() * 1_000;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

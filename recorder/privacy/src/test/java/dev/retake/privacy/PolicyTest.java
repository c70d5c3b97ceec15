package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.policy.Policy;
import dev.retake.privacy.policy.PolicySettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policies leave of values that no rule and no detector knows. */
class PolicyTest {
    private static final int CROWD = 4;

    private final Random random = new Random(7);

    /** Words, numbers and codes that are no class, in every place that has room for a value. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void deniesEverythingThatIsPlanted(long seed) {
        random.setSeed(seed);
        Plant plant = new Plant();
        String text = content(sanitizer(Policy.DENY).sanitize(plant.exchange("s1")));

        assertThat(plant.values).hasSizeGreaterThan(60);
        assertThat(plant.values).allSatisfy(value -> assertThat(text).doesNotContain(value));
    }

    @Test
    void keepsNothingThatFewerSessionsHadThanTheCrowdAsks() {
        Sanitizer sanitizer = sanitizer(Policy.CROWD);
        Plant plant = new Plant();
        Exchange exchange = plant.exchange("");
        for (int session = 1; session < CROWD; session++) {
            for (int repetition = 0; repetition < 3; repetition++) {
                String text = content(sanitizer.sanitize(in("s" + session, exchange)));
                assertThat(plant.values).allSatisfy(value -> assertThat(text).doesNotContain(value));
            }
        }
        String text = content(sanitizer.sanitize(in("s" + CROWD, exchange)));
        assertThat(plant.values.stream().filter(text::contains).count()).isGreaterThan(plant.values.size() * 8L / 10);
    }

    @Test
    void decidesOnceForASessionWhateverBecomesCommonMeanwhile() {
        Sanitizer sanitizer = sanitizer(Policy.CROWD);
        String first = target(sanitizer, "early", "/find?colour=turquoise");
        for (int session = 0; session < 2 * CROWD; session++) {
            target(sanitizer, "later" + session, "/find?colour=turquoise");
        }

        assertThat(first).doesNotContain("turquoise");
        assertThat(target(sanitizer, "early", "/find?colour=turquoise")).isEqualTo(first);
        assertThat(target(sanitizer, "another", "/find?colour=turquoise")).isEqualTo("/find?colour=turquoise");
    }

    @Test
    void countsSessionsOfOneSubjectOnce() {
        Sanitizer sanitizer = sanitizer(Policy.CROWD);
        for (int session = 0; session < 3 * CROWD; session++) {
            Exchange raw =
                    exchange(Exchanges.request("GET", "/find?at=harbourside", Headers.EMPTY, ""), "s" + session, "mia");
            assertThat(sanitizer.sanitize(raw).exchange().request().target()).doesNotContain("harbourside");
        }
    }

    @Test
    void countsShortValuesByField() {
        Sanitizer sanitizer = sanitizer(Policy.CROWD);
        for (int session = 0; session < 2 * CROWD; session++) {
            target(sanitizer, "s" + session, "/find?pieces=42");
        }

        assertThat(target(sanitizer, "new", "/find?years=42")).isNotEqualTo("/find?years=42");
        assertThat(target(sanitizer, "newer", "/find?pieces=42")).isEqualTo("/find?pieces=42");
    }

    /** One value has one surrogate in every place, and as a number. */
    @Test
    void replacesAlikeInEveryPlace() {
        Sanitizer sanitizer = sanitizer(Policy.DENY);
        Exchange clean = sanitizer
                .sanitize(exchange(
                        Exchanges.request(
                                "POST",
                                "/stock/48213377?ref=48213377&at=2031-05-06T07:08:09.123Z",
                                Headers.of("Content-Type", "application/json", "X-Ref", "48213377"),
                                "{\"ref\":48213377,\"same\":\"48213377\",\"text\":\"about 48213377, soon\",\"price\":19.95,"
                                        + "\"cost\":\"19.95\",\"zero\":0,\"no\":false,\"none\":null,\"empty\":\"\","
                                        + "\"low\":-0.05,\"big\":1e5,\"at\":\"2031-05-06T07:08:09.123Z\"}"),
                        "s",
                        null))
                .exchange();
        String target = clean.request().target();
        String ref = target.substring("/stock/".length(), target.indexOf('?'));
        String body = text(clean.request().body());
        String price = between(body, "\"price\":", ",");
        String at = target.substring(target.indexOf("at=") + 3);

        assertThat(ref).matches("[1-9]\\d{7}").isNotEqualTo("48213377");
        assertThat(target).contains("?ref=" + ref);
        assertThat(clean.request().headers().first("x-ref")).isEqualTo(ref);
        assertThat(body)
                .contains("\"ref\":" + ref + ",\"same\":\"" + ref + "\"")
                .contains(" " + ref + ", ")
                .contains("\"cost\":\"" + price + "\",\"zero\":0,\"no\":false,\"none\":null,\"empty\":\"\"")
                .contains("\"at\":\"" + at + "\"");
        assertThat(price).matches("[1-9]\\d\\.\\d\\d").isNotEqualTo("19.95");
        assertThat(body).containsPattern("\"low\":-0\\.\\d\\d,").containsPattern("\"big\":[1-9]e5");
        assertThat(at).matches("20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d\\.\\d{3}Z");
    }

    @Test
    void keepsWhatAReplayNeeds() {
        Sanitizer sanitizer = sanitizer(Policy.DENY);
        Headers headers = Headers.of(
                "Content-Type", "application/json; charset=utf-8",
                "Accept", "application/json, text/*;q=0.5",
                "Accept-Language", "de-DE,en;q=0.7",
                "Cache-Control", "no-cache",
                "If-Modified-Since", "Sat, 21 Nov 2026 13:40:59 GMT",
                "If-None-Match", "W/\"abcdef123\"");
        Exchange clean = sanitizer
                .sanitize(exchange(
                        Exchanges.request(
                                "POST",
                                "/api/v2/orders/recent?page=2&sort=desc&currency=EUR",
                                headers,
                                "{\"query\":\"query Find($n: Int) { orders(first: 77, note: \\\"zanzibar\\\") { id } }\"}"),
                        "s",
                        null))
                .exchange();

        assertThat(clean.request().target()).isEqualTo("/api/v2/orders/recent?page=2&sort=desc&currency=EUR");
        for (int i = 0; i < headers.size() - 1; i++) {
            assertThat(clean.request().headers().value(i)).isEqualTo(headers.value(i));
        }
        assertThat(clean.request().headers().first("if-none-match"))
                .matches("W/\"[a-f0-9]{9}\"")
                .isNotEqualTo("W/\"abcdef123\"");
        assertThat(text(clean.request().body()))
                .matches(
                        "\\{\"query\":\"query Find\\(\\$n: Int\\) \\{ orders\\(first: \\d\\d, note: \\\\\"[a-z]{8}\\\\\"\\) \\{ id } }\"}")
                .doesNotContain("zanzibar", "77");
    }

    @Test
    void replacesTheBoundaryAlikeInHeadAndBody() {
        Exchange clean = sanitizer(Policy.DENY)
                .sanitize(exchange(
                        Exchanges.request(
                                "POST",
                                "/",
                                Headers.of("Content-Type", "multipart/form-data; boundary=----harbourside7"),
                                String.join(
                                        "\r\n",
                                        "------harbourside7",
                                        "Content-Disposition: form-data; name=\"f\"; filename=\"marzipan.csv\"",
                                        "Content-Type: text/csv",
                                        "",
                                        "a,b",
                                        "------harbourside7--",
                                        "")),
                        "s",
                        null))
                .exchange();
        String type = clean.request().headers().first("content-type");
        String boundary = type.substring(type.indexOf("boundary=") + 9);

        assertThat(boundary).startsWith("----").doesNotContain("harbourside");
        assertThat(text(clean.request().body()))
                .startsWith("--" + boundary + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"")
                .containsPattern("filename=\"[a-z]{8}\\.csv\"")
                .endsWith("--" + boundary + "--\r\n");
    }

    @Test
    void replacesNamesThatAreValues() {
        Exchange clean = sanitizer(Policy.DENY)
                .sanitize(exchange(
                        Exchanges.request(
                                "REPORTZOE",
                                "/users/zoltan/orders?k9482716=1&sha256=abc",
                                Headers.of(
                                        "Host", "zoltan.example",
                                        "Content-Security-Policy", "script-src 'nonce-Zx81kfp30a'",
                                        "X-Hub-Signature-256", "abc",
                                        "X-User-K94827163", "1",
                                        "Content-Type", "application/xml"),
                                "<list><k9482716 a=\"b\">1</k9482716></list>"),
                        "s",
                        null))
                .exchange();
        String text = content(new SanitizedExchange(clean));

        assertThat(text)
                .doesNotContain("ZOE", "zoltan", "k9482716", "Zx81kfp30a")
                .contains("/users/", "/orders?", "sha256=");
        assertThat(clean.request().headers().contains("X-Hub-Signature-256")).isTrue();
        assertThat(clean.request().headers().contains("X-User-K94827163")).isFalse();
        assertThat(text).containsPattern("<list><([a-z]\\d{7}) a=\"[a-z]\">\\d</\\1></list>");
    }

    @Test
    void takesNoSegmentForTheApisOwnOnceThereAreManyBesideIt() {
        Sanitizer sanitizer = sanitizer(Policy.DENY);
        for (int i = 0; i < 100; i++) {
            target(sanitizer, "s", "/shelf/" + "abcdefghij".charAt(i / 10) + "quill" + "abcdefghij".charAt(i % 10));
        }

        assertThat(target(sanitizer, "s", "/shelf/harbourside"))
                .startsWith("/shelf/")
                .doesNotContain("harbourside");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    private static String target(Sanitizer sanitizer, String session, String target) {
        Exchange raw = exchange(Exchanges.request("GET", target, Headers.EMPTY, ""), session, null);
        return sanitizer.sanitize(raw).exchange().request().target();
    }

    private static Exchange exchange(Request request, String session, String subject) {
        return in(session, subject, Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")));
    }

    private static Exchange in(String session, Exchange any) {
        return in(session, null, any);
    }

    private static Exchange in(String session, String subject, Exchange any) {
        return new Exchange(
                any.id(),
                any.node(),
                any.connection(),
                session,
                any.sequence(),
                subject,
                any.request(),
                any.response(),
                any.informational(),
                any.timings(),
                any.outcome(),
                any.traceparent(),
                any.policyVersion());
    }

    private static Sanitizer sanitizer(Policy policy) {
        PolicySettings settings = new PolicySettings(policy, CROWD, 1 << 20);
        return Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS.with(settings));
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /** All of an exchange, and what its base64 decodes to. */
    private static String content(SanitizedExchange sanitized) {
        Exchange exchange = sanitized.exchange();
        StringBuilder all = new StringBuilder();
        Request request = exchange.request();
        all.append(request.method())
                .append('\n')
                .append(request.target())
                .append('\n')
                .append(exchange.traceparent());
        fields(request.headers(), all);
        fields(request.trailers(), all);
        all.append(text(request.body())).append('\n');
        Response response = exchange.response();
        all.append(response.reason()).append('\n');
        fields(response.headers(), all);
        fields(response.trailers(), all);
        all.append(text(response.body())).append('\n');
        exchange.informational().forEach(interim -> fields(interim.headers(), all));
        for (String word : all.toString().split("[^A-Za-z0-9+/=]+")) {
            if (word.length() % 4 == 0) {
                all.append('\n').append(decoded(word));
            }
        }
        return all.toString();
    }

    /** What a word says as base64; nothing where it is none. */
    private static String decoded(String word) {
        try {
            return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void fields(Headers headers, StringBuilder into) {
        for (int i = 0; i < headers.size(); i++) {
            into.append('\n').append(headers.value(i));
        }
        into.append('\n');
    }

    /** An exchange full of values, each different. */
    private final class Plant {
        private final List<String> values = new ArrayList<>();

        private String word() {
            StringBuilder word = new StringBuilder();
            int length = 7 + random.nextInt(5);
            for (int i = 0; i < length; i++) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            return planted(random.nextInt(3) == 0 ? capital(word.toString()) : word.toString());
        }

        private String capital(String word) {
            return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        }

        private String number() {
            return planted(Integer.toString(1_000_000 + random.nextInt(900_000_000)));
        }

        private String code() {
            return planted("K" + random.nextInt(10) + "-" + (100_000 + random.nextInt(900_000)) + "x");
        }

        private String uuid() {
            return planted(
                    new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 0x8000000000000000L)
                            .toString());
        }

        private String time() {
            String time = "20%02d-%02d-%02dT%02d:%02d:%02d"
                    .formatted(
                            10 + random.nextInt(80),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            random.nextInt(60),
                            random.nextInt(60));
            return planted(time) + "Z";
        }

        private String any() {
            return switch (random.nextInt(5)) {
                case 0 -> word();
                case 1 -> number();
                case 2 -> code();
                case 3 -> uuid();
                default -> time();
            };
        }

        private String plain() {
            return random.nextBoolean() ? word() : code();
        }

        private String planted(String value) {
            values.add(value);
            return value;
        }

        private String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        Exchange exchange(String session) {
            String target = "/items/" + code() + "/" + number() + ";m=" + plain() + "?q=" + plain() + "&when=" + time()
                    + "&list=" + number() + "," + number() + "&bare=" + word() + "%20" + word()
                    + "&enc=%7B%22a%22%3A%22"
                    + word() + "%22%7D#" + word();
            Headers headers = Headers.of(
                    "Host", word() + ".example:8080",
                    "User-Agent", word() + "/" + number(),
                    "X-Note", word() + " " + any(),
                    "Cookie", "theme=" + plain() + "; " + code() + "=1; c=" + word() + "%3D" + word(),
                    "Referer", "http://" + word() + ".example/shop/" + code() + "?a=" + word(),
                    "Forwarded", "for=" + word(),
                    "If-None-Match", "\"" + code() + "\", W/\"" + word() + "\"",
                    "Accept-Language", word(),
                    "Content-Type", "application/json; profile=" + word(),
                    "traceparent", "00-" + uuid().replace("-", "") + "-00f067aa0ba902b7-01",
                    "X-Json", "{\"k\":\"" + word() + "\",\"n\":" + number() + "}",
                    "X-Base", base64(word() + " and " + word()));
            String json = "{\"title\":\"" + word() + " " + word() + " at " + time() + "\",\"n\":" + number() + ",\"d\":"
                    + number()
                    + ".5,\"list\":[\"" + any() + "\"," + number() + "],\"" + code() + "\":{\"" + uuid()
                    + "\":true},\"version\":\""
                    + number() + ".1\",\"html\":\"<p class=\\\"x\\\">" + word() + "</p>\",\"url\":\"https://" + word()
                    + ".example/" + code() + "?z=" + word() + "\",\"b\":\"" + base64("{\"deep\":\"" + word() + "\"}")
                    + "\",\"j\":\"{\\\"in\\\":\\\"" + word() + "\\\",\\\"m\\\":" + number() + "}\",\"u\":\"\\u0061"
                    + word()
                    + "\",\"name\":\"note\",\"value\":\"" + word() + "\"}";
            Request request = new Request(
                    "POST",
                    target,
                    "HTTP/1.1",
                    headers,
                    Body.of(Exchanges.utf8(json)),
                    Headers.of("X-End", word() + "=" + number()));
            Response response = new Response(
                    200,
                    word() + " here",
                    "HTTP/1.1",
                    Headers.of(
                            "Set-Cookie",
                                    "seen=" + word() + "; Path=/a/" + code() + "; Domain=" + word() + ".example; Note="
                                            + word(),
                            "Location", "/x/" + uuid() + "?y=" + word(),
                            "Link", "</n?c=" + word() + ">; rel=\"" + word() + "\"",
                            "Content-Disposition", "attachment; filename=\"" + word() + ".pdf\"; x=" + word(),
                            "ETag", "\"" + word() + "\"",
                            "Server", word(),
                            "Retry-After", word(),
                            "WWW-Authenticate", "Bearer realm=\"" + word() + "\""),
                    body(),
                    Headers.EMPTY);
            return in(session, Exchanges.of(request, response));
        }

        private Body body() {
            String text = switch (random.nextInt(5)) {
                case 0 -> "a,b\n" + word() + "," + number() + "\n\"" + word() + " " + word() + "\"," + time() + "\n";
                case 1 ->
                    "<?xml version=\"1.0\"?><list><e id=\"" + code() + "\" w=\"" + word() + "\">" + word() + " &amp; "
                            + number() + "</e><!-- " + word() + " --><![CDATA[" + word() + "]]></list>";
                case 2 -> "{\"a\":\"" + word() + "\"}\n{\"b\":" + number() + "}\n";
                case 3 -> "a=" + word() + "&b=" + number() + "&c=" + word() + "+" + word();
                default ->
                    word() + ": " + word() + ", " + number() + "\n" + time() + " " + word() + "=" + word() + "\n";
            };
            return Body.of(Exchanges.utf8(text));
        }
    }
}

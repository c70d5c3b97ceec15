package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants values in every place of an exchange, under every encoding, and finds none of them afterwards. */
class LeakTest {
    private static final int MOST_SHOWN = 20;

    /** Values whose form gives them away, wherever they stand. */
    private static final List<Planted> BY_FORM = List.of(
            new Planted("e-mail", "zora.quimby@fastpost-inbox.net", "email"),
            new Planted("phone", "+49 171 2834756", "phone"),
            new Planted("card", "4539578763621486", "cardNumber"),
            new Planted("grouped card", "5425 2334 3010 9903", "cardNumber"),
            new Planted("iban", "DE89370400440532013000", "iban"),
            new Planted("ip address", "84.23.117.58", "clientIp"),
            new Planted("ipv6 address", "2a02:8109:9a80:1f4c:d5a:77ff:fe31:22b1", "clientIp"),
            new Planted(
                    "jwt",
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6b3JhLnF1aW1ieSIsImVtYWlsIjoienF1aW1AcS5uZXQifQ."
                            + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                    "access_token"),
            new Planted("provider key", "AKIAZ3QK7LM5TT2RWXYB", "accessKeyId"));

    /** Values that only the name of their field gives away. */
    private static final List<Planted> BY_NAME = List.of(
            new Planted("password", "Tr0ub4dor-x9", "password"),
            new Planted("password with marks", "q&7\"z<K'%9/+", "password"),
            new Planted("session", "s3ss10nAbCdEf0123456789xYz", "session_id"),
            new Planted("api key", "k9XwQ2vRt7YpLm4Nc8Bz", "api_key"),
            new Planted("given name", "Zebulonia", "firstName"),
            new Planted("family name", "Quackenbush", "lastName"),
            new Planted("street", "17 Wobbleton Crescent", "street"),
            new Planted("csrf token", "c5rfT0k3nValue99aaZZ", "csrf_token"));

    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    static List<Planted> byForm() {
        return BY_FORM;
    }

    static List<Planted> byName() {
        return BY_NAME;
    }

    @ParameterizedTest
    @MethodSource("byForm")
    void findsWhatItsFormGivesAway(Planted planted) {
        Map<String, Exchange> places = new LinkedHashMap<>();
        heads(planted, places);
        encodings(planted.value()).forEach((encoding, written) -> bodies(encoding, written, places));
        xmlPlaces(planted, places);
        assertNoLeak(planted, places);
    }

    @ParameterizedTest
    @MethodSource("byName")
    void findsWhatItsNameGivesAway(Planted planted) {
        Map<String, Exchange> places = new LinkedHashMap<>();
        named(planted, places);
        assertNoLeak(planted, places);
    }

    @Test
    void findsCredentialsInHeads() {
        Planted user = new Planted("user", "zora.quimby", "");
        Planted password = new Planted("password", "Tr0ub4dor-x9", "");
        Planted token = new Planted("token", "mF_9.B5f-4.1JqMxx7Qz", "");
        String basic = base64(user.value() + ":" + password.value());
        List<Headers> heads = List.of(
                Headers.of("Authorization", "Basic " + basic),
                Headers.of("authorization", "basic " + basic),
                Headers.of("Proxy-Authorization", "Basic " + basic),
                Headers.of("Authorization", "Bearer " + token.value()),
                Headers.of("Authorization", token.value()),
                Headers.of("Authorization", "Token token=\"" + token.value() + "\", nonce=\"a\""),
                Headers.of(
                        "Authorization",
                        "Digest username=\"" + user.value() + "\", realm=\"r\", nonce=\"" + token.value()
                                + "\", uri=\"/a?password=" + password.value() + "\", response=\"" + token.value()
                                + '"'),
                Headers.of("X-Api-Key", token.value()),
                Headers.of("X-Auth-Token", token.value()),
                Headers.of("X-CSRF-Token", token.value()),
                Headers.of("Cookie", "theme=dark; JSESSIONID=" + token.value() + "; sid=\"" + token.value() + '"'),
                Headers.of("Referer", "https://" + user.value() + ":" + password.value() + "@shop.test/x"),
                Headers.of("Referer", "https://shop.test/cb?code=" + token.value() + "&state=x"),
                Headers.of("Location", "/cb#access_token=" + token.value() + "&token_type=bearer"));
        for (Headers headers : heads) {
            Exchange exchange =
                    Exchanges.of(Exchanges.request("GET", "/", headers, ""), Exchanges.response(200, headers, ""));
            Exchange clean = sanitizer.sanitize(exchange).exchange();
            for (Planted planted : List.of(user, password, token)) {
                assertThat(planted.foundIn(clean))
                        .as(
                                "%s in %s: %s",
                                planted,
                                headers.name(0),
                                clean.request().headers().value(0))
                        .isEmpty();
            }
        }
    }

    @Test
    void findsAgainElsewhereWhatANameGaveAway() {
        Planted password = new Planted("password", "tiger-42x", "");
        Planted family = new Planted("family name", "Quackenbush", "");
        Exchange raw = Exchanges.of(
                Exchanges.request(
                        "POST",
                        "/login",
                        Headers.of("Content-Type", "application/x-www-form-urlencoded"),
                        "user=zora&password=tiger-42x&lastName=Quackenbush"),
                Exchanges.response(
                        401,
                        Headers.of("Content-Type", "text/html", "X-Debug", "tried tiger-42x"),
                        "<p>Sorry, <b>Quackenbush</b>: tiger&#45;42x is wrong. ?q=tiger%2D42x</p>"
                                + base64("password was tiger-42x, thanks")));
        Exchange clean = sanitizer.sanitize(raw).exchange();

        assertThat(password.foundIn(clean)).isEmpty();
        assertThat(family.foundIn(clean)).isEmpty();
        assertThat(new String(clean.response().body().bytes(), StandardCharsets.UTF_8))
                .startsWith("<p>Sorry, <b>")
                .contains("is wrong.");
    }

    @ParameterizedTest
    @MethodSource("byForm")
    void leavesNoHalfOfAValueAtACut(Planted planted) {
        Map<String, String> documents = Map.of(
                "application/json", "{\"a\":1,\"note\":\"" + planted.value() + "\"}",
                "text/plain", "some words, then " + planted.value() + " and more",
                "application/x-www-form-urlencoded", "a=1&note=" + Planted.percent(planted.value()) + "&b=2",
                "application/xml", "<a><b c=\"" + planted.value() + "\">" + planted.value() + "</b></a>",
                "text/csv", "id,note\n1," + planted.value() + "\n2,x\n",
                "text/event-stream", "data: " + planted.value() + "\n\n");
        List<String> leaks = new ArrayList<>();
        documents.forEach((type, document) -> {
            int start = document.indexOf(planted.value().substring(0, 6).trim());
            int from = start < 0 ? document.length() - 8 : start;
            for (int length = from; length <= document.length(); length++) {
                byte[] bytes = document.substring(0, length).getBytes(StandardCharsets.UTF_8);
                Body cut = new Body(bytes, 1_000_000, 1_000_000, null, true, null, null, 0, new long[0]);
                Exchange raw = Exchanges.of(
                        new Request("POST", "/", "HTTP/1.1", Headers.of("Content-Type", type), cut, Headers.EMPTY),
                        Exchanges.response(200, Headers.EMPTY, ""));
                String clean = new String(
                        sanitizer.sanitize(raw).exchange().request().body().bytes(), StandardCharsets.UTF_8);
                for (int half = 8; half <= planted.value().length(); half++) {
                    if (clean.contains(planted.value().substring(0, half))) {
                        leaks.add(type + " cut at " + length + ": " + clean);
                        break;
                    }
                }
            }
        });
        assertThat(leaks.stream().limit(MOST_SHOWN)).isEmpty();
    }

    private void assertNoLeak(Planted planted, Map<String, Exchange> places) {
        List<String> leaks = new ArrayList<>();
        places.forEach((place, raw) -> {
            Exchange clean = sanitizer.sanitize(raw).exchange();
            Optional<String> found = planted.foundIn(clean);
            found.ifPresent(spelling -> leaks.add(spelling + " in " + place));
        });
        assertThat(leaks.stream().limit(MOST_SHOWN))
                .as("places that still show the %s", planted)
                .isEmpty();
    }

    private static Map<String, String> encodings(String value) {
        Map<String, Function<String, String>> encodings = new LinkedHashMap<>();
        encodings.put("raw", Function.identity());
        encodings.put("base64", LeakTest::base64);
        encodings.put(
                "base64url",
                text -> Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("x: " + text).getBytes(StandardCharsets.UTF_8)));
        encodings.put("base64 of json", text -> base64("{\"k\":\"" + text + "\"}"));
        encodings.put("percent", Planted::percent);
        encodings.put("double percent", text -> Planted.percent(Planted.percent(text)));
        Map<String, String> written = new LinkedHashMap<>();
        encodings.forEach((name, encoding) -> written.put(name, encoding.apply(value)));
        return written;
    }

    private static void heads(Planted planted, Map<String, Exchange> places) {
        String value = planted.value();
        String percent = Planted.percent(value);
        for (String target : List.of(
                "/v1/find/" + percent,
                "/v1/find/" + percent + "/orders",
                "/v1/find/" + Planted.percent(percent),
                "/v1/x;who=" + percent + "/y",
                "/v1/find?who=" + percent,
                "/v1/find?who=" + value.replace(" ", "+").replace("+49", "%2B49"),
                "/v1/find?" + percent + "=1",
                "/v1/find?a=1&filter[who]=" + percent + "&b=2",
                "/v1/find?who=" + base64(value),
                "/v1/find?f=" + Planted.percent("{\"who\":\"" + value + "\"}"),
                "/v1/find?next=" + Planted.percent("https://shop.test/a?who=" + percent),
                "http://shop.test/v1?who=" + percent)) {
            places.put("target " + target, exchange(target, Headers.EMPTY, Headers.EMPTY, "", ""));
        }
        for (Headers headers : List.of(
                Headers.of("X-Custom", value),
                Headers.of("X-Custom", "who is " + value + "?"),
                Headers.of("Referer", "https://shop.test/a/" + percent + "?b=" + percent),
                Headers.of("Location", "/a/" + percent),
                Headers.of("Link", "<https://shop.test/a?who=" + percent + ">; rel=\"next\""),
                Headers.of("Cookie", "a=b; who=" + percent),
                Headers.of("Cookie", "who=" + base64("{\"k\":\"" + value + "\"}")),
                Headers.of("Set-Cookie", "who=" + percent + "; Path=/; HttpOnly"),
                Headers.of("Content-Disposition", "attachment; filename=\"" + value + ".txt\""),
                Headers.of("Content-Disposition", "attachment; filename*=UTF-8''" + percent + ".txt"),
                Headers.of("X-Forwarded-For", value),
                Headers.of("X-Json", "{\"who\":\"" + value + "\"}"))) {
            places.put(
                    "request header " + headers.name(0) + " " + headers.value(0),
                    exchange("/", headers, Headers.EMPTY, "", ""));
            places.put(
                    "response header " + headers.name(0) + " " + headers.value(0),
                    exchange("/", Headers.EMPTY, headers, "", ""));
        }
        Headers field = Headers.of("X-Who", value);
        places.put(
                "trailers, interim heads, reason",
                new Exchange(
                        new UUID(1, 2),
                        "n",
                        1,
                        "s",
                        1,
                        null,
                        new Request("POST", "/", "HTTP/1.1", Headers.EMPTY, Body.EMPTY, field),
                        new Response(500, "No " + value, "HTTP/1.1", Headers.EMPTY, Body.EMPTY, field),
                        List.of(new Informational(103, field)),
                        Exchanges.TIMINGS,
                        Outcome.COMPLETE,
                        null,
                        0));
    }

    private static void bodies(String encoding, String value, Map<String, Exchange> places) {
        String quoted = Planted.json(value);
        body(places, encoding, "application/json", "{\"a\":[1,{\"note\":\"" + quoted + "\"}]}");
        body(places, encoding, "application/json", "\"" + quoted + "\"");
        body(places, encoding, "application/json", "{\"" + quoted + "\":1}");
        body(places, encoding, "application/json", "{\"note\":\"it is " + quoted + ", isn't it\"}");
        body(places, encoding, "application/json", "{\"note\":\"" + Planted.json("{\"k\":\"" + quoted + "\"}") + "\"}");
        body(places, encoding, "application/json", "{\"note\":\"" + Planted.everyByte(value, "\\u%04x") + "\"}");
        body(places, encoding, "application/json", "{\"note\":\"" + quoted + "\", oops");
        body(places, encoding, "application/json", "{'note': '" + quoted + "'}");
        body(places, encoding, "application/json", ")]}',\n{\"note\":\"" + quoted + "\"}");
        body(places, encoding, "application/javascript", "cb({\"note\":\"" + quoted + "\"});");
        body(places, encoding, "application/x-ndjson", "{\"a\":1}\n{\"note\":\"" + quoted + "\"}\n{\"b\":2}\n");
        body(places, encoding, "application/x-ndjson", "{\"a\":1}\n{broken \"" + quoted + "\"}\n{\"b\":2}\n");
        body(places, encoding, "application/vnd.api+json; charset=utf-8", "{\"note\":\"" + quoted + "\"}");
        body(places, encoding, "application/x-www-form-urlencoded", "a=1&note=" + Planted.percent(value) + "&b=2");
        body(places, encoding, "application/x-www-form-urlencoded", Planted.percent(value) + "=1&b=2");
        body(places, encoding, "application/x-www-form-urlencoded", "{\"note\":\"" + quoted + "\"}");
        body(
                places,
                encoding,
                "multipart/form-data; boundary=xx",
                "--xx\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + value + "\r\n--xx--\r\n");
        body(
                places,
                encoding,
                "multipart/form-data; boundary=xx",
                "--xx\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.json\"\r\n"
                        + "Content-Type: application/json\r\n\r\n{\"note\":\"" + quoted + "\"}\r\n--xx--\r\n");
        body(
                places,
                encoding,
                "text/html",
                "<html><body><p class=\"x\">" + Planted.markup(value) + "</p></body></html>");
        body(places, encoding, "text/html", "<p>" + Planted.everyByte(value, "&#%d;") + "</p>");
        body(places, encoding, "text/html", "<a href=\"/x?who=" + Planted.percent(value) + "\">x</a>");
        body(places, encoding, "text/html", "<script>var x = {\"note\": \"" + quoted + "\"};</script>");
        body(places, encoding, "text/csv", "id,note\r\n1,\"" + value + "\"\r\n");
        body(places, encoding, "text/tab-separated-values", "id\tnote\n1\t" + value + "\n");
        body(places, encoding, "text/event-stream", "event: x\ndata: {\"note\":\"" + quoted + "\"}\n\n");
        body(places, encoding, "text/event-stream", "data: {\"a\":1,\ndata: \"note\":\"" + quoted + "\"}\n\n");
        body(places, encoding, "text/plain", "We wrote to " + value + " today.");
        body(places, encoding, "text/plain", value);
        body(places, encoding, "", "note: " + value + "\n");
        body(places, encoding, "application/octet-stream", "{\"note\":\"" + quoted + "\"}");
        body(places, encoding, "image/png", "PNG " + value);
        body(
                places,
                encoding,
                "application/json",
                "{\"query\":\"query { user(who: \\\"" + Planted.json(quoted) + "\\\") { id } }\"}");
        body(places, encoding, "application/json", "{\"query\":\"q\",\"variables\":{\"who\":\"" + quoted + "\"}}");
        places.put(encoding + " UTF-16", utf16(value));
    }

    private static void xmlPlaces(Planted planted, Map<String, Exchange> places) {
        String value = Planted.markup(planted.value());
        body(places, "xml", "application/xml", "<?xml version=\"1.0\"?><a><b note=\"" + value + "\"/></a>");
        body(places, "xml", "application/xml", "<a><b note='" + value + "'>x</b></a>");
        body(places, "xml", "application/xml", "<a><b>" + value + "</b></a>");
        body(places, "xml", "application/xml", "<a><!-- " + planted.value() + " --><b/></a>");
        body(places, "xml", "application/soap+xml", "<a><b><![CDATA[" + planted.value() + "]]></b></a>");
        body(places, "xml", "text/xml", "<!DOCTYPE a [<!ENTITY e \"" + planted.value() + "\">]><a>&e;</a>");
        body(places, "xml", "text/xml", "<?note " + planted.value() + "?><a/>");
        body(places, "xml", "text/xml", "<a><b>" + value + "</c>");
        body(places, "xml", "text/xml", "<a b=\"" + value);
    }

    private static void named(Planted planted, Map<String, Exchange> places) {
        String key = planted.key();
        String value = planted.value();
        String quoted = Planted.json(value);
        String percent = Planted.percent(value);
        places.put("query", exchange("/x?a=1&" + key + "=" + percent, Headers.EMPTY, Headers.EMPTY, "", ""));
        places.put(
                "referer",
                exchange("/", Headers.of("Referer", "https://s.test/?" + key + "=" + percent), Headers.EMPTY, "", ""));
        body(places, "", "application/json", "{\"user\":{\"" + key + "\":\"" + quoted + "\"}}");
        body(
                places,
                "",
                "application/json",
                "{\"customer\":{\"" + key + "\" : \"" + Planted.everyByte(value, "\\u%04x") + "\"}}");
        body(
                places,
                "",
                "application/json",
                "{\"user\":\"{\\\"" + key + "\\\":\\\"" + Planted.json(quoted) + "\\\"}\"}");
        body(places, "", "application/json", "{\"user\":{\"" + key + "\":[\"" + quoted + "\"]}}");
        body(places, "", "application/json", "{\"user\":[{\"name\":\"" + key + "\",\"value\":\"" + quoted + "\"}]}");
        body(places, "", "application/json", "{\"user\":[{\"value\":\"" + quoted + "\",\"name\":\"" + key + "\"}]}");
        body(places, "", "application/json", "{\"user\":{\"" + key + "\":\"" + quoted + "\", oops");
        body(places, "", "application/json", "{\"user\":{\"" + key + "\":\"" + quoted + "");
        body(
                places,
                "",
                "application/json",
                "{\"query\":\"mutation { user(" + key + ": \\\"" + Planted.json(quoted) + "\\\") { id } }\"}");
        body(
                places,
                "",
                "application/json",
                "{\"query\":\"mutation M($x: X!) { m }\",\"variables\":{\"user\":{\"" + key + "\":\"" + quoted
                        + "\"}}}");
        body(
                places,
                "",
                "application/json",
                "{\"p\":\"" + base64("{\"user\":{\"" + key + "\":\"" + quoted + "\"}}") + "\"}");
        body(places, "", "application/x-ndjson", "{}\n{\"user\":{\"" + key + "\":\"" + quoted + "\"}}\n");
        body(places, "", "application/x-www-form-urlencoded", "a=1&" + key + "=" + percent);
        body(places, "", "application/x-www-form-urlencoded", "user%5B" + key + "%5D=" + percent + "&a=1");
        body(
                places,
                "",
                "multipart/form-data; boundary=\"x x\"",
                "--x x\r\nContent-Disposition: form-data; name=\"" + key + "\"\r\n\r\n" + value + "\r\n--x x--");
        body(places, "", "application/xml", "<user><" + key + ">" + Planted.markup(value) + "</" + key + "></user>");
        body(places, "", "application/xml", "<user><n:" + key + "><![CDATA[" + value + "]]></n:" + key + "></user>");
        body(places, "", "application/xml", "<user " + key + "=\"" + Planted.markup(value) + "\"/>");
        body(
                places,
                "",
                "application/xml",
                "<user><param name=\"" + key + "\">" + Planted.markup(value) + "</param></user>");
        body(
                places,
                "",
                "text/html",
                "<form><input name=\"" + key + "\" value=\"" + Planted.markup(value) + "\"></form>");
        body(
                places,
                "",
                "text/html",
                "<table><tr><th>" + key + "</th><td>" + Planted.markup(value) + "</td></tr></table>");
        body(places, "", "text/html", "<dl><dt>" + key + ":</dt><dd>" + Planted.markup(value) + "</dd></dl>");
        body(places, "", "text/csv", "id," + key + "\n1,\"" + value.replace("\"", "\"\"") + "\"\n");
        body(places, "", "text/plain", key + "=\"" + quoted + "\"\n");
    }

    private static void body(Map<String, Exchange> places, String encoding, String type, String body) {
        Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
        String place = encoding + " " + type + " " + body;
        places.put("request " + place, exchange("/", headers, Headers.EMPTY, body, ""));
        places.put("response " + place, exchange("/", Headers.EMPTY, headers, "", body));
    }

    private static Exchange utf16(String value) {
        byte[] bytes = ("\ufeff{\"note\":\"" + Planted.json(value) + "\"}").getBytes(StandardCharsets.UTF_16LE);
        Headers headers = Headers.of("Content-Type", "application/json; charset=utf-16le");
        return Exchanges.of(
                new Request("POST", "/", "HTTP/1.1", headers, Body.of(bytes), Headers.EMPTY),
                Exchanges.response(200, Headers.EMPTY, ""));
    }

    private static Exchange exchange(
            String target, Headers request, Headers response, String requestBody, String responseBody) {
        return Exchanges.of(
                Exchanges.request("POST", target, request, requestBody),
                Exchanges.response(200, response, responseBody));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

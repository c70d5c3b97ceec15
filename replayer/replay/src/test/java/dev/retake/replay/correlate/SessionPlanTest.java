package dev.retake.replay.correlate;

import static dev.retake.replay.Recording.get;
import static dev.retake.replay.Recording.json;
import static dev.retake.replay.Recording.jsonResponse;
import static dev.retake.replay.Recording.request;
import static dev.retake.replay.Recording.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.Recording;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two steps each: what the recording shows, what the target answers to the first, and what goes out as the second. */
class SessionPlanTest {
    private static final String OLD = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final String NEW = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    static Stream<Arguments> values() {
        return Stream.of(
                to("path segment", "{\"id\":\"%s\"}", get("/orders/" + OLD), "/orders/" + NEW),
                to(
                        "path segment among others",
                        "{\"id\":\"%s\"}",
                        get("/v1/orders/" + OLD + "/lines?x=1"),
                        "/v1/orders/" + NEW + "/lines?x=1"),
                to(
                        "part of a segment",
                        "{\"id\":\"%s\"}",
                        get("/files/doc-" + OLD + ".pdf"),
                        "/files/doc-" + NEW + ".pdf"),
                to(
                        "matrix parameter",
                        "{\"id\":\"%s\"}",
                        get("/orders;ref=" + OLD + "/x"),
                        "/orders;ref=" + NEW + "/x"),
                to("query", "{\"id\":\"%s\"}", get("/orders?a=b&order=" + OLD), "/orders?a=b&order=" + NEW),
                to("list in a query", "{\"id\":\"%s\"}", get("/orders?ids=1,2," + OLD), "/orders?ids=1,2," + NEW),
                to("bearer", "{\"token\":\"%s\"}", get("/", "Authorization", "Bearer " + OLD), "Bearer " + NEW),
                to(
                        "other scheme",
                        "{\"token\":\"%s\"}",
                        get("/", "Authorization", "Token token=\"" + OLD + "\""),
                        "Token token=\"" + NEW + "\""),
                to(
                        "basic",
                        "{\"key\":\"%s\"}",
                        get("/", "Authorization", "Basic " + base64(OLD + ":")),
                        "Basic " + base64(NEW + ":")),
                to(
                        "jwt",
                        "{\"sid\":\"%s\"}",
                        get(
                                "/",
                                "Authorization",
                                "Bearer eyJhIjoxfQ." + base64url("{\"sid\":\"" + OLD + "\"}") + ".sig"),
                        "." + base64url("{\"sid\":\"" + NEW + "\"}") + ".sig"),
                to(
                        "cookie of the client",
                        "{\"cart\":\"%s\"}",
                        get("/", "Cookie", "a=1; cart=" + OLD + "; b=2"),
                        "a=1; cart=" + NEW + "; b=2"),
                to("custom header", "{\"id\":\"%s\"}", get("/", "X-Tenant", OLD), NEW),
                to(
                        "referer",
                        "{\"id\":\"%s\"}",
                        get("/", "Referer", "https://shop.example.com/o/" + OLD + "?x"),
                        "/o/" + NEW + "?x"),
                to(
                        "json string",
                        "{\"id\":\"%s\"}",
                        json("POST", "/", "{ \"a\":[1, {\"order\" : \"" + OLD + "\"}] }"),
                        "{ \"a\":[1, {\"order\" : \"" + NEW + "\"}] }"),
                to("json key", "{\"id\":\"%s\"}", json("POST", "/", "{\"" + OLD + "\":1}"), "{\"" + NEW + "\":1}"),
                to(
                        "json in a json string",
                        "{\"id\":\"%s\"}",
                        json("POST", "/", "{\"m\":\"{\\\"o\\\":\\\"" + OLD + "\\\"}\"}"),
                        "{\\\"o\\\":\\\"" + NEW + "\\\"}"),
                to(
                        "graphql",
                        "{\"id\":\"%s\"}",
                        json("POST", "/", "{\"query\":\"{order(id:\\\"" + OLD + "\\\"){total}}\"}"),
                        "order(id:\\\"" + NEW + "\\\")"),
                to(
                        "form",
                        "{\"id\":\"%s\"}",
                        request(
                                "POST",
                                "/",
                                "a=b+c&order=" + OLD + "&d=%C3%A9",
                                "Content-Type",
                                "application/x-www-form-urlencoded"),
                        "a=b+c&order=" + NEW + "&d=%C3%A9"),
                to("multipart field", "{\"id\":\"%s\"}", multipart(OLD), "name=\"order\"\r\n\r\n" + NEW + "\r\n--b--"),
                to(
                        "xml",
                        "{\"id\":\"%s\"}",
                        request("POST", "/", "<o a='1'><ref>" + OLD + "</ref></o>", "Content-Type", "text/xml"),
                        "<o a='1'><ref>" + NEW + "</ref></o>"),
                to(
                        "xml attribute",
                        "{\"id\":\"%s\"}",
                        request("POST", "/", "<o ref='" + OLD + "'/>", "Content-Type", "application/soap+xml"),
                        "<o ref='" + NEW + "'/>"),
                to(
                        "text",
                        "{\"id\":\"%s\"}",
                        request("POST", "/", "order: " + OLD + "!", "Content-Type", "text/plain"),
                        "order: " + NEW + "!"),
                to(
                        "base64 cursor",
                        "{\"id\":\"%s\"}",
                        get("/?c=" + base64("after:" + OLD)),
                        "/?c=" + base64("after:" + NEW).replace("=", "%3D")),
                to(
                        "escaped twice",
                        "{\"id\":\"%s\"}",
                        get("/?next=%252Forders%252F" + OLD),
                        "/?next=%252Forders%252F" + NEW),
                to(
                        "href with the segment",
                        "{\"href\":\"https://shop.example.com/orders/%s/lines?x=1\"}",
                        get("/orders/" + OLD),
                        "/orders/" + NEW),
                to("in prose", "{\"message\":\"Order %s created\"}", get("/orders/" + OLD), "/orders/" + NEW),
                to(
                        "in a list",
                        "[{\"name\":\"a\",\"id\":\"x\"},{\"name\":\"b\",\"id\":\"%s\"}]",
                        get("/orders/" + OLD),
                        "/orders/" + NEW),
                to("as a key", "{\"orders\":{\"%s\":{\"total\":1}}}", get("/orders/" + OLD), "/orders/" + NEW),
                to(
                        "below a key",
                        "{\"orders\":{\"4711-%1$s\":{\"token\":\"%1$s\"}}}",
                        get("/orders/" + OLD),
                        "/orders/" + NEW));
    }

    private static Arguments to(String name, String answer, Request second, String expected) {
        return Arguments.of(
                name,
                jsonResponse(200, answer.formatted(OLD)),
                jsonResponse(200, answer.formatted(NEW)),
                second,
                expected);
    }

    static Stream<Arguments> sources() {
        String jwt = "eyJhIjoxfQ.%s.sig";
        return Stream.of(
                from(
                        "location",
                        response(201, "", "Location", "/orders/" + OLD),
                        response(201, "", "location", "http://127.0.0.1:1/orders/" + NEW)),
                from(
                        "link",
                        response(200, "", "Link", "</orders/" + OLD + ">; rel=next"),
                        response(200, "", "Link", "</orders/" + NEW + ">; rel=next")),
                from("header", response(200, "", "X-Id", OLD), response(200, "", "x-id", NEW)),
                from(
                        "cookie",
                        response(200, "", "Set-Cookie", "o=" + OLD + "; Path=/"),
                        response(200, "", "Set-Cookie", "o=" + NEW)),
                from(
                        "xml",
                        response(200, "<a xmlns='u'><o id='" + OLD + "'/></a>", "Content-Type", "text/xml"),
                        response(200, "<a xmlns='u'> <o id='" + NEW + "'/></a>", "Content-Type", "text/xml")),
                from(
                        "hidden input",
                        page("<input type=hidden name=order value=" + OLD + ">"),
                        page("<p>new</p><input name='order' value='" + NEW + "'>")),
                from(
                        "link on a page",
                        page("<a href='/orders/" + OLD + "?a=1'>Show</a>"),
                        page("<a href=/x>Other</a><a href='/orders/" + NEW + "'>Show</a>")),
                from(
                        "script on a page",
                        page("<script>var order = '" + OLD + "';</script>"),
                        page("<script>var order = '" + NEW + "';</script>")),
                from(
                        "ndjson",
                        response(200, "{\"a\":1}\n{\"id\":\"" + OLD + "\"}\n", "Content-Type", "application/x-ndjson"),
                        response(200, "{\"a\":1}\n{\"id\":\"" + NEW + "\"}\n", "Content-Type", "application/x-ndjson")),
                from(
                        "event stream",
                        response(200, "data: {\"id\":\"" + OLD + "\"}\n\n", "Content-Type", "text/event-stream"),
                        response(200, "data: {\"id\":\"" + NEW + "\"}\n\n", "Content-Type", "text/event-stream")),
                from(
                        "csv",
                        response(200, "name,id\r\nx," + OLD + "\r\n", "Content-Type", "text/csv"),
                        response(200, "name,id\r\ny,0\r\nx," + NEW + "\r\n", "Content-Type", "text/csv")),
                from(
                        "text",
                        response(200, "id=" + OLD + "\n", "Content-Type", "text/plain"),
                        response(200, "id=" + NEW + "\n", "Content-Type", "text/plain")),
                from("no type", response(200, "{\"id\":\"" + OLD + "\"}"), response(200, "{\"id\":\"" + NEW + "\"}")),
                from(
                        "jwt kept whole",
                        jsonResponse(200, "{\"t\":\"" + jwt.formatted(OLD) + "\",\"id\":\"" + OLD + "\"}"),
                        jsonResponse(200, "{\"t\":\"x\",\"id\":\"" + NEW + "\"}")));
    }

    private static Arguments from(String name, Response recorded, Response observed) {
        return Arguments.of(name, recorded, observed, get("/orders/" + OLD), "/orders/" + NEW);
    }

    @ParameterizedTest(name = "to {0}")
    @MethodSource("values")
    void toEveryPlace(String name, Response recorded, Response observed, Request second, String expected) {
        assertThat(whole(played(recorded, observed, second))).contains(expected);
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("sources")
    void fromEveryPlace(String name, Response recorded, Response observed, Request second, String expected) {
        assertThat(whole(played(recorded, observed, second))).contains(expected);
    }

    @Test
    void aNumberGoesWithItsNameOnly() {
        Response recorded = jsonResponse(201, "{\"order\":{\"id\":7,\"lines\":7}}");
        Response observed = jsonResponse(201, "{\"order\":{\"id\":12,\"lines\":3}}");
        Request second =
                json("POST", "/orders/7/pay?limit=7", "{\"orderId\":7,\"order_id\":\"7\",\"amount\":7,\"retries\": 7}");

        assertThat(whole(played(recorded, observed, second)))
                .contains("/orders/12/pay?limit=7", "{\"orderId\":12,\"order_id\":\"12\",\"amount\":7,\"retries\": 7}");
    }

    @Test
    void anIdThatBecomesAStringIsSentAsOne() {
        Response recorded = jsonResponse(201, "{\"order\":{\"id\":7}}");
        Response observed = jsonResponse(201, "{\"order\":{\"id\":\"o-7\\\"\"}}");

        assertThat(whole(played(recorded, observed, json("POST", "/pay", "{\"orderId\":7}"))))
                .contains("{\"orderId\":\"o-7\\\"\"}");
    }

    @Test
    void aLinkGivesIdsAndSlugsButNoNamesOfRoutes() {
        Response recorded = page("<a href='/api/products/blue-shirt'>Show</a>");
        Response observed = page("<a href='/wrong/things/red-shirt'>Show</a>");

        assertThat(whole(played(recorded, observed, Recording.get("/api/products/blue-shirt"))))
                .startsWith("/api/products/red-shirt\n");
    }

    @Test
    void whatTheClientMadeStaysItsOwn() {
        Recording recording = new Recording("s")
                .add(
                        json("POST", "/orders", "{\"clientRef\":\"" + OLD + "\"}"),
                        jsonResponse(201, "{\"clientRef\":\"" + OLD + "\"}"))
                .add(get("/orders?clientRef=" + OLD), jsonResponse(200, "{}"));

        assertThat(whole(second(recording, jsonResponse(201, "{\"clientRef\":\"" + NEW + "\"}"))))
                .contains(OLD);
    }

    @Test
    void theElementMostLikeTheRecordedOneIsMeant() {
        Response recorded = jsonResponse(200, "{\"items\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]}");
        Response observed = jsonResponse(
                200, "{\"items\":[{\"id\":30,\"name\":\"b\"},{\"id\":31,\"name\":\"a\"},{\"id\":32,\"name\":\"c\"}]}");

        assertThat(whole(played(recorded, observed, get("/items/2")))).contains("/items/30");
    }

    @Test
    void anElementThatTheTargetLeavesOutIsStillMeantByItsName() {
        Response recorded = jsonResponse(
                200,
                "[{\"sku\":\"AB-101\",\"unit\":\"kg\"},{\"sku\":\"AB-102\",\"unit\":\"kg\"},{\"sku\":\"AB-103\",\"unit\":\"kg\"}]");
        Response cut = jsonResponse(200, "[{\"sku\":\"AB-101\",\"unit\":\"kg\"},{\"sku\":\"AB-102\",\"unit\":\"kg\"}]");

        assertThat(whole(played(recorded, cut, get("/items/AB-103")))).contains("/items/AB-103");
    }

    @Test
    void numbersThatMeetByChanceNameOtherThings() {
        String recorded = things("5 Lamp", "6 Chair", "7 Bag");
        assertThat(second(recorded, things("4 Lamp", "5 Chair", "6 Bag"), "/things/7"))
                .isEqualTo("/things/6");
        assertThat(second(recorded, things("4 Lamp", "5 Chair", "6 Bag"), "/things/5"))
                .isEqualTo("/things/4");
        // With names as they were a thing that has gone keeps its own.
        assertThat(second(recorded, things("5 Lamp", "6 Chair"), "/things/7")).isEqualTo("/things/7");
        assertThat(second(recorded, things("7 Bag", "6 Chair", "5 Desk"), "/things/5"))
                .isEqualTo("/things/5");
    }

    @Test
    void aThingThatIsGoneFromAListOfTheOthersGivesNoValue() {
        String recorded = things("11 Lamp", "12 Chair", "13 Bag");
        assertThat(second(recorded, things("92 Chair", "93 Bag"), "/things/11")).isEqualTo("blocked");
        assertThat(second(recorded, things("91 Tent", "92 Rope", "93 Stove"), "/things/11"))
                .isEqualTo("/things/91");
    }

    @Test
    void aListOfOtherThingsGivesNoValueWhereTheTargetHasTheRecordedOnes() {
        Recording session = new Recording("s1")
                .add(get("/things?page=1"), jsonResponse(200, things("11 Lamp", "12 Chair")))
                .add(get("/things?page=2"), jsonResponse(200, things("13 Bag", "14 Tent")))
                .add(get("/things/11"), jsonResponse(200, "{}"))
                .add(get("/things/14"), jsonResponse(200, "{}"));
        SessionValues values =
                SessionPlan.learn(session.exchanges(), NeverBound.NOTHING).begin(new BindingLedger());
        values.answered(0, jsonResponse(200, things("95 Rope", "96 Stove")));
        values.answered(1, jsonResponse(200, things("93 Bag", "94 Tent")));

        assertThat(values.render(2, Set.of())).isInstanceOf(SessionValues.Blocked.class);
        assertThat(((SessionValues.Ready) values.render(3, Set.of())).request().target())
                .isEqualTo("/things/94");
    }

    private static String things(String... all) {
        StringBuilder list = new StringBuilder();
        for (String one : all) {
            String[] parts = one.split(" ");
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"id\":%s,\"name\":\"%s\",\"kind\":\"thing\"}".formatted((Object[]) parts));
        }
        return "{\"things\":[" + list + "]}";
    }

    private static String second(String recorded, String observed, String target) {
        Recording session = new Recording("s1")
                .add(get("/things"), jsonResponse(200, recorded))
                .add(get(target), jsonResponse(200, "{}"));
        SessionValues values =
                SessionPlan.learn(session.exchanges(), NeverBound.NOTHING).begin(new BindingLedger());
        values.answered(0, jsonResponse(200, observed));
        return values.render(1, Set.of()) instanceof SessionValues.Ready ready
                ? ready.request().target()
                : "blocked";
    }

    @Test
    void anotherOriginStandsInForAMissingOne() {
        Response recorded = jsonResponse(201, "{\"id\":\"" + OLD + "\"}", "Location", "/orders/" + OLD);
        Response observed = jsonResponse(201, "{}", "Location", "/orders/" + NEW);

        assertThat(whole(played(recorded, observed, get("/orders/" + OLD)))).contains(NEW);
    }

    @Test
    void aValueThatTheTargetDoesNotGiveBlocks() {
        Recording recording = new Recording("s")
                .add(json("POST", "/login", "{}"), jsonResponse(200, "{\"token\":\"" + OLD + "\"}"))
                .add(get("/me", "Authorization", "Bearer " + OLD), jsonResponse(200, "{}"));
        SessionPlan plan = SessionPlan.learn(recording.exchanges(), NeverBound.NOTHING);

        SessionValues answered = plan.begin(new BindingLedger());
        answered.answered(0, jsonResponse(200, "{}"));
        assertThat(answered.render(1, Set.of()))
                .isEqualTo(new SessionValues.Blocked(
                        "It needs a value for header:Authorization from step 1 (POST /login), whose answer lacks it at"
                                + " body:/token.",
                        0));

        SessionValues skipped = plan.begin(new BindingLedger());
        skipped.lost(0, "was skipped (unsafe-method)");
        assertThat(((SessionValues.Blocked) skipped.render(1, Set.of())).why())
                .endsWith("(POST /login), which was skipped (unsafe-method).");
        assertThat(skipped.render(1, Set.of("header:Authorization"))).isInstanceOf(SessionValues.Ready.class);
    }

    @Test
    void aValueThatWouldSplitAHeaderIsNotSent() {
        Recording recording = new Recording("s")
                .add(json("POST", "/login", "{}"), jsonResponse(200, "{\"token\":\"" + OLD + "\"}"))
                .add(get("/me", "X-Token", OLD), jsonResponse(200, "{}"));
        SessionValues values =
                SessionPlan.learn(recording.exchanges(), NeverBound.NOTHING).begin(new BindingLedger());
        values.answered(0, jsonResponse(200, "{\"token\":\"a\\r\\nHost: evil\"}"));

        assertThat(values.render(1, Set.of())).isInstanceOf(SessionValues.Blocked.class);
    }

    @Test
    void whatATeamNamesKeepsItsRecordedValue() {
        Recording recording = new Recording("s")
                .add(Recording.get("/first"), jsonResponse(200, "{\"id\":\"" + OLD + "\"}"))
                .add(json("POST", "/orders/" + OLD, "{\"a\":[{\"note\":\"" + OLD + "\"}]}"), jsonResponse(200, "{}"));
        NeverBound never = new NeverBound(List.of("POST /orders/{id} body:/a/*/note"));
        SessionValues values = SessionPlan.learn(recording.exchanges(), never).begin(new BindingLedger());
        values.answered(0, jsonResponse(200, "{\"id\":\"" + NEW + "\"}"));

        assertThat(whole(((SessionValues.Ready) values.render(1, Set.of())).request()))
                .contains("/orders/" + NEW, "{\"note\":\"" + OLD + "\"}");
    }

    @Test
    void hostileDocumentsTakeBoundedTime() {
        String deep = "[".repeat(100_000);
        String wide = "{\"a\":\"" + "a-1_b2.".repeat(40_000) + "\"}";
        String dashes = "{\"id\":\"" + "x1-".repeat(2_000) + "\"}";
        for (String document : new String[] {deep, wide, dashes, "{\"a\":", "<a".repeat(50_000)}) {
            Recording recording = new Recording("s")
                    .add(json("POST", "/a", document), jsonResponse(200, document))
                    .add(json("POST", "/b", document), response(200, document, "Content-Type", "text/html"))
                    .add(request("POST", "/c", document, "Content-Type", "text/xml"), jsonResponse(200, "{}"));

            assertThat(SessionPlan.learn(recording.exchanges(), NeverBound.NOTHING)
                            .exchanges())
                    .hasSize(3);
        }
    }

    private static Request played(Response recorded, Response observed, Request second) {
        return second(new Recording("s").add(get("/first"), recorded).add(second, jsonResponse(200, "{}")), observed);
    }

    private static Request second(Recording recording, Response observed) {
        SessionValues values =
                SessionPlan.learn(recording.exchanges(), NeverBound.NOTHING).begin(new BindingLedger());
        values.answered(0, observed);
        return ((SessionValues.Ready) values.render(1, Set.of())).request();
    }

    private static String whole(Request request) {
        StringBuilder text = new StringBuilder(request.target());
        for (int i = 0; i < request.headers().size(); i++) {
            text.append('\n').append(request.headers().value(i));
        }
        return text.append('\n')
                .append(new String(request.body().bytes(), StandardCharsets.UTF_8))
                .toString();
    }

    private static Request multipart(String value) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.bin\"\r\n\r\n\u0001\u0002\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"order\"\r\n\r\n" + value + "\r\n--b--";
        return request("POST", "/", body, "Content-Type", "multipart/form-data; boundary=b");
    }

    private static Response page(String body) {
        return response(200, "<html><body>" + body + "</body></html>", "Content-Type", "text/html; charset=utf-8");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

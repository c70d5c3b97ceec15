package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A shop as it was recorded, and the same shop with other ids, clocks and noise; each case changes one more thing in the
 * target, and exactly that must be found.
 */
class CatalogueTest {
    private static final String LOGIN = "POST /login {}";
    private static final String SEARCH = "GET /products?q=mug";
    private static final String ORDER = "POST /orders {}";
    private static final String ORDER_READ = "GET /orders/ORDER";
    private static final String PROFILE = "GET /profile";
    private static final String EXPORT = "GET /orders/export.csv";
    private static final String GRAPH = "POST /graphql {}";
    private static final String FEED = "GET /feed.xml";
    private static final String LOST = "GET /products/0";
    private static final String ARTICLES = "GET /articles";

    /** The answers of one build: recorded with one set of ids and times, observed with another. */
    private static Map<String, Response> shop(String order, String token, String day, String time, String mark) {
        Map<String, Response> answers = new TreeMap<>();
        answers.put(
                LOGIN,
                json(
                        200,
                        "{\"token\":\"" + token + "\",\"expiresIn\":3600,\"issuedAt\":\"" + day + "T" + time
                                + ".120Z\"}"));
        answers.put(
                SEARCH,
                json(
                        200,
                        "{\"items\":["
                                + "{\"id\":7,\"sku\":\"MUG-01\",\"name\":\"Mug\",\"price\":9.50,\"stock\":true,\"tags\":[\"a\",\"b\"]},"
                                + "{\"id\":8,\"sku\":\"MUG-02\",\"name\":\"Big mug\",\"price\":12.00,\"stock\":true,\"tags\":[]},"
                                + "{\"id\":9,\"sku\":\"MUG-03\",\"name\":\"Tiny mug\",\"price\":14.25,\"stock\":false,\"tags\":[\"c\"]}],"
                                + "\"total\":3,\"page\":1,\"next\":null,\"took\":" + mark.length() + ",\"requestId\":\""
                                + mark + "\"}"));
        String body = "{\"id\":\"" + order + "\",\"number\":\"ORD-2026-" + (order.charAt(0) == '0' ? "00017" : "00093")
                + "\",\"status\":\"PAID\",\"currency\":\"EUR\",\"total\":31.00,\"lines\":["
                + "{\"productId\":7,\"quantity\":2,\"price\":9.50},{\"productId\":8,\"quantity\":1,\"price\":12.00}],"
                + "\"createdAt\":\"" + day + "T" + time + ".456Z\",\"message\":\"Order " + order + " was placed\","
                + "\"_links\":{\"self\":{\"href\":\"/orders/" + order + "\"}}}";
        answers.put(
                ORDER,
                Played.response(
                        201,
                        body,
                        "Content-Type",
                        "application/json",
                        "Location",
                        "/orders/" + order,
                        "ETag",
                        "\"" + mark + "\""));
        answers.put(ORDER_READ, json(200, body));
        answers.put(
                PROFILE,
                json(
                        200,
                        "{\"id\":31,\"firstName\":\"Kim\",\"email\":\"kim@example.org\",\"card\":\"****1111\","
                                + "\"addresses\":[{\"street\":\"Main 1\",\"city\":\"Ulm\"}],\"newsletter\":true,\"nickname\":null}"));
        answers.put(
                EXPORT,
                Played.response(
                        200,
                        "order,total,currency\r\nORD-1,31.00,EUR\r\nORD-2,8.00,EUR\r\n",
                        "Content-Type",
                        "text/csv; charset=utf-8",
                        "Content-Disposition",
                        "attachment; filename=orders-" + day + ".csv"));
        answers.put(
                GRAPH,
                json(
                        200,
                        "{\"data\":{\"viewer\":{\"login\":\"kim\",\"orders\":{\"totalCount\":1,\"edges\":"
                                + "[{\"cursor\":\"" + token.substring(0, 16) + "\",\"node\":{\"id\":\"" + order
                                + "\",\"total\":31.00}}]}}}}"));
        answers.put(
                FEED,
                Played.response(
                        200,
                        "<feed><updated>" + day + "T" + time + "Z</updated><entry><title>New mug</title>"
                                + "<link href=\"/products/7\"/></entry><entry><title>Old mug</title><link href=\"/products/8\"/></entry></feed>",
                        "Content-Type",
                        "application/atom+xml"));
        answers.put(
                LOST,
                json(
                        404,
                        "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"No such product\",\"traceId\":\"" + mark
                                + "\"}}"));
        answers.put(
                ARTICLES,
                Played.response(
                        200,
                        "{\"data\":[{\"type\":\"articles\",\"id\":\"1\",\"attributes\":{\"title\":\"A\"},"
                                + "\"relationships\":{\"author\":{\"data\":{\"type\":\"people\",\"id\":\"9\"}}}}],\"meta\":{\"count\":1}}",
                        "Content-Type",
                        "application/vnd.api+json"));
        return answers;
    }

    private static Response json(int status, String body) {
        return Played.response(
                status,
                body,
                "Content-Type",
                "application/json",
                "Cache-Control",
                "no-store",
                "X-Content-Type-Options",
                "nosniff",
                "Date",
                "x");
    }

    private static final String RECORDED_ID = "0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11";
    private static final String TARGET_ID = "7d3a9c41-0a0e-4f39-8a52-0a6f7e6f2b90";

    private static Map<String, Response> recorded() {
        return shop(RECORDED_ID, "9fK2xQ81abLmQ0zZ4", "2026-03-02", "10:00:01", "req-8f2a");
    }

    private static Map<String, Response> target() {
        return shop(TARGET_ID, "Lm29Zq0XyaPp81kQ7", "2026-03-09", "08:00:04", "req-c401ff");
    }

    private static List<String> play(Map<String, Response> target) {
        Played run = Played.run();
        Map<String, Response> recorded = recorded();
        for (String session : List.of("s1", "s2")) {
            run.session(session);
            for (String line :
                    List.of(LOGIN, SEARCH, LOST, ORDER, ORDER_READ, PROFILE, EXPORT, GRAPH, FEED, ARTICLES)) {
                run.step(
                        line.replace("ORDER", RECORDED_ID),
                        line.replace("ORDER", TARGET_ID),
                        recorded.get(line),
                        target.get(line),
                        9);
            }
        }
        return run.findings();
    }

    private static Arguments change(String line, String from, String to, String... expected) {
        return Arguments.of(line, (UnaryOperator<Response>) response -> edit(response, from, to), List.of(expected));
    }

    private static Arguments header(String line, String name, String value, String... expected) {
        UnaryOperator<Response> edit = response -> new Response(
                response.status(),
                "",
                "HTTP/1.1",
                value == null
                        ? response.headers().without(name)
                        : response.headers().with(name, value),
                response.body(),
                response.trailers());
        return Arguments.of(line, edit, List.of(expected));
    }

    private static Arguments status(String line, int status, String... expected) {
        UnaryOperator<Response> edit =
                response -> Played.response(status, "{\"error\":\"x\"}", "Content-Type", "application/json");
        return Arguments.of(line, edit, List.of(expected));
    }

    private static Response edit(Response response, String from, String to) {
        String body = new String(response.body().bytes(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < response.headers().size(); i++) {
            fields.add(response.headers().name(i));
            fields.add(response.headers().value(i));
        }
        return Played.response(response.status(), body.replace(from, to), fields.toArray(new String[0]));
    }

    @Test
    void nothingIsFoundWhereOnlyIdsTimesAndNoiseDiffer() {
        assertThat(play(target())).isEmpty();
    }

    static Stream<Arguments> regressions() {
        return Stream.of(
                change(SEARCH, "9.50", "9.49", "field-changed GET /products /items/*/price"),
                change(SEARCH, "9.50", "10", "field-changed GET /products /items/*/price"),
                change(SEARCH, "9.50", "\"9.50\"", "type-changed GET /products /items/*/price"),
                change(SEARCH, "\"total\":3", "\"total\":4", "field-changed GET /products /total"),
                change(SEARCH, "\"total\":3,", "", "field-missing GET /products /total"),
                change(SEARCH, "\"next\":null,", "", "field-missing GET /products /next"),
                change(SEARCH, "\"stock\":false", "\"stock\":true", "field-changed GET /products /items/*/stock"),
                change(SEARCH, "\"stock\":true", "\"stock\":\"true\"", "type-changed GET /products /items/*/stock"),
                change(SEARCH, "\"sku\":\"MUG-03\",", "", "field-missing GET /products /items/*/sku"),
                change(SEARCH, "MUG-03", "MUG-04", "field-changed GET /products /items/*/sku"),
                change(SEARCH, "\"name\":", "\"title\":", "field-missing GET /products /items/*/name"),
                change(SEARCH, "\"tags\":[]", "\"tags\":null", "type-changed GET /products /items/*/tags"),
                change(SEARCH, "[\"a\",\"b\"]", "[\"b\",\"a\"]", "order GET /products /items/*/tags"),
                change(
                        SEARCH,
                        "{\"id\":7,\"sku\":\"MUG-01\",\"name\":\"Mug\",\"price\":9.50,\"stock\":true,\"tags\":[\"a\",\"b\"]},",
                        "",
                        "field-missing GET /products /items/*"),
                change(SEARCH, "\"page\":1", "\"page\":0", "field-changed GET /products /page"),
                change(SEARCH, "\"total\":3", "\"total\":3,\"debug\":true", "field-added GET /products /debug"),
                change(LOGIN, "3600", "60", "field-changed POST /login /expiresIn"),
                change(LOGIN, "\"token\":", "\"accessToken\":", "field-missing POST /login /token"),
                change(LOGIN, ".120Z", "Z", "field-changed POST /login /issuedAt"),
                change(LOGIN, ".120Z", ".120+00:00", "field-changed POST /login /issuedAt"),
                change(ORDER_READ, "EUR", "USD", "field-changed GET /orders/{id} /currency"),
                change(ORDER_READ, "31.00", "31.01", "field-changed GET /orders/{id} /total"),
                change(ORDER_READ, "PAID", "OPEN", "field-changed GET /orders/{id} /status"),
                change(ORDER_READ, "was placed", "was plcaed", "field-changed GET /orders/{id} /message"),
                change(
                        ORDER_READ,
                        "{\"productId\":7,\"quantity\":2,\"price\":9.50},",
                        "",
                        "field-missing GET /orders/{id} /lines/*"),
                change(
                        ORDER_READ,
                        "\"quantity\":2",
                        "\"quantity\":3",
                        "field-changed GET /orders/{id} /lines/*/quantity"),
                change(ORDER_READ, "2026-03-09T08", "2026-03-09T10", "field-changed GET /orders/{id} /createdAt"),
                change(ORDER_READ, "ORD-2026-", "ORD-", "field-changed GET /orders/{id} /number"),
                change(
                        ORDER_READ,
                        "\"href\":\"/orders/",
                        "\"href\":\"/order/",
                        "field-changed GET /orders/{id} /_links/self/href"),
                change(
                        PROFILE,
                        "\"newsletter\":true",
                        "\"newsletter\":false",
                        "field-changed GET /profile /newsletter"),
                change(
                        PROFILE,
                        "\"newsletter\":true",
                        "\"newsletter\":true,\"passwordHash\":\"x\"",
                        "exposure GET /profile /passwordHash"),
                change(PROFILE, "****1111", "4111111111111111", "exposure GET /profile /card"),
                change(PROFILE, "\"id\":31", "\"id\":\"31\"", "type-changed GET /profile /id"),
                change(PROFILE, "kim@example.org", "", "field-changed GET /profile /email"),
                change(
                        EXPORT,
                        "31.00",
                        "31,00",
                        "field-added GET /orders/export.csv /*/column 4",
                        "field-changed GET /orders/export.csv /*/currency",
                        "field-changed GET /orders/export.csv /*/total"),
                change(EXPORT, ",currency", ",ccy", "field-missing GET /orders/export.csv /*/currency"),
                change(EXPORT, "ORD-2,8.00,EUR\r\n", "", "field-missing GET /orders/export.csv /*"),
                header(
                        EXPORT,
                        "Content-Type",
                        "text/csv; charset=iso-8859-1",
                        "header GET /orders/export.csv header:Content-Type"),
                header(EXPORT, "Content-Disposition", null, "header GET /orders/export.csv header:Content-Disposition"),
                header(ORDER, "Location", "/order", "header POST /orders header:Location"),
                header(ORDER, "ETag", null, "header POST /orders header:ETag"),
                header(PROFILE, "Cache-Control", "public, max-age=600", "header GET /profile header:Cache-Control"),
                header(PROFILE, "X-Content-Type-Options", null, "header GET /profile header:X-Content-Type-Options"),
                change(
                        GRAPH,
                        "\"totalCount\":1",
                        "\"totalCount\":0",
                        "field-changed POST /graphql /data/viewer/orders/totalCount"),
                change(
                        GRAPH,
                        "{\"data\":",
                        "{\"errors\":[{\"message\":\"x\"}],\"data\":",
                        "field-added POST /graphql /errors"),
                change(FEED, "<title>Old mug</title>", "", "field-missing GET /feed.xml /feed/entry/*/title"),
                change(FEED, "Old mug", "Mug", "field-changed GET /feed.xml /feed/entry/*/title"),
                change(FEED, "/products/8", "/product/8", "field-changed GET /feed.xml /feed/entry/*/link/@href"),
                change(LOST, "NOT_FOUND", "UNKNOWN", "field-changed GET /products/{id} /error/code"),
                status(LOST, 200, "status GET /products/{id} status"),
                status(LOST, 500, "status GET /products/{id} status"),
                status(ORDER, 200, "status POST /orders status"),
                status(PROFILE, 401, "status GET /profile status"),
                change(
                        ARTICLES,
                        "\"id\":\"9\"",
                        "\"id\":null",
                        "type-changed GET /articles /data/*/relationships/author/data/id"),
                change(ARTICLES, "\"count\":1", "\"count\":2", "field-changed GET /articles /meta/count"));
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void oneRegressionIsOneFinding(String line, UnaryOperator<Response> regression, List<String> expected) {
        Map<String, Response> target = target();
        target.computeIfPresent(line, (key, response) -> regression.apply(response));
        assertThat(play(target)).isEqualTo(expected);
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                change(SEARCH, "{\"id\":7,\"sku\":\"MUG-01\",", "{\"sku\":\"MUG-01\",\"id\":7,"),
                change(SEARCH, "12.00", "12.0"),
                change(SEARCH, ",", " ,\n"),
                change(SEARCH, "req-c401ff", "req-0000aa11"),
                change(SEARCH, "\"took\":10", "\"took\":250"),
                change(LOST, "\"traceId\":\"req-c401ff\"", "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\""),
                change(ORDER_READ, "08:00:04.456", "08:00:07.001"),
                change(EXPORT, "\r\n", "\n"),
                change(FEED, "><entry", ">\n  <entry"),
                header(PROFILE, "date", "y"),
                header(PROFILE, "X-Request-ID", "1"),
                header(PROFILE, "Server", "other"),
                header(PROFILE, "cache-control", "No-Store"),
                header(PROFILE, "Content-Type", "application/json;charset=utf-8"),
                header(ORDER, "Location", "http://127.0.0.1:9090/orders/" + TARGET_ID),
                header(ORDER, "ETag", "W/\"other\""));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatMeansNothingIsNotFound(String line, UnaryOperator<Response> change, List<String> expected) {
        Map<String, Response> target = target();
        target.computeIfPresent(line, (key, response) -> change.apply(response));
        assertThat(play(target)).isEqualTo(expected);
    }
}

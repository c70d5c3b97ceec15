package dev.retake.cli.leak;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a value stands. In a template {@code %v} is the value as its syntax writes it, {@code %k} the name of its field;
 * places without {@code %k} are for classes with a form of their own.
 */
enum Place {
    PATH("path segment", Part.TARGET, Syntax.URI, "", "/v1/find/%v/orders"),
    MATRIX("matrix parameter", Part.TARGET, Syntax.URI, "", "/v1/find;%k=%v/orders"),
    QUERY("query value", Part.TARGET, Syntax.URI, "", "/v1/find?a=1&%k=%v&b=2"),
    QUERY_NAME("query name", Part.TARGET, Syntax.URI, "", "/v1/find?a=1&%v=1"),
    HEADER("header field", Part.HEADER, Syntax.HEADER, "", "X-%K: %v"),
    REFERER("Referer", Part.REQUEST_HEADER, Syntax.URI, "", "Referer: https://shop.test/a?b=1&%k=%v"),
    REFERER_PATH("Referer's path", Part.REQUEST_HEADER, Syntax.URI, "", "Referer: https://shop.test/a/%v/b"),
    LOCATION("Location", Part.RESPONSE_HEADER, Syntax.URI, "", "Location: /a?%k=%v&b=1"),
    LINK("Link", Part.HEADER, Syntax.URI, "", "Link: <https://shop.test/a?%k=%v>; rel=\"next\""),
    COOKIE("Cookie", Part.REQUEST_HEADER, Syntax.COOKIE, "", "Cookie: theme=dark; %k=%v"),
    SET_COOKIE("Set-Cookie", Part.RESPONSE_HEADER, Syntax.COOKIE, "", "Set-Cookie: %k=%v; Path=/; HttpOnly"),
    BASIC("Basic", Part.REQUEST_HEADER, Syntax.BASIC, "", "Authorization: Basic %k"),
    BEARER("Bearer", Part.REQUEST_HEADER, Syntax.HEADER, "", "Authorization: Bearer %v"),
    TRAILER("trailer", Part.TRAILER, Syntax.HEADER, "", "X-%K: %v"),
    JSON_KEY("JSON key", Part.BODY, Syntax.JSON, "application/json", "{\"%v\":1}"),
    JSON("JSON string", Part.BODY, Syntax.JSON, "application/json", "{\"id\":7,\"user\":{\"%k\":\"%v\"},\"n\":[1,2]}"),
    JSON_ITEM(
            "JSON array",
            Part.BODY,
            Syntax.JSON,
            "application/vnd.api+json; charset=utf-8",
            "{\"user\":{\"%k\":[\"%v\"]}}"),
    JSON_TEXT("text in JSON", Part.BODY, Syntax.JSON, "application/json", "{\"note\":\"it is %v, is it not\"}"),
    JSON_NUMBER("JSON number", Part.BODY, Syntax.NUMBER, "application/json", "{\"user\":{\"%k\": %v}}"),
    NDJSON(
            "NDJSON",
            Part.BODY,
            Syntax.JSON,
            "application/x-ndjson",
            "{\"a\":1}\n{\"user\":{\"%k\":\"%v\"}}\n{\"b\":2}\n"),
    JSON_IN_STRING(
            "JSON in a string",
            Part.BODY,
            Syntax.JSON_TWICE,
            "application/json",
            "{\"payload\":\"{\\\"user\\\":{\\\"%k\\\":\\\"%v\\\"}}\"}"),
    FORM("form field", Part.BODY, Syntax.URI, "application/x-www-form-urlencoded", "a=1&%k=%v&b=2"),
    MULTIPART(
            "multipart part",
            Part.BODY,
            Syntax.TEXT,
            "multipart/form-data; boundary=xx",
            "--xx\r\nContent-Disposition: form-data; name=\"%k\"\r\n\r\n%v\r\n--xx--\r\n"),
    MULTIPART_JSON("JSON in a part", Part.BODY, Syntax.JSON, "multipart/form-data; boundary=xx", """
            --xx\r
            Content-Disposition: form-data; name="f"; filename="a.json"\r
            Content-Type: application/json\r
            \r
            {"%k":"%v"}\r
            --xx--\r
            """),
    MULTIPART_NAME(
            "multipart name",
            Part.BODY,
            Syntax.TEXT,
            "multipart/form-data; boundary=xx",
            "--xx\r\nContent-Disposition: form-data; name=\"%v\"\r\n\r\nx\r\n--xx--\r\n"),
    FILE_NAME("file name", Part.BODY, Syntax.TEXT, "multipart/form-data; boundary=xx", """
            --xx\r
            Content-Disposition: form-data; name="f"; filename="%v"\r
            Content-Type: text/plain\r
            \r
            x\r
            --xx--\r
            """),
    XML_ATTRIBUTE("XML attribute", Part.BODY, Syntax.MARKUP, "application/xml", "<user %k=\"%v\"><a/></user>"),
    XML_TEXT(
            "XML text", Part.BODY, Syntax.MARKUP, "application/xml", "<?xml version=\"1.0\"?><user><%k>%v</%k></user>"),
    CDATA("CDATA", Part.BODY, Syntax.TEXT, "application/soap+xml", "<user><%k><![CDATA[%v]]></%k></user>"),
    XML_COMMENT("XML comment", Part.BODY, Syntax.TEXT, "text/xml", "<a><!-- was %v before --><b/></a>"),
    GRAPHQL_VARIABLE(
            "GraphQL variable",
            Part.BODY,
            Syntax.JSON,
            "application/json",
            "{\"query\":\"mutation M($u: User!) { m(u: $u) { id } }\",\"variables\":{\"user\":{\"%k\":\"%v\"}}}"),
    GRAPHQL_LITERAL(
            "GraphQL literal",
            Part.BODY,
            Syntax.JSON_TWICE,
            "application/json",
            "{\"query\":\"mutation { user(%k: \\\"%v\\\") { id } }\"}"),
    EVENT(
            "event's JSON",
            Part.BODY,
            Syntax.JSON,
            "text/event-stream",
            "event: x\ndata: {\"user\":{\"%k\":\"%v\"}}\n\n"),
    EVENT_TEXT("event's text", Part.BODY, Syntax.TEXT, "text/event-stream", "data: it was %v\n\n"),
    SOCKET("WebSocket's JSON", Part.MESSAGE, Syntax.JSON, "", "{\"type\":\"x\",\"user\":{\"%k\":\"%v\"}}"),
    SOCKET_EVENT("Socket.IO event", Part.MESSAGE, Syntax.JSON, "", "42[\"x\",{\"user\":{\"%k\":\"%v\"}}]"),
    SOCKET_TEXT("WebSocket's text", Part.MESSAGE, Syntax.TEXT, "", "it was %v"),
    CSV("CSV cell", Part.BODY, Syntax.CSV, "text/csv", "id,%k,n\r\n1,%v,2\r\n"),
    HTML_FIELD(
            "HTML form field",
            Part.BODY,
            Syntax.MARKUP,
            "text/html",
            "<html><form><input name=\"%k\" value=\"%v\"></form></html>"),
    HTML_TEXT("HTML text", Part.BODY, Syntax.MARKUP, "text/html", "<html><body><p class=\"x\">%v</p></body></html>"),
    TEXT("plain text", Part.BODY, Syntax.TEXT, "text/plain", "We saw %v today."),
    TEXT_FIELD("name=value text", Part.BODY, Syntax.TEXT, "text/plain", "a=1\n%k=%v\nb=2\n"),
    ERROR_PAGE(
            "error page",
            Part.RESPONSE_BODY,
            Syntax.MARKUP,
            "text/html",
            "<html><h1>Error 500</h1><pre>IllegalState: no row for %v\n  at a.B.c(B.java:17)</pre></html>");

    /** Of which messages it is a part. */
    enum Part {
        TARGET,
        HEADER,
        REQUEST_HEADER,
        RESPONSE_HEADER,
        TRAILER,
        /** Of a WebSocket; of the response where the server sends it. */
        MESSAGE,
        BODY,
        RESPONSE_BODY
    }

    private final String label;
    private final Part part;
    private final Syntax syntax;
    private final String type;
    private final String template;

    Place(String label, Part part, Syntax syntax, String type, String template) {
        this.label = label;
        this.part = part;
        this.syntax = syntax;
        this.type = type;
        this.template = template;
    }

    String label() {
        return label;
    }

    Part part() {
        return part;
    }

    Syntax syntax() {
        return syntax;
    }

    /** The media type of the body under {@code encoding}; empty for none. */
    String type(Encoding encoding) {
        return encoding == Encoding.UTF_16 ? type.replaceAll(";.*", "") + "; charset=utf-16" : type;
    }

    boolean inBody() {
        return part == Part.BODY || part == Part.RESPONSE_BODY;
    }

    boolean isMessage() {
        return part == Part.MESSAGE;
    }

    boolean inRequest() {
        return part != Part.RESPONSE_HEADER && part != Part.RESPONSE_BODY;
    }

    boolean inResponse() {
        return part != Part.TARGET && part != Part.REQUEST_HEADER;
    }

    /** Whether its template has a name for the value. */
    boolean isNamed() {
        return template.contains("%k") || template.contains("%K");
    }

    /** Whether a value of {@code planted} can stand there as it must. */
    boolean admits(PlantedClass planted) {
        if (this == BEARER) {
            return planted.column().equals("keys") && planted != PlantedClass.PRIVATE_KEY
                    || planted == PlantedClass.JWT
                    || planted == PlantedClass.CLIENT_SECRET;
        }
        if (this == JSON_NUMBER) {
            return planted.isNumber();
        }
        if (planted == PlantedClass.PRIVATE_KEY) {
            return (inBody() || this == SOCKET || this == SOCKET_EVENT)
                    && this != MULTIPART_NAME
                    && this != FILE_NAME
                    && this != XML_COMMENT
                    && this != EVENT_TEXT
                    && this != TEXT_FIELD;
        }
        return planted.byForm() || isNamed();
    }

    Set<Encoding> encodings() {
        Set<Encoding> all = EnumSet.copyOf(syntax.encodings());
        if (isMessage()) {
            all.add(Encoding.DEFLATE);
        }
        if (inBody()) {
            all.addAll(EnumSet.of(Encoding.GZIP, Encoding.DEFLATE, Encoding.BROTLI, Encoding.ZSTD));
            if (syntax != Syntax.NUMBER) {
                all.add(Encoding.JSON_IN_BASE64_IN_GZIP);
            }
            if (!type.startsWith("multipart") && !type.startsWith("application/x-") && !type.contains("event-stream")) {
                all.add(Encoding.UTF_16);
            }
        }
        return all;
    }

    /** The place with what stands in it; {@code words} names the value. */
    String filled(String words, String written) {
        String camel = camel(words);
        String name = part == Part.TARGET || syntax == Syntax.URI || syntax == Syntax.COOKIE || syntax == Syntax.CSV
                ? words.replace(' ', '_')
                : camel;
        if (this == BASIC) {
            name = java.util.Base64.getEncoder().encodeToString(Encoding.utf8("somebody:" + written));
        }
        return template.replace("%k", name).replace("%K", kebab(words)).replace("%v", written);
    }

    /** {@code first name} as {@code firstName}. */
    static String camel(String words) {
        StringBuilder camel = new StringBuilder();
        for (String word : words.split(" ")) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    private static String kebab(String words) {
        StringBuilder kebab = new StringBuilder();
        for (String word : words.split(" ")) {
            kebab.append(kebab.isEmpty() ? "" : "-")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return kebab.toString();
    }
}

package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Response;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of other types than JSON, and header fields. In the table, {@code ~} stands for the end of a line. */
class BodyTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8~     | id,name,price~1,Mug,9.5~2,Cup,8             |
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,name,price~1,Mug,9.5~2,Cup,7             | field-changed /*/price
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,name~1,Mug~2,Cup                         | field-missing /*/price
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,name,cost~1,Mug,9.5~2,Cup,8              | field-missing /*/price
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,price,name~1,9.5,Mug~2,8,Cup             | order body
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id;name;price~1;Mug;9.5~2;Cup;8             | body body
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,name,price~2,Cup,8~1,Mug,9.5             | order body
            text/csv             | id,name,price~1,Mug,9.5~2,Cup,8      | id,name,price~1,Mug,9.5                     | field-missing /*
            text/csv             | id,name,price                        | id,name                                     | field-missing /*/price
            text/csv             | id,note~1,"a, b"                     | id,note~1,"a, b"~                           |
            application/xml      | <o><id>1</id><t>5</t></o>            | <?xml version="1.0"?><o> <id>1</id><t>5</t></o> |
            application/xml      | <o><id>1</id><t>5</t></o>            | <o><id>1</id><t>6</t></o>                   | field-changed /o/t
            application/xml      | <o><i n="1"/><i n="2"/></o>          | <o><i n="1"/></o>                           | field-missing /o/i/*
            application/xml      | <o a="1" b="2"/>                     | <o b="2" a="1"></o>                         |
            application/xml      | <x:o xmlns:x="urn:a"><x:b>1</x:b></x:o> | <o xmlns="urn:a"><b>1</b></o>            |
            application/xml      | <x:o xmlns:x="urn:a"><x:b>1</x:b></x:o> | <o xmlns="urn:b"><b>1</b></o>            | field-changed /o/@xmlns
            application/xml      | <o><id>1</id></o>                    | <o><id>1</id>                               | body body
            application/xml      | <!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a> | <!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a> |
            application/rss+xml  | <rss><channel><item><title>A</title><pubDate>Mon, 02 Mar 2026 10:00:01 GMT</pubDate></item></channel></rss> | <rss><channel><item><title>A</title><pubDate>Mon, 09 Mar 2026 08:00:02 GMT</pubDate></item></channel></rss> |
            text/html            | <html><body><h1>Hi</h1><!-- a --></body></html> | <html><body> <h1>Hi</h1></body></html> |
            text/html            | <html><body><h1>Hi</h1></body></html> | <html><body><h1>Ho</h1></body></html>      | field-changed /html/body/h1
            text/html            | <form><input type="hidden" name="csrf" value="9fK2xQ81abLmQ0zZ"></form> | <form><input type="hidden" name="csrf" value="Lm29Zq0XyaPp81kQ"></form> |
            text/html            | <script src="/app.3f9a2c1b.js"></script> | <script src="/app.77b0c1de.js"></script>  |
            text/plain           | one~two~three                        | one~two~three~                              |
            text/plain           | one~two~three                        | one~2~three                                 | body body
            text/plain           | order 0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11 done | order 7d3a9c41-0a0e-4f39-8a52-0a6f7e6f2b90 done |
            application/x-ndjson | {"a":1}~{"a":2}                      | {"a":1}~{"a":2}~                            |
            application/x-ndjson | {"a":1}~{"a":2}~{"a":3}              | {"a":1}~{"a":2}                             | field-missing /*
            application/x-ndjson | {"a":1,"b":1}~{"a":2,"b":1}          | {"a":1}~{"a":2}                             | field-missing /*/b
            text/event-stream    | event: x~data: {"a":1}~~             | event: x~data: {"a":2}~~                    | field-changed /*/data/a
            text/event-stream    | id: 1~data: a~~                      | :hello~id: 1~data: a~~                      |
            application/x-www-form-urlencoded | a=1&b=2                 | b=2&a=1                                     |
            application/x-www-form-urlencoded | a=1&b=2                 | a=1&b=3                                     | field-changed /b
            application/json     | {"a":1}                              | <html><body>Oops</body></html>              | body body
            application/json     | {"a":1}                              | {"a":1                                      | body body
            application/json     | {"a":1}                              | ``                                          | body body
            application/hal+json | {"_links":{"self":{"href":"/o/17"}}} | {"_links":{"self":{"href":"/o/18"}}}        |
            application/xml      | <m><r><h x="1">/a</h><s>5</s></r><r><h x="1">/b</h><s>6</s></r><r><h x="1">/c</h><s>7</s></r></m> | <m><r><h x="1">/c</h><s>7</s></r><r><h x="1">/a</h><s>8</s></r><r><h x="1">/b</h><s>9</s></r></m> | field-changed /m/r/*/s, order /m/r
            text/vcard           | BEGIN:VCARD~FN:Ann~NOTE:a bc~END:VCARD | BEGIN:VCARD~NOTE:a b~ c~FN:Ann~END:VCARD |
            text/vcard           | BEGIN:VCARD~FN:Ann~TEL:1~END:VCARD   | BEGIN:VCARD~FN:Ann~END:VCARD                | field-missing /VCARD/*/TEL
            text/calendar        | BEGIN:VCALENDAR~BEGIN:VEVENT~SUMMARY;LANGUAGE=en:Lunch~END:VEVENT~END:VCALENDAR | BEGIN:VCALENDAR~BEGIN:VEVENT~SUMMARY;LANGUAGE=en:Dinner~END:VEVENT~END:VCALENDAR | field-changed /VCALENDAR/*/VEVENT/*/SUMMARY/#text
            text/calendar        | BEGIN:VCALENDAR~X:1                  | BEGIN:VCALENDAR~X:2                         | body body
            application/json     | {"card":"BEGIN:VCARD\\nFN:Ann\\nTEL:1\\nEND:VCARD"} | {"card":"BEGIN:VCARD\\nTEL:1\\nFN:Ann\\nEND:VCARD"} |
            application/octet-stream | {"a":1,"b":2}                    | {"b":2,"a":1}                               |
            """)
    void comparesByType(String type, String recorded, String observed, String expected) {
        Response before = Played.response(200, lines(recorded), "Content-Type", type);
        Response after = Played.response(200, lines(observed), "Content-Type", type);
        assertThat(Played.run().step("GET /things", before, after).findings())
                .isEqualTo(
                        expected == null
                                ? Played.sorted()
                                : Played.sorted(Arrays.stream(expected.split(", "))
                                        .map(finding -> finding.replaceFirst(" ", " GET /things "))
                                        .toArray(String[]::new)));
    }

    private static String lines(String text) {
        return text.replace("~", "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Content-Type: application/json          | content-type: application/json;charset=UTF-8  |
            Content-Type: text/html; charset=utf-8  | Content-Type: text/html; charset=iso-8859-1   | Content-Type
            Content-Type: text/plain                | Content-Type: text/html                       | Content-Type
            Date: a                                 | Date: b                                       |
            X-Request-Id: a                         | X-Request-ID: b                               |
            CF-Ray: a                               |                                               |
            ETag: "abc"                             | etag: "def"                                   |
            ETag: "abc"                             |                                               | ETag
            Last-Modified: a                        |                                               | Last-Modified
            Cache-Control: max-age=60, public       | cache-control: public,max-age=60              |
            Cache-Control: no-store                 | Cache-Control: public, max-age=60             | Cache-Control
            Cache-Control: no-store                 |                                               | Cache-Control
                                                    | Cache-Control: public                         | Cache-Control
            Vary: Accept, Accept-Encoding           | Vary: accept                                  |
            Vary: Accept, Origin                    | Vary: Accept                                  | Vary
            Allow: GET, HEAD                        | Allow: HEAD, GET                              |
            X-Frame-Options: DENY                   |                                               | X-Frame-Options
            Content-Security-Policy: default-src 'self'; img-src * | Content-Security-Policy: img-src *; default-src 'self' |
            Content-Security-Policy: script-src 'nonce-9fK2xQ81abLm' | Content-Security-Policy: script-src 'nonce-Lm29Zq0XyaPp' |
            Content-Security-Policy: default-src 'self' | Content-Security-Policy: default-src *     | Content-Security-Policy
            Access-Control-Allow-Origin: https://a.example | Access-Control-Allow-Origin: *          | Access-Control-Allow-Origin
            Location: http://shop.example/orders/17 | Location: /orders/93                          |
            Location: http://shop.example/orders/17 | Location: http://127.0.0.1:9090/orders/93     |
            Location: /login?next=%2Fcart           | Location: /login                              | Location
            Location: /orders/17                    | Location: /orders                             | Location
            Location: /orders/17                    | Location: http://internal.example/orders/17   | Location
            Set-Cookie: sid=9fK2xQ81abLm; HttpOnly; Path=/ | set-cookie: sid=Lm29Zq0XyaPp; path=/; httponly |
            Set-Cookie: sid=9fK2xQ81abLm; HttpOnly  | Set-Cookie: sid=Lm29Zq0XyaPp                  | Set-Cookie
            Set-Cookie: sid=9fK2xQ81abLm            |                                               | Set-Cookie
            Set-Cookie: sid=9fK2xQ81abLm            | Set-Cookie: sid=; Max-Age=0                   | Set-Cookie
            Set-Cookie: theme=dark                  | Set-Cookie: theme=light                       | Set-Cookie
            X-Total-Count: 17                       | X-Total-Count: 18                             | X-Total-Count
            X-Total-Count: 17                       | x-total-count: 17                             |
                                                    | X-Feature: on                                 |
            Server: a                               | Server: b                                     |
            Content-Disposition: attachment; filename="export-2026-03-02.csv" | Content-Disposition: attachment; filename="export-2026-03-09.csv" |
            Content-Disposition: attachment; filename="a.csv" | Content-Disposition: inline         | Content-Disposition
            X-RateLimit-Remaining: 5                | X-RateLimit-Remaining: 77                     |
            X-RateLimit-Limit: 100                  | X-RateLimit-Limit: 10                         | X-Ratelimit-Limit
            WWW-Authenticate: Bearer realm="a"      | WWW-Authenticate: Basic realm="a"             | WWW-Authenticate
            """)
    void comparesHeaderFields(String recorded, String observed, String expected) {
        assertThat(Played.run()
                        .step("GET /things", headed(recorded), headed(observed))
                        .findings())
                .isEqualTo(expected == null ? Played.sorted() : Played.sorted("header GET /things header:" + expected));
    }

    private static Response headed(String field) {
        return field == null
                ? Played.response(200, "")
                : Played.response(
                        200,
                        "",
                        field.substring(0, field.indexOf(':')),
                        field.substring(field.indexOf(':') + 1).trim());
    }
}

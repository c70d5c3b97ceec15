package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One recorded JSON document, one of the target, and what is to be found: a truth table. */
class PairTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the same, whatever the writing
            {"a":1,"b":2}                                   | {"b":2,"a":1}                                    |
            {"a":1.50}                                      | {"a":1.5}                                        |
            {"a":1e2}                                       | {"a":1E+2}                                       |
            {"a":0.30000000000000004}                       | {"a":0.3}                                        |
            {"a":12345678901234567890123}                   | {"a":12345678901234567890123}                    |
            {"s":"\\u00e9"}                                 | {"s":"é"}                                        |
            # values
            {"price":19.99}                                 | {"price":20}                                     | field-changed /price
            {"price":19.99}                                 | {"price":20.00}                                  | field-changed /price
            {"price":1999}                                  | {"price":2000}                                   | field-changed /price
            {"n":12345678901234567890123}                   | {"n":12345678901234567890124}                    | field-changed /n
            {"active":true}                                 | {"active":false}                                 | field-changed /active
            {"status":"PAID"}                               | {"status":"OPEN"}                                | field-changed /status
            {"currency":"EUR"}                              | {"currency":"USD"}                               | field-changed /currency
            {"message":"You have 3 items"}                  | {"message":"You have 4 items"}                   | field-changed /message
            {"name":"Mug"}                                  | {"name":"mug"}                                   | field-changed /name
            {"name":"Mug"}                                  | {"name":""}                                      | field-changed /name
            {"flag":"true"}                                 | {"flag":"false"}                                 | field-changed /flag
            {"qty":"3"}                                     | {"qty":"4"}                                      | field-changed /qty
            {"zip":"90210"}                                 | {"zip":"90211"}                                  |
            {"version":"1.2.3"}                             | {"version":"1.2.4"}                              | field-changed /version
            {"encoding":"ISO-8859-1"}                       | {"encoding":"ISO-8859-15"}                       | field-changed /encoding
            {"sku":"WH-1000XM4"}                            | {"sku":"WH-1000XM5"}                             | field-changed /sku
            {"page":1}                                      | {"page":2}                                       | field-changed /page
            {"count":10}                                    | {"count":11}                                     | field-changed /count
            # types
            {"price":19.99}                                 | {"price":"19.99"}                                | type-changed /price
            {"n":1}                                         | {"n":1.0}                                        | type-changed /n
            {"n":1}                                         | {"n":"1"}                                        | type-changed /n
            {"n":1}                                         | {"n":true}                                       | type-changed /n
            {"list":[]}                                     | {"list":null}                                    | type-changed /list
            {"list":[]}                                     | {"list":{}}                                      | type-changed /list
            {"s":"x"}                                       | {"s":null}                                       | type-changed /s
            {"a":1}                                         | [1]                                              | type-changed body
            {"a":1,"a":2}                                   | {"a":2}                                          | type-changed /a
            # presence
            {"a":1,"b":2}                                   | {"a":1}                                          | field-missing /b
            {"a":1,"b":null}                                | {"a":1}                                          | field-missing /b
            {"a":1}                                         | {"a":1,"b":2}                                    | field-added /b
            {"a":{"b":{"c":1,"d":2}}}                       | {"a":{"b":{"c":1}}}                              | field-missing /a/b/d
            {"price":12.5,"x":1}                            | {"unitPrice":12.5,"x":1}                         | field-missing /price
            {"first_name":"Ann","x":1}                      | {"firstName":"Ann","x":1}                        | field-missing /first_name
            {"items":[{"id":1,"p":2},{"id":2,"p":3}]}       | {"items":[{"id":1},{"id":2}]}                    | field-missing /items/*/p
            {"a/b":{"c~d":1}}                               | {"a/b":{"c~d":2}}                                | field-changed /a~1b/c~0d
            # numbers of things, and order by chance
            {"order":{"number":5162}}                       | {"order":{"number":2890}}                        |
            {"orders":[{"number":5162,"total":4}]}          | {"orders":[{"number":2890,"total":4}]}           |
            {"order":{"total":5162}}                        | {"order":{"total":2890}}                         | field-changed /order/total
            {"number":5162}                                 | {"number":2890}                                  | field-changed /number
            {"house":{"number":51}}                         | {"house":{"number":28}}                          | field-changed /house/number
            [{"key":"1b671a64-40d5-491e-99b0-da01ff1f3341","n":1},{"key":"5b671a64-40d5-491e-99b0-da01ff1f3342","n":2},{"key":"9b671a64-40d5-491e-99b0-da01ff1f3343","n":3}] | [{"key":"8c671a64-40d5-491e-99b0-da01ff1f3344","n":7},{"key":"2c671a64-40d5-491e-99b0-da01ff1f3345","n":8},{"key":"4c671a64-40d5-491e-99b0-da01ff1f3346","n":9}] | field-missing /*
            # machines and builds
            {"node":"pod-1bbd"}                             | {"node":"pod-1bd0"}                              |
            {"node":"web-7f9c6d5b8-x2x4q"}                  | {"node":"web-5d4cdb7f9b-8zk2l"}                  |
            {"node":"leader"}                               | {"node":"follower"}                              | field-changed /node
            {"x":"web-7f9c6d5b8-x2x4q"}                     | {"x":"web-5d4cdb7f9b-8zk2l"}                     |
            {"x":"web-7f9c6d5b8-x2x4q"}                     | {"x":"api-5d4cdb7f9b-8zk2l"}                     | field-changed /x
            {"x":"served by ip-10-0-1-23 now"}              | {"x":"served by ip-10-3-17-4 now"}               |
            {"x":"ip-10-0-1-23"}                            | {"x":"db-10-0-1-23"}                             | field-changed /x
            {"x":"i-0abc12def3456789a"}                     | {"x":"i-0fe98dcb7654321ab"}                      |
            {"build":"1.4.11"}                              | {"build":"1.4.37"}                               |
            {"build":4711}                                  | {"build":4802}                                   |
            {"build":"passing"}                             | {"build":"failing"}                              | field-changed /build
            {"gitCommit":"60fe207"}                         | {"gitCommit":"9f92d7f"}                          |
            {"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}  | {"traceId":"00f067aa0ba902b7a3ce929d0e0e4701"}   |
            {"x":"0ujtsYcgvSTl8PAuAdqWYSMnLOv"}             | {"x":"1srOrx2ZWZBpBUvZwXKQmoEYga2"}              |
            {"x":"V1StGXR8_Z5jdHi6B-myT"}                   | {"x":"Uakgb_J5m9g-0JDMbcJqL"}                    |
            {"x":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}              | {"x":"01BX5ZZKBKACTAV9WEVGEMMVRZ"}               |
            {"id":"JXDH6KHDJKQVZBP9ZNARW571ME"}             | {"id":"6H732GVX3RQDSQN3W4SP816PPB"}              |
            {"id":"prd_r-SfiJvo58JB"}                       | {"id":"prd_2hfO28u1UFOe"}                        |
            {"id":"cus_9fK2xQ81Lm0p"}                       | {"id":"prd_2hfO28u1UFOe"}                        | field-changed /id
            {"name":"AMBER LAMP"}                           | {"name":"BIRCH CHAIR"}                           | field-changed /name
            # identifiers
            {"id":1017}                                     | {"id":2033}                                      |
            {"orderId":"ORD-2024-00017"}                    | {"orderId":"ORD-2024-00093"}                     |
            {"number":"ORD-2024-00017"}                     | {"number":"INV-2024-00093"}                      | field-changed /number
            {"id":"0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11"}   | {"id":"7d3a9c41-0a0e-4f39-8a52-0a6f7e6f2b90"}    |
            {"id":"0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11"}   | {"id":"7d3a9c410a0e4f398a520a6f7e6f2b90"}        | field-changed /id
            {"id":"0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11"}   | {"id":42}                                        | type-changed /id
            {"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}             | {"id":"01BX5ZZKBKACTAV9WEVGEMMVRZ"}              |
            {"id":"0ujtsYcgvSTl8PAuAdqWYSMnLOv"}            | {"id":"0ujzPyRiIAffKhBux4PvQdDqMHY"}             |
            {"id":"V1StGXR8_Z5jdHi6B-myT"}                  | {"id":"kD93_xLm2QpZ81-TrYvB0"}                   |
            {"customer":"cus_9fK2xQ81ab"}                   | {"customer":"cus_Lm29Zq0Xya"}                    |
            {"customer":"cus_9fK2xQ81ab"}                   | {"customer":"sub_Lm29Zq0Xya"}                    | field-changed /customer
            {"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"} | {"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIyIn0.Z2lz"} |
            {"token":"KCO1y0xEnp22B3qMEkLxWD6JmQ9G0SUanegnirBM"} | {"token":"rKWmWlqAZbyomOXSPfNvUobLbUdjkPI_giSEsF_f"} |
            {"token":"KCO1y0xEnp22B3qMEkLxWD6JmQ9G0SUanegnirBM"} | {"token":"your-token-has-expired-please-log-in-now"} | field-changed /token
            {"token":"JT-lHIdADWkmO0W3xkSj7wg7rDqzRwOsAU34JRHP"} | {"token":"WXE_fQfKg-KyVtK8l7to_vsb4p0t8XJHpXvcAiRW"} |
            {"id":"cus_9fK2xQ81abLm29Zq0X"}                 | {"id":"sub_Lm29Zq0Xya9fK2xQ81"}                  | field-changed /id
            {"id":"crt_e3d676f02d7dc2f9"}                   | {"id":"crt_2157343019697568"}                    |
            {"id":"crt_e3d676f02d7dc2f9"}                   | {"id":"sub_2157343019697568"}                    | field-changed /id
            {"id":"crt_e3d676f02d7dc2f9"}                   | {"id":"crt_unknown_customer"}                    | field-changed /id
            {"policy":"Content_Security_Policy_Report"}     | {"policy":"Strict_Transport_Security_Only"}      | field-changed /policy
            {"cursor":"eyJvZmZzZXQiOjEwfQ=="}               | {"cursor":"eyJvZmZzZXQiOjE1fQ=="}                |
            {"href":"/orders/17"}                           | {"href":"/orders/93"}                            |
            {"href":"/orders/17"}                           | {"href":"/carts/93"}                             | field-changed /href
            {"next":"/orders?page=2&limit=20"}              | {"next":"/orders?page=3&limit=20"}               | field-changed /next
            {"url":"http://shop.example/a/b"}               | {"url":"http://127.0.0.1:9090/a/b"}              |
            {"url":"http://shop.example/a/b"}               | {"url":"/a/b"}                                   |
            {"url":"http://shop.example/a/b"}               | {"url":"http://internal.local/a/b"}              | field-changed /url
            {"html":"<a href=\\"http://shop.example/a\\">x</a>"} | {"html":"<a href=\\"http://127.0.0.1:9090/a\\">x</a>"} |
            {"id":0}                                        | {"id":93}                                        | field-changed /id
            {"id":17}                                       | {"id":-93}                                       | field-changed /id
            # times
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"2026-03-09T08:00:03Z"}             |
            {"createdAt":"2026-03-02T10:00:01.123Z"}        | {"createdAt":"2026-03-09T08:00:03.456Z"}         |
            {"createdAt":"2026-03-02T10:00:01.123Z"}        | {"createdAt":"2026-03-09T08:00:03Z"}             | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"2026-03-09T08:00:03+00:00"}        | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"2026-03-09T08:00:03"}              | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"2026-03-09 08:00:03"}              | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01+01:00"}       | {"createdAt":"2026-03-09T08:00:03+05:00"}        | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"2026-03-09T10:00:03Z"}             | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":"Mon, 09 Mar 2026 08:00:03 GMT"}    | field-changed /createdAt
            {"createdAt":"2026-03-02T10:00:01Z"}            | {"createdAt":1773043203}                         | type-changed /createdAt
            {"createdAt":1772445601}                        | {"createdAt":1773043203}                         |
            {"createdAt":1772445601}                        | {"createdAt":1773043203000}                      | field-changed /createdAt
            {"exp":1772449201123}                           | {"exp":1773046803456}                            |
            {"shipsOn":"2026-03-05"}                        | {"shipsOn":"2026-03-12"}                         |
            {"releaseDate":"2021-03-05"}                    | {"releaseDate":"2021-03-06"}                     | field-changed /releaseDate
            {"at":"Order 7 placed 2026-03-02T10:00:01Z"}    | {"at":"Order 7 placed 2026-03-09T08:00:02Z"}     |
            {"iat":1772445601,"exp":1772449201}             | {"iat":1773043203,"exp":1773046803}              |
            {"iat":1772445601,"exp":1772449201}             | {"iat":1773043203,"exp":1773043263}              | field-changed /exp
            {"issued":"2026-03-02T10:00:01Z","expiresAt":"2026-03-02T10:30:01Z"} | {"issued":"2026-03-09T08:00:03Z","expiresAt":"2026-03-09T08:10:03Z"} | field-changed /expiresAt
            {"next":2,"last":9}                             | {"next":3,"last":9}                              | field-changed /next
            {"payment":20}                                  | {"payment":21}                                   | field-changed /payment
            {"a":{"type":"people","id":"1"},"b":{"type":"pets","id":"1"}} | {"a":{"type":"people","id":"9"},"b":{"type":"pets","id":"4"}} |
            # made anew for each answer
            {"took":13}                                     | {"took":4}                                       |
            {"requestId":"a"}                               | {"requestId":"b"}                                |
            {"requestId":"a"}                               | {"requestId":null}                               | type-changed /requestId
            {"servedBy":"pod-7f9c"}                         | {"servedBy":"pod-11aa"}                          |
            # lists
            {"tags":["a","b","c"]}                          | {"tags":["c","b","a"]}                           | order /tags
            {"tags":["a","b","c"]}                          | {"tags":["a","c"]}                               | field-missing /tags/*
            {"tags":["a","b"]}                              | {"tags":["a","b","x"]}                           | field-added /tags/*
            {"tags":["a","b"]}                              | {"tags":["a","x"]}                               | field-changed /tags/*
            [{"id":1,"p":1},{"id":2,"p":2},{"id":3,"p":3}]  | [{"id":3,"p":3},{"id":2,"p":2},{"id":1,"p":1}]   | order body
            [{"id":1,"p":1},{"id":2,"p":2},{"id":3,"p":3}]  | [{"id":1,"p":1},{"id":3,"p":3}]                  | field-missing /*
            [{"id":1,"p":1},{"id":2,"p":2}]                 | [{"id":1,"p":1},{"id":2,"p":2},{"id":9,"p":2}]   | field-added /*
            [{"id":1,"p":1},{"id":2,"p":2}]                 | [{"id":1,"p":1},{"id":2,"p":5}]                  | field-changed /*/p
            [{"id":"x1","n":"a"},{"id":"x2","n":"b"}]       | [{"id":"y7","n":"a"},{"id":"y8","n":"b"}]        |
            {"m":{"1017":{"p":1}}}                          | {"m":{"2033":{"p":2}}}                           | field-changed /m/*/p
            {"m":{"1017":{"p":1}}}                          | {"m":{"2033":{"p":1}}}                           |
            # documents in texts
            {"doc":"{\\"a\\":1}"}                           | {"doc":"{\\"a\\": 1}"}                           |
            {"doc":"{\\"a\\":1}"}                           | {"doc":"{\\"a\\":2}"}                            | field-changed /doc/a
            # what no response should show
            {"name":"A"}                                    | {"name":"A","passwordHash":"$2b$10$abcdefghijklmnopqrstuv"} | exposure /passwordHash
            {"user":{"name":"A"}}                           | {"user":{"name":"A","ssn":"078-05-1120"}}        | exposure /user/ssn
            {"card":"****1111"}                             | {"card":"4111111111111111"}                      | exposure /card
            """)
    void findsWhatIsThereAndNothingElse(String recorded, String observed, String expected) {
        assertThat(Played.run().step("GET /things", recorded, observed).findings())
                .isEqualTo(
                        expected == null
                                ? Played.sorted()
                                : Played.sorted(expected.replaceFirst(" ", " GET /things ")));
    }
}

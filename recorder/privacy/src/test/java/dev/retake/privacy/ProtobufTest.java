package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that protobuf's own library wrote are sanitized by their descriptor, and are still what it reads. */
class ProtobufTest {
    private static final String ORDER = "shop.v1.Order";

    private final Sanitizer sanitizer = sanitizer(List.of(ShopMessages.set()));

    @Test
    void replacesInEveryKindOfField() {
        String text = """
                id: "A-1"
                payload {
                  name: "Zora Quillfeather"
                  email: "zora@fastpost-inbox.net"
                  phone: 4915112345678
                  tier: GOLD
                  address { street: "12 Larkspur Lane" city: "Bristol" latitude: 51.4545161 longitude: -2.5878835 }
                  friends { name: "Amelia Thornbury" friends { email: "deep@fastpost-inbox.net" } }
                  password: "tiger42!Sun"
                  active: true
                }
                labels { key: "email" value: "label@fastpost-inbox.net" }
                labels { key: "lastName" value: "Quillfeather" }
                people { key: "p1" value { name: "Amelia Thornbury" } }
                notes { key: 7 value: "call me at zora@fastpost-inbox.net" }
                data { fields { key: "password" value { string_value: "correct horse 9" } } }
                contact_email { value: "wrapped@fastpost-inbox.net" }
                card { value: 4111111111111111 }
                document: "{\\"email\\":\\"bytes@fastpost-inbox.net\\"}"
                attributes { name: "password" value: "hunter22" }
                attributes { name: "colour" value: "blue" }
                tags: "x" tags: "see tag@fastpost-inbox.net" tags: "y"
                """.replace("password: \"tiger", "f9: \"tiger");

        String clean = sanitized(ORDER, text);

        assertThat(clean)
                .doesNotContain(
                        "Zora",
                        "Quillfeather",
                        "Amelia",
                        "Thornbury",
                        "fastpost",
                        "4915112345678",
                        "Larkspur",
                        "51.4545161",
                        "2.5878835",
                        "tiger42",
                        "correct horse",
                        "4111111111111111",
                        "hunter22")
                .contains("id: \"A-1\"", "tier: GOLD", "active: true", "value: \"blue\"", "tags: \"x\"", "key: 7")
                .contains("latitude: 51.", "longitude: -2.", "key: \"p1\"", "key: \"lastName\"");
    }

    @Test
    void givesAValueTheSurrogateThatItHasInJson() {
        String json = json("""
                {"payload":{"name":"Zora Quillfeather","email":"zora@fastpost-inbox.net","phone":4915112345678,\
                "address":{"street":"12 Larkspur Lane","latitude":51.4545161}},"numbers":{"accountNumber":4929112347}}""");

        String clean = sanitized(ORDER, """
                payload { name: "Zora Quillfeather" email: "zora@fastpost-inbox.net" phone: 4915112345678
                  address { street: "12 Larkspur Lane" latitude: 51.4545161 } }
                numbers { account_number: 4929112347 }""");

        for (String name : List.of("name", "email", "phone", "street", "latitude")) {
            assertThat(clean).contains(name + ": " + member(json, name));
        }
        assertThat(clean).contains("account_number: " + member(json, "accountNumber"));
    }

    @Test
    void keepsNumbersInTheirTypeAndRange() {
        String text = """
                numbers {
                  a: 912345
                  account_number: 9223372036854775807
                  pin_code: 4294967295
                  card_number: 18446744073709551615
                  phone: -2147483648
                  national_id: -9223372036854775808
                  passport_number: 4294967295
                  tax_id: 18446744073709551615
                  social_security_number: 2147483647
                  bank_account: 9223372036854775807
                  lat: 51.45451
                  lng: -2.5878835
                  phone_numbers: 4915112345678
                  phone_numbers: 4915187654321
                  card_numbers: 4111111111111111
                  longitudes: 13.4049541
                  tiers: GOLD
                }""";

        String clean = sanitized(ORDER, text);

        for (String line : text.lines()
                .map(String::strip)
                .filter(l -> l.matches(".*\\d{5}.*"))
                .toList()) {
            assertThat(clean.lines().map(String::strip)).doesNotContain(line);
            assertThat(clean).contains(line.substring(0, line.indexOf(':') + 2));
        }
        assertThat(clean)
                .contains("tiers: GOLD")
                .containsPattern(" phone: -\\d")
                .contains("lat: 51.");
    }

    @Test
    void takesATimestampForTheDateThatItIs() {
        String born = "{\"customer\":{\"dateOfBirth\":\"1985-04-12\"}}";

        String clean = sanitized(ORDER, """
                payload { date_of_birth { seconds: 482112000 nanos: 5 } created_at { seconds: 1700000000 nanos: 7 } }
                people { key: "a" value { date_of_birth { } } }""");

        String surrogate = member(json(born), "dateOfBirth").replace("\"", "");
        long seconds = LocalDate.parse(surrogate).toEpochDay() * 86_400;
        assertThat(clean)
                .contains("seconds: " + seconds + "\n    nanos: 5", "seconds: 1700000000\n    nanos: 7")
                .containsPattern("value \\{\\s+date_of_birth \\{\\s+seconds: ");
    }

    @Test
    void looksIntoAny() {
        String clean = sanitized(ORDER, """
                extra { [type.googleapis.com/shop.v1.Customer] { name: "Zora Quillfeather" phone: 4915112345678 } }""");

        assertThat(clean)
                .contains("[type.googleapis.com/shop.v1.Customer]", "name: ", "phone: ")
                .doesNotContain("Zora", "4915112345678");
    }

    @Test
    void removesAndCountsWhatNoDescriptorHas() {
        byte[] stale = ShopMessages.bytes(ORDER, "id: \"A-1\" email: \"zora@fastpost-inbox.net\" tags: \"x\"");

        Body clean = body("application/x-protobuf; messageType=shop.v1.GetOrderRequest", stale);

        assertThat(ShopMessages.text("shop.v1.GetOrderRequest", clean.bytes())).isEqualTo("order_id: \"A-1\"\n");
        assertThat(sanitizer.removedFields()).isEqualTo(2);
    }

    @Test
    void removesAnAnyOfATypeThatNobodyDescribes() {
        String clean = sanitized(ORDER, """
                id: "A-1" extra { type_url: "type.googleapis.com/other.Thing" value: "\\n\\005Zora!" }""");

        assertThat(clean).contains("other.Thing", "A-1").doesNotContain("Zora");
    }

    @Test
    void replacesBytesThatAreNoText() {
        String text = "document: \"\\001\\002\\n\\005Zora!\\377\"";
        String clean = sanitized(ORDER, text);

        assertThat(clean).doesNotContain("Zora").isEqualTo(sanitized(ORDER, text));
        byte[] bytes = ShopMessages.bytes(ORDER, text);
        assertThat(body("application/protobuf;proto=" + ORDER, bytes).bytes()).hasSameSizeAs(bytes);
        String nested = "document: \"\\n Zora Quillfeather went to school\"";
        assertThat(sanitized(ORDER, nested)).doesNotContain("Zora", "Quillfeather");
    }

    @Test
    void readsGroupsExtensionsAndUnpackedFields() {
        String clean = sanitized("legacy.Account", """
                login: "zora@fastpost-inbox.net"
                Card { card_number: 4111111111111111 holder_name: "Zora Quillfeather" }
                Card { card_number: 5500005555555559 }
                phone: 4915112345678 phone: 4915187654321
                mobile: 4915112345678
                Inner { account { login: "amelia@fastpost-inbox.net" } }
                [legacy.email]: "extended@fastpost-inbox.net"
                """);

        assertThat(clean)
                .doesNotContain("fastpost", "Zora", "411111", "550000", "4915112345678", "4915187654321")
                .contains("Card {", "holder_name: ", "Inner {", "[legacy.email]: ");
    }

    @Test
    void keepsWhatTheCaptureHasWhole() {
        byte[] whole = ShopMessages.bytes(
                ORDER, "id: \"A-1\" email: \"zora@fastpost-inbox.net\" tags: \"amelia@fastpost-inbox.net\"");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            Body cut = new Body(part, 999, 999, null, true, null, null, 0, new long[0]);

            Body clean = exchange("/v1", "application/protobuf;proto=" + ORDER, cut)
                    .request()
                    .body();

            assertThat(clean.withheld()).isNull();
            assertThat(ShopMessages.text(ORDER, clean.bytes())).doesNotContain("fastpost", "zora", "amelia");
        }
    }

    @Test
    void withholdsWhatIsNoMessage() {
        String type = "application/protobuf;proto=" + ORDER;

        assertThat(body(type, utf8("{\"email\":\"zora@fastpost-inbox.net\"}")).withheld())
                .isEqualTo(Withheld.UNPARSEABLE);
        assertThat(body(type, new byte[] {0x0a, 0x7f}).withheld()).isEqualTo(Withheld.UNPARSEABLE);
        assertThat(body("application/protobuf", new byte[] {0x0a, 1, 'a'}).withheld())
                .isEqualTo(Withheld.BINARY);
        assertThat(body("application/protobuf;proto=other.Thing", new byte[] {0x0a, 1, 'a'})
                        .withheld())
                .isEqualTo(Withheld.BINARY);
    }

    @Test
    void knowsABodyByItsOperation() {
        byte[] bytes = ShopMessages.bytes(ORDER, "email: \"zora@fastpost-inbox.net\"");
        Sanitizer configured = sanitizer(List.of(ShopMessages.set()), List.of("PUT /v1/orders/{id} shop.v1.Order -"));
        Request request = new Request(
                "PUT",
                "/v1/orders/123456?x=1",
                "HTTP/1.1",
                Headers.of("Content-Type", "application/x-protobuf"),
                Body.of(bytes),
                Headers.EMPTY);

        Body clean = configured
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .body();

        assertThat(ShopMessages.text(ORDER, clean.bytes())).contains("email: ").doesNotContain("fastpost");
    }

    @Test
    void learnsANameForTheWholeExchange() {
        String clean = sanitized(
                ORDER, "payload { name: \"Zora Quillfeather\" } tags: \"a parcel for Zora Quillfeather, urgent\"");

        assertThat(clean).doesNotContain("Zora", "Quillfeather").contains("a parcel for ");
    }

    private static Sanitizer sanitizer(List<Path> descriptors) {
        return sanitizer(descriptors, List.of());
    }

    static Sanitizer sanitizer(List<Path> descriptors, List<String> operations) {
        PrivacySettings settings = PrivacySettings.DEFAULTS;
        return Sanitizer.create(
                new RootKey(new byte[32]),
                new PrivacySettings(
                        settings.pseudonyms(),
                        List.of(),
                        settings.nesting(),
                        List.of(),
                        List.of(),
                        descriptors,
                        operations,
                        settings.policy()));
    }

    private String sanitized(String type, String text) {
        byte[] bytes = ShopMessages.bytes(type, text);
        assertThat(ShopMessages.text(type, bytes)).isNotEmpty();
        Body clean = body("application/x-protobuf; messageType=\"" + type + "\"", bytes);
        assertThat(clean.withheld()).isNull();
        return ShopMessages.text(type, clean.bytes());
    }

    private Body body(String contentType, byte[] bytes) {
        return exchange("/v1", contentType, Body.of(bytes)).request().body();
    }

    private Exchange exchange(String path, String contentType, Body body) {
        Request request =
                new Request("POST", path, "HTTP/1.1", Headers.of("Content-Type", contentType), body, Headers.EMPTY);
        return sanitizer
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange();
    }

    private String json(String text) {
        return new String(body("application/json", utf8(text)).bytes(), StandardCharsets.UTF_8);
    }

    /** The text of a member that is no object, quoted where it is a string. */
    private static String member(String json, String name) {
        int from = json.indexOf('"' + name + "\":") + name.length() + 3;
        return json.substring(from).replaceFirst("(?s)^(\"[^\"]*\"|[^,}]*).*$", "$1");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

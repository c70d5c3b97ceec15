package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.StreamMessage.Kind;
import dev.retake.privacy.inventory.FieldInventory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of a stream are sanitized one by one, and yet as one exchange. */
class MessageStreamTest {
    private static final String SECRET = "zora@fastpost-inbox.net";

    private final FieldInventory inventory = new FieldInventory();
    private final Sanitizer sanitizer =
            Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS, new BackgroundErrors(), inventory);

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(Kind.TEXT, "{\"user\":{\"email\":\"%s\"}}"),
                Arguments.of(Kind.TEXT, "{\"a\":1}\n{\"b\":\"%s\"}"),
                Arguments.of(Kind.TEXT, "42[\"chat\",{\"password\":\"tiger42!Sun\",\"to\":\"%s\"}]"),
                Arguments.of(Kind.TEXT, "a[\"{\\\"password\\\":\\\"tiger42!Sun\\\",\\\"to\\\":\\\"%s\\\"}\"]"),
                Arguments.of(Kind.TEXT, "write to %s please"),
                Arguments.of(Kind.TEXT, "<message from=\"%s\"><body>x</body></message>"),
                Arguments.of(Kind.TEXT, "SEND\ndestination:/q\nlogin:%s\n\n{\"email\":\"%s\"}\0"),
                Arguments.of(Kind.BINARY, "{\"user\":{\"email\":\"%s\"}}"),
                Arguments.of(Kind.BINARY, "{\"a\":1}\n{\"b\":\"%s\"}\n"),
                Arguments.of(Kind.EVENT, "event: x\nid: 7\ndata: {\"user\":{\"email\":\"%s\"}}\n\n"),
                Arguments.of(Kind.EVENT, "data: {\"user\":\ndata: {\"email\":\"%s\"}}\n\n"),
                Arguments.of(Kind.EVENT, ": was %s\n\n"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void replacesInEveryKindOfMessage(Kind kind, String text) {
        MessageStream stream = sanitizer.stream(opening());

        for (boolean fromServer : new boolean[] {true, false}) {
            SanitizedMessage clean = stream.sanitize(message(kind, fromServer, text.replace("%s", SECRET)));

            assertThat(clean.withheld()).isNull();
            assertThat(text(clean)).contains("@").doesNotContain("zora", "fastpost", "tiger42");
        }
    }

    @Test
    void agreesWithTheRestOfTheSession() {
        Exchange exchange = Exchanges.of(
                Exchanges.request("POST", "/?q=" + SECRET, Headers.EMPTY, ""),
                Exchanges.response(200, Headers.EMPTY, ""));
        String surrogate =
                sanitizer.sanitize(exchange).exchange().request().target().substring("/?q=".length());

        MessageStream stream = sanitizer.stream(opening());

        assertThat(text(stream.sanitize(message(Kind.TEXT, true, "{\"to\":\"" + SECRET + "\"}"))))
                .isEqualTo("{\"to\":\"" + surrogate + "\"}");
        assertThat(text(stream.sanitize(message(Kind.EVENT, true, "data: hi " + SECRET + "\n\n"))))
                .isEqualTo("data: hi " + surrogate + "\n\n");
    }

    @Test
    void anExchangeWithMessagesIsSanitizedWithThem() {
        List<Message> passed = List.of(
                Message.raw(Message.Kind.TEXT, false, 1, utf8("{\"to\":\"" + SECRET + "\"}"), 0, false),
                Message.raw(Message.Kind.CLOSE, true, 2, utf8("no " + SECRET), 1_008, false),
                Message.raw(Message.Kind.PING, true, 3, utf8("ping " + SECRET), 0, false),
                Message.raw(Message.Kind.BINARY, false, 4, new byte[] {1, 2, 3, (byte) 0xff}, 0, false),
                Message.raw(Message.Kind.TEXT, false, 5, new byte[] {'a', (byte) 0xe9, 'b'}, 0, false),
                Message.raw(Message.Kind.TEXT, false, 6, new byte[0], 0, false));

        Messages clean = sanitizer
                .sanitize(opening().withMessages(new Messages(passed, Messages.Cut.LAG, 8, 9)))
                .exchange()
                .messages();

        assertThat(clean.cut()).isEqualTo(Messages.Cut.LAG);
        assertThat(clean.all())
                .extracting(Message::withheld)
                .containsExactly(null, null, null, Withheld.BINARY, Withheld.UNPARSEABLE, null);
        assertThat(clean.all())
                .extracting(Message::size)
                .containsExactlyElementsOf(passed.stream().map(Message::size).toList());
        assertThat(clean.all())
                .allSatisfy(message -> assertThat(new String(message.bytes(), StandardCharsets.UTF_8))
                        .doesNotContain("zora", "fastpost"));
        assertThat(clean.all()).extracting(message -> message.bytes().length).endsWith(0, 0, 0);
        assertThat(clean.all().get(1).code()).isEqualTo(1_008);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void remembersWhatAnEarlierMessageGaveAway() {
        MessageStream first = sanitizer.stream(opening());
        MessageStream other = sanitizer.stream(opening());
        String later = "so tiger42!Sun it is";

        first.sanitize(message(Kind.TEXT, false, "{\"password\":\"tiger42!Sun\"}"));
        String unknown = text(other.sanitize(message(Kind.TEXT, true, later)));
        String known = text(first.sanitize(message(Kind.TEXT, true, later)));

        assertThat(unknown).isEqualTo(later);
        assertThat(known).startsWith("so ").endsWith(" it is").doesNotContain("tiger42");
    }

    @Test
    void remembersWhatTheHeadsGaveAway() {
        Exchange opening = Exchanges.of(
                Exchanges.request("GET", "/ws?password=tiger42!Sun", Headers.of("Upgrade", "websocket"), ""),
                Exchanges.response(101, Headers.of("Upgrade", "websocket"), ""));

        MessageStream stream = sanitizer.stream(opening);

        assertThat(text(stream.sanitize(message(Kind.TEXT, true, "so tiger42!Sun it is"))))
                .doesNotContain("tiger42");
    }

    @Test
    void withholdsWhatIsNoText() {
        MessageStream stream = sanitizer.stream(opening());
        StreamMessage bytes = new StreamMessage(Kind.BINARY, true, new byte[] {1, 2, 3, (byte) 0xff}, false, 7);

        SanitizedMessage clean = stream.sanitize(bytes);

        assertThat(clean.withheld()).isEqualTo(Withheld.BINARY);
        assertThat(clean.bytes()).isEmpty();
        assertThat(clean.size()).isEqualTo(4);
        assertThat(clean.atNanos()).isEqualTo(7);
    }

    @Test
    void cutsWhatACapHasHalved() {
        MessageStream stream = sanitizer.stream(opening());
        byte[] half = "{\"a\":1,\"email\":\"zora@fastp".getBytes(StandardCharsets.UTF_8);

        SanitizedMessage clean = stream.sanitize(new StreamMessage(Kind.TEXT, true, half, true, 0));

        assertThat(text(clean)).startsWith("{\"a\":1").doesNotContain("zora");
    }

    @Test
    void readsProtobufThatTheConfigurationNames() {
        Sanitizer described = ProtobufTest.sanitizer(
                List.of(ShopMessages.set()), List.of("GET /ws shop.v1.GetOrderRequest shop.v1.Order"));
        byte[] order = ShopMessages.bytes("shop.v1.Order", "email: \"" + SECRET + "\"");

        SanitizedMessage clean =
                described.stream(opening()).sanitize(new StreamMessage(Kind.BINARY, true, order, false, 0));

        assertThat(ShopMessages.text("shop.v1.Order", clean.bytes()))
                .contains("email: ")
                .doesNotContain("fastpost");
    }

    @Test
    void countsWhichFieldsCarryWhat() {
        sanitizer.stream(opening()).sanitize(message(Kind.TEXT, true, "{\"user\":{\"email\":\"" + SECRET + "\"}}"));

        assertThat(inventory.snapshot()).anySatisfy(use -> {
            assertThat(use.operation()).isEqualTo("GET /ws");
            assertThat(use.location()).isEqualTo("response body:/user/email");
        });
    }

    private static Exchange opening() {
        return Exchanges.of(
                Exchanges.request("GET", "/ws", Headers.of("Upgrade", "websocket"), ""),
                Exchanges.response(101, Headers.of("Upgrade", "websocket"), ""));
    }

    private static StreamMessage message(Kind kind, boolean fromServer, String text) {
        return new StreamMessage(kind, fromServer, text.getBytes(StandardCharsets.UTF_8), false, 0);
    }

    private static String text(SanitizedMessage message) {
        return new String(message.bytes(), StandardCharsets.UTF_8);
    }
}

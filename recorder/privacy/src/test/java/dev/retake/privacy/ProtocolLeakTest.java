package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.privacy.StreamMessage.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Plants every class of value in every place of the protocols that the sidecar does not capture yet, under every way of
 * framing and compressing them, and finds none of them afterwards.
 */
class ProtocolLeakTest {
    private static final String ORDER = "shop.v1.Order";

    /** Places in a message; {@code %k} is the value's usual name, {@code %v} the value, {@code %j} the value in JSON. */
    private static final Map<String, String> NAMED = new LinkedHashMap<>(Map.of(
            "entry of a map", "labels { key: \"%k\" value: \"%v\" }",
            "name and value", "attributes { name: \"%k\" value: \"%v\" }",
            "value and name", "attributes { value: \"%v\" name: \"%k\" }",
            "Struct",
                    "data { fields { key: \"user\" value { struct_value { fields { key: \"%k\" value {"
                            + " string_value: \"%v\" } } } } } }",
            "list in a Struct",
                    "data { fields { key: \"%k\" value { list_value { values { string_value: \"%v\" } } } } }",
            "Any", "extra { [type.googleapis.com/shop.v1.Order] { labels { key: \"%k\" value: \"%v\" } } }",
            "JSON in bytes", "document: \"{\\\"user\\\":{\\\"%k\\\":\\\"%j\\\"}}\"",
            "JSON in a string", "tags: \"{\\\"user\\\":{\\\"%k\\\":\\\"%j\\\"}}\"",
            "a deep message",
                    "people { key: \"a\" value { friends { friends { password: \"x\" } } } }"
                            + " numbers { } labels { key: \"%k\" value: \"%v\" }"));

    private static final Map<String, String> ANYWHERE = Map.of(
            "string", "tags: \"it is %v, is it not\"",
            "bytes", "document: \"it is %v, is it not\"",
            "key of a map", "labels { key: \"%v\" value: \"x\" }",
            "Value", "values { string_value: \"%v\" }",
            "entry with another name", "labels { key: \"note\" value: \"%v\" }");

    private final Sanitizer sanitizer = ProtobufTest.sanitizer(List.of(ShopMessages.set()), List.of());
    private final List<String> leaks = new ArrayList<>();
    private int planted;

    @Test
    void leavesNothingInMessages() {
        all((value, text) -> {
            byte[] message = ShopMessages.bytes(ORDER, text);
            for (String coding : List.of("", "gzip", "deflate", "zstd")) {
                byte[] frames = RpcTest.join(RpcTest.frame("", new byte[0]), RpcTest.frame(coding, message));
                calls(value, text, "application/grpc+proto", coding, frames);
                calls(value, text, "application/grpc-web", coding, frames);
                for (int split : new int[] {1, 4, 7, frames.length}) {
                    calls(value, text, "application/grpc-web-text", coding, base64(frames, split));
                }
            }
            calls(value, text, "application/x-protobuf; messageType=" + ORDER, "", message);
        });

        assertThat(leaks).as("of %d", planted).isEmpty();
        assertThat(planted).isGreaterThan(5_000);
    }

    @Test
    void leavesNothingInMetadata() {
        for (Planted value : values()) {
            byte[] text = value.value().getBytes(StandardCharsets.UTF_8);
            byte[] json = ("{\"" + value.key() + "\":\"" + Planted.json(value.value()) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            byte[] status = ShopMessages.bytes(
                    "google.rpc.Status",
                    "code: 3 details { [type.googleapis.com/google.rpc.ErrorInfo] { metadata { key: \"" + value.key()
                            + "\" value: \"" + TextFormat.escapeDoubleQuotesAndBackslashes(value.value()) + "\" } } }");
            Headers headers = Headers.of(
                    "content-type",
                    "application/grpc",
                    value.key() + "-bin",
                    Base64.getEncoder().encodeToString(text),
                    "x-" + value.key() + "-bin",
                    Base64.getEncoder().withoutPadding().encodeToString(text) + ",AAEC",
                    "context-bin",
                    Base64.getEncoder().encodeToString(json),
                    "grpc-status-details-bin",
                    Base64.getEncoder().withoutPadding().encodeToString(status));
            Exchange exchange = Exchanges.of(
                    new Request("POST", "/shop.v1.Orders/Put", "HTTP/2", headers, Body.EMPTY, headers),
                    new Response(200, "", "HTTP/2", headers, Body.EMPTY, headers));
            check(value, "metadata", sanitizer.sanitize(exchange).exchange());
        }

        assertThat(leaks).as("of %d", planted).isEmpty();
    }

    @Test
    void leavesNothingInMessagesOfStreams() {
        MessageStream stream = sanitizer.stream(Exchanges.of(
                Exchanges.request("GET", "/ws", Headers.EMPTY, ""), Exchanges.response(101, Headers.EMPTY, "")));
        for (Planted value : values()) {
            String json = "{\"user\":{\"" + value.key() + "\":\"" + Planted.json(value.value()) + "\"}}";
            String nested = "{\"payload\":\"" + Planted.json(json) + "\"}";
            List<String> texts =
                    new ArrayList<>(List.of(json, nested, "{\"a\":1}\n" + json + "\n", "42[\"x\"," + json + "]"));
            if (LeakTest.byForm().contains(value)) {
                texts.add("it is " + value.value() + ", is it not");
            }
            for (String text : texts) {
                String lines = text.replace("\n", "\ndata: ");
                message(value, stream, Kind.TEXT, text);
                message(value, stream, Kind.BINARY, text);
                message(value, stream, Kind.EVENT, "data: " + lines + "\n\n");
                message(value, stream, Kind.EVENT, "id: 1\r\ndata:" + lines.replace("\n", "\r\n") + "\r\n\r\n");
                message(value, stream, Kind.EVENT, "data: " + lines.replace(":{", ":\ndata: {") + "\n\n");
            }
        }

        assertThat(leaks).as("of %d", planted).isEmpty();
    }

    /** What is done with one value in a message. */
    private interface Planting {
        void plant(Planted value, String text);
    }

    private static List<Planted> values() {
        List<Planted> all = new ArrayList<>(LeakTest.byForm());
        all.addAll(LeakTest.byName());
        return all;
    }

    private static void all(Planting planting) {
        for (Planted value : values()) {
            NAMED.values().forEach(template -> planting.plant(value, filled(template, value)));
            if (LeakTest.byForm().contains(value)) {
                ANYWHERE.values().forEach(template -> planting.plant(value, filled(template, value)));
            }
        }
    }

    private static String filled(String template, Planted value) {
        return template.replace("password: \"x\"", "f9: \"x\"")
                .replace("%k", value.key())
                .replace("%j", TextFormat.escapeDoubleQuotesAndBackslashes(Planted.json(value.value())))
                .replace("%v", TextFormat.escapeDoubleQuotesAndBackslashes(value.value()));
    }

    private void calls(Planted value, String text, String type, String coding, byte[] content) {
        Headers headers = Headers.of("content-type", type, "grpc-encoding", coding);
        Exchange exchange = Exchanges.of(
                new Request("POST", "/shop.v1.Orders/Put", "HTTP/2", headers, Body.of(content), Headers.EMPTY),
                new Response(200, "", "HTTP/2", headers, Body.of(content), Headers.EMPTY));
        Exchange clean = sanitizer.sanitize(exchange).exchange();
        assertThat(clean.request().body().withheld()).isNull();
        check(value, type + " " + coding + " " + text.replaceAll("\"[^\"]*\"", ""), clean);
        if (type.endsWith("-text")) {
            Body body = clean.response()
                    .body()
                    .withBytes(
                            Base64.getDecoder().decode(clean.response().body().bytes()));
            check(value, type, Exchanges.of(clean.request(), new Response(200, "", "", headers, body, Headers.EMPTY)));
        }
    }

    private void message(Planted value, MessageStream stream, Kind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SanitizedMessage clean = stream.sanitize(new StreamMessage(kind, planted % 2 == 0, bytes, false, 0));
        assertThat(clean.withheld()).isNull();
        Body body = Body.of(clean.bytes());
        check(
                value,
                kind.name(),
                Exchanges.of(
                        new Request("GET", "/", "", Headers.EMPTY, body, Headers.EMPTY),
                        Exchanges.response(200, Headers.EMPTY, "")));
    }

    private void check(Planted value, String place, Exchange clean) {
        planted++;
        value.foundIn(clean).ifPresent(spelling -> leaks.add(value.name() + " " + spelling + " in " + place));
    }

    /** Frames in base64, each {@code split} bytes encoded for themselves, as a proxy may send them. */
    private static byte[] base64(byte[] frames, int split) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < frames.length; from += split) {
            out.writeBytes(Base64.getEncoder()
                    .encode(Arrays.copyOfRange(frames, from, Math.min(frames.length, from + split))));
        }
        return out.toByteArray();
    }
}

package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by gRPC and its relatives are sanitized message by message, in their frames. */
class RpcTest {
    private static final String ORDER = "shop.v1.Order";
    private static final String METHOD = "/shop.v1.Orders/Put";

    private final Sanitizer sanitizer = ProtobufTest.sanitizer(List.of(ShopMessages.set()), List.of());

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip", "deflate", "zstd"})
    void sanitizesEachMessageOfAStream(String coding) {
        byte[] frames = join(frame(coding, order("zora")), frame("", new byte[0]), frame(coding, order("amelia")));

        Exchange clean = call("application/grpc+proto", coding, frames, frames);

        for (Body body : List.of(clean.request().body(), clean.response().body())) {
            List<byte[]> messages = messages(body.bytes());
            assertThat(messages).hasSize(3);
            assertThat(messages.get(1)).isEmpty();
            assertThat(ShopMessages.text(ORDER, messages.get(0)))
                    .contains("email: ", "note-zora")
                    .doesNotContain("fastpost");
            assertThat(ShopMessages.text(ORDER, messages.get(2)))
                    .contains("email: ", "note-amelia")
                    .doesNotContain("fastpost");
        }
    }

    @Test
    void readsTheSameInBase64AsGrpcWebTextHasIt() {
        byte[] first = frame("", order("zora"));
        byte[] trailers =
                "grpc-status: 3\r\ngrpc-message: no%20zora@fastpost-inbox.net\r\nx-note: amelia@fastpost-inbox.net\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] last = frame("", trailers);
        last[0] = (byte) 0x80;
        byte[] text =
                join(Base64.getEncoder().encode(first), Base64.getEncoder().encode(last));

        Exchange clean = call("application/grpc-web-text+proto", "", text, text);

        byte[] frames = Base64.getDecoder().decode(clean.response().body().bytes());
        List<byte[]> messages = messages(frames);
        assertThat(ShopMessages.text(ORDER, messages.get(0)))
                .contains("email: ")
                .doesNotContain("fastpost");
        assertThat(new String(messages.get(1), StandardCharsets.US_ASCII))
                .startsWith("grpc-status: 3\r\ngrpc-message: no%20")
                .contains("\r\nx-note: ")
                .endsWith("\r\n")
                .doesNotContain("fastpost");
    }

    @Test
    void readsJsonMessagesWithoutAnyDescriptor() {
        Sanitizer plain = ProtobufTest.sanitizer(List.of(), List.of());
        byte[] frames = frame("", "{\"email\":\"zora@fastpost-inbox.net\",\"n\":1}".getBytes(StandardCharsets.UTF_8));

        Exchange clean = plain.sanitize(raw("application/grpc+json", "", METHOD, frames, frames, Headers.EMPTY))
                .exchange();

        assertThat(new String(messages(clean.request().body().bytes()).get(0), StandardCharsets.UTF_8))
                .startsWith("{\"email\":\"")
                .endsWith("\",\"n\":1}")
                .doesNotContain("fastpost");
    }

    @Test
    void readsConnectAndTwirp() {
        byte[] end =
                frame("", "{\"error\":{\"message\":\"no zora@fastpost-inbox.net\"}}".getBytes(StandardCharsets.UTF_8));
        end[0] = 2;
        byte[] frames = join(frame("", order("zora")), end);

        Exchange streamed = call("application/connect+proto", "", frames, frames);
        Exchange unary = sanitizer
                .sanitize(raw("application/proto", "", "/twirp" + METHOD, order("zora"), order("zora"), Headers.EMPTY))
                .exchange();

        List<byte[]> messages = messages(streamed.response().body().bytes());
        assertThat(ShopMessages.text(ORDER, messages.get(0))).doesNotContain("fastpost");
        assertThat(new String(messages.get(1), StandardCharsets.UTF_8))
                .startsWith("{\"error\":{\"message\":\"no ")
                .doesNotContain("fastpost");
        assertThat(ShopMessages.text(ORDER, unary.response().body().bytes())).doesNotContain("fastpost");
    }

    @Test
    void sanitizesBinaryMetadataAndTheStatus() {
        byte[] status = ShopMessages.bytes(
                "google.rpc.Status",
                "code: 3 message: \"no zora@fastpost-inbox.net\" details {"
                        + " [type.googleapis.com/shop.v1.Customer] { email: \"zora@fastpost-inbox.net\" } }");
        Headers trailers = Headers.of(
                "grpc-status",
                "3",
                "grpc-message",
                "no zora%40fastpost-inbox.net",
                "grpc-status-details-bin",
                unpadded(status),
                "note-bin",
                unpadded("amelia@fastpost-inbox.net".getBytes(StandardCharsets.US_ASCII)) + ","
                        + unpadded("x@fastpost-inbox.net".getBytes(StandardCharsets.US_ASCII)),
                "id-bin",
                unpadded(new byte[] {1, 2, 3, 'Z', 'o', 'r', 'a', (byte) 0xff}),
                "grpc-trace-bin",
                "AAAB");

        Exchange clean = sanitizer
                .sanitize(raw("application/grpc", "", METHOD, new byte[0], new byte[0], trailers))
                .exchange();

        Headers kept = clean.response().trailers();
        assertThat(kept.first("grpc-message")).doesNotContain("zora");
        assertThat(decoded(kept.first("grpc-status-details-bin")))
                .contains("no ", "shop.v1.Customer")
                .doesNotContain("zora", "fastpost");
        assertThat(kept.first("note-bin").split(","))
                .hasSize(2)
                .allSatisfy(value -> assertThat(decoded(value)).contains("@").doesNotContain("fastpost"));
        assertThat(decoded(kept.first("id-bin"))).hasSize(8).doesNotContain("Zora");
        assertThat(kept.first("grpc-trace-bin")).isEqualTo("AAAB");
    }

    @Test
    void keepsWholeMessagesOfAStreamThatWasCut() {
        byte[] first = frame("", order("zora"));
        byte[] frames = join(first, frame("", order("amelia")));
        for (int length = 0; length < frames.length; length++) {
            Body cut = new Body(Arrays.copyOf(frames, length), 999, 999, null, true, null, null, 0, new long[0]);

            Body clean = sanitizer
                    .sanitize(Exchanges.of(
                            request("application/grpc", "", METHOD, cut), response("", "", Body.EMPTY, Headers.EMPTY)))
                    .exchange()
                    .request()
                    .body();

            assertThat(clean.withheld()).isNull();
            assertThat(messages(clean.bytes())).hasSize(length < first.length ? 0 : 1);
        }
    }

    @Test
    void withholdsWhatIsNotWhatItSays() {
        byte[] bomb = frame("gzip", new byte[80 << 20]);
        byte[] odd = frame("", order("zora"));
        odd[0] = 4;
        byte[] longer = frame("", order("zora"));
        longer[4]++;

        for (byte[] body : List.of(bomb, odd, longer, new byte[] {0, 0}, frame("gzip", new byte[9]))) {
            String coding = body == bomb ? "gzip" : "";
            assertThat(call("application/grpc", coding, body, body)
                            .request()
                            .body()
                            .withheld())
                    .isEqualTo(Withheld.UNPARSEABLE);
        }
        byte[] fine = frame("", order("zora"));
        assertThat(sanitizer
                        .sanitize(raw("application/grpc", "", "/other.Service/Get", fine, fine, Headers.EMPTY))
                        .exchange()
                        .request()
                        .body()
                        .withheld())
                .isEqualTo(Withheld.BINARY);
    }

    @Test
    void refusesDescriptorsThatItCannotRead(@TempDir Path directory) throws IOException {
        Path broken = Files.write(directory.resolve("broken.binpb"), new byte[] {1, 2, 3});
        Path empty = Files.write(directory.resolve("empty.binpb"), new byte[0]);
        Path missing = directory.resolve("missing.binpb");

        for (Path file : List.of(broken, empty, missing, ShopMessages.resource("incomplete.binpb"))) {
            assertThatThrownBy(() -> ProtobufTest.sanitizer(List.of(file), List.of()))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                    .hasMessageContaining(file.getFileName().toString());
        }
        for (String operation : List.of("GET /x", "GET /x shop.v1.Nothing -")) {
            assertThatThrownBy(() -> ProtobufTest.sanitizer(List.of(ShopMessages.set()), List.of(operation)))
                    .isInstanceOf(RetakeException.class)
                    .hasMessageContaining(operation);
        }
    }

    private Exchange call(String type, String coding, byte[] request, byte[] response) {
        return sanitizer
                .sanitize(raw(type, coding, METHOD, request, response, Headers.EMPTY))
                .exchange();
    }

    private static Exchange raw(
            String type, String coding, String path, byte[] request, byte[] response, Headers trailers) {
        return Exchanges.of(
                request(type, coding, path, Body.of(request)), response(type, coding, Body.of(response), trailers));
    }

    private static Request request(String type, String coding, String path, Body body) {
        return new Request("POST", path, "HTTP/2", headers(type, coding), body, Headers.EMPTY);
    }

    private static Response response(String type, String coding, Body body, Headers trailers) {
        return new Response(200, "", "HTTP/2", headers(type, coding), body, trailers);
    }

    private static Headers headers(String type, String coding) {
        Headers.Builder headers = Headers.builder().add("content-type", type);
        return coding.isEmpty()
                ? headers.build()
                : headers.add("grpc-encoding", coding).build();
    }

    private static byte[] order(String name) {
        return ShopMessages.bytes(
                ORDER, "email: \"" + name + "@fastpost-inbox.net\" tags: \"note-" + name + "\" numbers { tiers: 1 }");
    }

    /** A frame as gRPC has it, its message compressed where {@code coding} says so. */
    static byte[] frame(String coding, byte[] message) {
        byte[] content = switch (coding) {
            case "gzip" -> written(message, true);
            case "deflate" -> written(message, false);
            case "zstd" -> Zstd.compress(message);
            default -> message;
        };
        boolean compressed = !coding.isEmpty() && !coding.equals("identity");
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) (compressed ? 1 : 0))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] written(byte[] message, boolean gzip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            deflater.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static List<byte[]> messages(byte[] frames) {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(frames);
        while (in.hasRemaining()) {
            assertThat(in.get() & 1).isZero();
            byte[] message = new byte[in.getInt()];
            in.get(message);
            messages.add(message);
        }
        return messages;
    }

    static byte[] join(byte[]... parts) {
        ByteString joined = ByteString.EMPTY;
        for (byte[] part : parts) {
            joined = joined.concat(ByteString.copyFrom(part));
        }
        return joined.toByteArray();
    }

    private static String unpadded(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    }
}

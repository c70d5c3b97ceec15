package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.ShopMessages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Messages and frames of any bytes: no walk fails, what protobuf's library reads it still reads, nothing planted stays. */
class ProtobufFuzzTest {
    private static final String ORDER = "shop.v1.Order";
    private static final Sanitizer SANITIZER = sanitizer();

    private static Sanitizer sanitizer() {
        PrivacySettings settings = PrivacySettings.DEFAULTS;
        return Sanitizer.create(
                new RootKey(new byte[32]),
                new PrivacySettings(
                        settings.pseudonyms(),
                        List.of(),
                        settings.nesting(),
                        List.of(),
                        List.of(),
                        List.of(ShopMessages.set()),
                        List.of(),
                        settings.policy()));
    }

    @FuzzTest
    void message(byte[] input) {
        String type = "application/protobuf; proto=" + ORDER;

        Body clean = sanitized(type, input);

        if (!ShopMessages.parses(ORDER, input)) {
            return; // what is put behind it may be the end of a field that is not whole
        }
        assertThat(ShopMessages.parses(ORDER, clean.bytes())).isTrue();
        Canary canary = Canary.of(input);
        byte[] field = field(canary);
        byte[] planted = Arrays.copyOf(input, input.length + field.length);
        System.arraycopy(field, 0, planted, input.length, field.length);
        canary.isNotIn(sanitized(type, planted).bytes());
    }

    @FuzzTest
    void frames(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<String> types = List.of(
                "application/grpc",
                "application/grpc-web",
                "application/grpc-web-text",
                "application/grpc+json",
                "application/connect+proto");
        String type = types.get((input[0] & 0x7f) % types.size());
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        Canary canary = Canary.of(input);
        byte[] field = field(canary);
        byte[] planted = ByteBuffer.allocate(content.length + 5 + field.length)
                .put((byte) 0)
                .putInt(field.length)
                .put(field)
                .put(content)
                .array();

        canary.isNotIn(sanitized(type, planted).bytes());
        Body clean = sanitized(type, content);
        if (clean.withheld() == null && type.equals("application/grpc")) {
            ByteBuffer frames = ByteBuffer.wrap(clean.bytes());
            while (frames.hasRemaining()) {
                assertThat(frames.get() & 0x7f).isZero();
                int length = frames.getInt();
                frames.position(frames.position() + length);
            }
        }
    }

    private static byte[] field(Canary canary) {
        return ShopMessages.bytes(ORDER, "email: \"" + canary.value() + "\" tags: \"" + canary.value() + "\"");
    }

    private static Body sanitized(String type, byte[] content) {
        Headers headers = Headers.of("content-type", type, "grpc-encoding", "gzip");
        Request request =
                new Request("POST", "/shop.v1.Orders/Put", "HTTP/1.1", headers, Body.of(content), Headers.EMPTY);
        Body clean = SANITIZER
                .sanitize(DocumentFuzzTest.exchange(request))
                .exchange()
                .request()
                .body();
        assertThat(clean.withheld()).isNotEqualTo(Withheld.SANITIZER_FAILED);
        return clean;
    }
}

package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages made to cost time or stack, or to be no messages at all, are refused or walked in time that grows with them. */
class HostileMessagesTest {
    private static final String ORDER = "shop.v1.Order";
    private static final int SIZE = 1 << 18;

    /** Times the work of an honest message of that size, far below what a quadratic walk takes. */
    private static final int MOST = 50;

    /** Below this, nothing is told from noise. */
    private static final Duration NOISE = Duration.ofMillis(500);

    private final Sanitizer sanitizer = ProtobufTest.sanitizer(List.of(ShopMessages.set()), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a00", // an empty string
                "1200", // a message
                "1a00", // an entry of a map
                "1a020a00", // with an empty key
                "3a050a030a0161", // a Struct
                "6a040a016112", // a field that ends nowhere
                "6a00", // an attribute
                "6a060a0161120162", // with name and value
                "720268ff", // packed numbers that end nowhere
                "720109",
                "0b", // groups inside one another
                "0b0c",
                "f801", // a varint that ends nowhere
                "ffffffff",
                "08ffffffffffffffffff01", // an unknown number
                "3208ffffffff0fffffff", // an Any
            })
    void walksRepetitionInLinearTime(String unit) {
        byte[] one = HexFormat.of().parseHex(unit);
        byte[] body = new byte[SIZE / one.length * one.length];
        for (int i = 0; i < body.length; i++) {
            body[i] = one[i % one.length];
        }
        byte[] honest = ShopMessages.bytes(ORDER, "tags: \"just some words\" ".repeat(SIZE / 17));
        body(honest, false);
        Duration fair = spent(honest);

        Body clean = body(body, false);

        assertThat(spent(body)).isLessThan(fair.multipliedBy(MOST).plus(NOISE));
        assertThat(clean.withheld()).isNotEqualTo(Withheld.SANITIZER_FAILED);
    }

    private Duration spent(byte[] bytes) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        body(bytes, false);
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }

    @Test
    void allowsAsManyMessagesInsideOneAnotherAsProtobufDoes() throws IOException {
        assertThat(body(friends(90), false).withheld()).isNull();
        assertThat(body(friends(110), false).withheld()).isEqualTo(Withheld.UNPARSEABLE);
        assertThat(body(friends(3_000), false).withheld()).isEqualTo(Withheld.UNPARSEABLE);
    }

    private static byte[] friends(int depth) throws IOException {
        byte[] nested = ShopMessages.bytes("shop.v1.Customer", "email: \"zora@fastpost-inbox.net\"");
        for (int i = 0; i < depth; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeByteArray(i == depth - 1 ? 2 : 8, nested);
            out.flush();
            nested = bytes.toByteArray();
        }
        return nested;
    }

    @Test
    void failsOnNoChangedByte() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] message = ShopMessages.bytes(ORDER, """
                id: "A-1" payload { name: "Zora Quillfeather" phone: 4915112345678 date_of_birth { seconds: 482112000 } }
                labels { key: "email" value: "zora@fastpost-inbox.net" } notes { key: 7 value: "x" }
                extra { [type.googleapis.com/shop.v1.Customer] { email: "zora@fastpost-inbox.net" } }
                data { fields { key: "password" value { string_value: "correct horse 9" } } }
                card { value: 4111111111111111 } document: "\\001\\002" attributes { name: "password" value: "hunter22" }
                numbers { phone_numbers: 4915112345678 longitudes: 13.4049541 tiers: GOLD lat: 51.45 }""");
        for (int i = 0; i < 20_000; i++) {
            byte[] changed =
                    Arrays.copyOf(message, message.length - random.nextInt(2) * random.nextInt(message.length));
            for (int j = random.nextInt(4); j >= 0 && changed.length > 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            boolean cut = random.nextBoolean();

            Body clean = body(changed, cut);

            String as = Base64.getEncoder().encodeToString(changed);
            assertThat(clean.withheld()).as(as).isNotEqualTo(Withheld.SANITIZER_FAILED);
            if (ShopMessages.parses(ORDER, changed)) {
                assertThat(ShopMessages.parses(ORDER, clean.bytes())).as(as).isTrue();
            }
        }
    }

    private Body body(byte[] bytes, boolean cut) {
        Headers headers = Headers.of("Content-Type", "application/protobuf; proto=" + ORDER);
        Body raw = new Body(bytes, bytes.length, bytes.length, null, cut, null, null, 0, new long[0]);
        Request request = new Request("POST", "/", "HTTP/1.1", headers, raw, Headers.EMPTY);
        return sanitizer
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .body();
    }
}

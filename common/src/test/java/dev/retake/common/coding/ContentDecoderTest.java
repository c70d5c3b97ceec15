package dev.retake.common.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import dev.retake.common.coding.Decoded.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentDecoderTest {
    private static final int MAX = 1 << 20;
    private static final byte[] TEXT = text(30_000);

    private final ContentDecoder decoder = new ContentDecoder(MAX, ContentDecoder.DEFAULT_RATIO);

    @BeforeAll
    static void natives() {
        Brotli4jLoader.ensureAvailability();
    }

    static Stream<Arguments> codings() throws IOException {
        return Stream.of(
                arguments("gzip", gzip(TEXT)),
                arguments("deflate", deflate(TEXT, false)),
                arguments("deflate", deflate(TEXT, true)),
                arguments("br", brotli(TEXT)),
                arguments("zstd", Zstd.compress(TEXT, 3)));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void takesOffEachCoding(String coding, byte[] encoded) {
        Decoded decoded = decoder.decode(encoded, List.of(coding));

        assertThat(decoded.end()).isEqualTo(End.WHOLE);
        assertThat(decoded.bytes()).isEqualTo(TEXT);
        assertThat(decoded.coding()).isEqualTo(coding);
    }

    @ParameterizedTest
    @MethodSource("codings")
    void givesThePrefixOfCutInput(String coding, byte[] encoded) {
        for (int length = 0; length < encoded.length; length += 1 + encoded.length / 97) {
            Decoded decoded = decoder.decode(Arrays.copyOf(encoded, length), List.of(coding));

            assertThat(decoded.end()).isEqualTo(length == 0 ? End.WHOLE : End.CUT);
            assertThat(decoded.bytes()).isEqualTo(Arrays.copyOf(TEXT, decoded.bytes().length));
        }
    }

    @Test
    void cutInputKeepsMostOfWhatItHolds() throws IOException {
        byte[] encoded = gzip(TEXT);

        assertThat(decoder.decode(Arrays.copyOf(encoded, encoded.length / 2), List.of("gzip"))
                        .bytes())
                .hasSizeGreaterThan(TEXT.length / 3);
    }

    @ParameterizedTest
    @MethodSource("codings")
    void endsAtTheBound(String coding, byte[] encoded) {
        Decoded bounded = new ContentDecoder(1_000, 1_032).decode(encoded, List.of(coding));
        Decoded exact = new ContentDecoder(TEXT.length, 1_032).decode(encoded, List.of(coding));

        assertThat(bounded.end()).isEqualTo(End.BOUND);
        assertThat(bounded.bytes()).isEqualTo(Arrays.copyOf(TEXT, 1_000));
        assertThat(exact.end()).isEqualTo(End.WHOLE);
        assertThat(exact.bytes()).isEqualTo(TEXT);
    }

    @Test
    void aBombEndsAtTheRatio() {
        byte[] bomb = Zstd.compress(new byte[16 << 20], 3);
        Decoded decoded = new ContentDecoder(64 << 20, 10).decode(bomb, List.of("zstd"));

        assertThat(decoded.end()).isEqualTo(End.BOUND);
        assertThat(decoded.bytes()).hasSize(Math.max(64 * 1024, 10 * bomb.length));
    }

    @Test
    void codingsOnTopOfEachOtherComeOffInReverse() throws IOException {
        Decoded decoded = decoder.decode(brotli(gzip(TEXT)), List.of("X-GZip", " br "));

        assertThat(decoded.bytes()).isEqualTo(TEXT);
        assertThat(decoded.coding()).isEqualTo("gzip, br");
        assertThat(decoder.decode(brotli(gzip(TEXT)), List.of("gzip, br")).bytes())
                .isEqualTo(TEXT);
    }

    @Test
    void severalMembersAndFramesAreOneBody() throws IOException {
        byte[] twice = concat(TEXT, TEXT);

        assertThat(decoder.decode(concat(gzip(TEXT), gzip(TEXT)), List.of("gzip"))
                        .bytes())
                .isEqualTo(twice);
        assertThat(decoder.decode(concat(Zstd.compress(TEXT, 1), Zstd.compress(TEXT, 1)), List.of("zstd"))
                        .bytes())
                .isEqualTo(twice);
    }

    @ParameterizedTest
    @MethodSource("codings")
    void saysWhatEachPrefixGives(String coding, byte[] encoded) {
        int[] marks = {0, 40, encoded.length / 2, encoded.length - 1, encoded.length, encoded.length};
        int[] given = marks.clone();

        Decoded decoded = decoder.decode(encoded, List.of(coding), given);

        assertThat(decoded.bytes()).isEqualTo(TEXT);
        for (int i = 0; i < marks.length; i++) {
            byte[] prefix = decoder.decode(Arrays.copyOf(encoded, marks[i]), List.of(coding))
                    .bytes();
            assertThat(given[i]).isEqualTo(prefix.length);
        }
    }

    @Test
    void saysWhereItDoesNotKnowWhatAPrefixGives() throws IOException {
        int[] bounded = {1, 5_000};
        new ContentDecoder(1_000, 1_032).decode(gzip(TEXT), List.of("gzip"), bounded);
        assertThat(bounded).containsExactly(0, -1);
        int[] twice = {1, 5};
        decoder.decode(brotli(gzip(TEXT)), List.of("gzip, br"), twice);
        assertThat(twice).containsExactly(-1, -1);
        int[] plain = {1, 5};
        decoder.decode(TEXT, List.of(), plain);
        assertThat(plain).containsExactly(1, 5);
    }

    @Test
    void noCodingGivesTheInputItself() {
        for (String none : List.of("identity", "", "utf-8", " , ", "none")) {
            Decoded decoded = decoder.decode(TEXT, List.of(none));
            assertThat(decoded.bytes()).isSameAs(TEXT);
            assertThat(decoded.coding()).isNull();
        }
        assertThat(decoder.decode(TEXT, List.of()).bytes()).isSameAs(TEXT);
    }

    @Test
    void anUnknownCodingGivesNothing() {
        assertThat(decoder.decode(TEXT, List.of("aes128gcm")).end()).isEqualTo(End.UNKNOWN);
        assertThat(decoder.decode(TEXT, List.of("aes128gcm")).bytes()).isEmpty();
        assertThat(decoder.decode(TEXT, List.of("gzip,gzip,gzip,gzip,gzip")).end())
                .isEqualTo(End.UNKNOWN);
    }

    @Test
    void whatIsNotSoCodedIsNeverWhole() {
        byte[] plain = "{\"plain\":true}".getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(plain, List.of("gzip")).end()).isEqualTo(End.BROKEN);
        assertThat(decoder.decode(plain, List.of("zstd")).end()).isEqualTo(End.BROKEN);
        assertThat(decoder.decode(plain, List.of("deflate")).end()).isNotEqualTo(End.WHOLE);
        assertThat(decoder.decode(plain, List.of("br")).end()).isNotEqualTo(End.WHOLE);
    }

    @ParameterizedTest
    @MethodSource("codings")
    void changedInputNeverThrowsAndNeverExceedsTheBound(String coding, byte[] encoded) {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] changed = encoded.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThatNoException()
                    .isThrownBy(() -> assertThat(
                                    decoder.decode(changed, List.of(coding)).bytes())
                            .hasSizeLessThanOrEqualTo(MAX));
        }
    }

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        while (text.length() < length) {
            text.append("{\"n\":").append(random.nextInt(100_000)).append("},");
        }
        return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(6, raw);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes, deflater)) {
            stream.write(plain);
        }
        deflater.end();
        return bytes.toByteArray();
    }

    private static byte[] brotli(byte[] plain) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return Encoder.compress(plain);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

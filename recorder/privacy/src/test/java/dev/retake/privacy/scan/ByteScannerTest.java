package dev.retake.privacy.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.retake.privacy.detect.DataClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ByteScannerTest {
    private static final List<String> VALUES =
            List.of("zoe@quarx-mail.net", "Ginsterpfad 117, Köln", "4539148803436467", "p\"w/d\\x🙂");

    private final List<Leak> leaks = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    static Stream<Arguments> everyFormOfEveryValue() {
        Stream.Builder<Arguments> forms = Stream.builder();
        for (String value : VALUES) {
            byte[] utf8 = utf8(value);
            form(forms, value, "raw", utf8);
            form(forms, value, "hex", utf8(HexFormat.of().formatHex(utf8)));
            form(forms, value, "hex", utf8(HexFormat.of().withUpperCase().formatHex(utf8)));
            for (int shift = 0; shift < 3; shift++) {
                byte[] shifted = new byte[shift + utf8.length + 2];
                System.arraycopy(utf8, 0, shifted, shift, utf8.length);
                form(forms, value, "base64", Base64.getEncoder().encode(shifted));
                form(forms, value, "base64", Base64.getUrlEncoder().encode(shifted));
            }
            String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
            form(forms, value, "percent", utf8(percent), !percent.equals(value));
            form(forms, value, "percent", utf8(percent.toLowerCase(Locale.ROOT)), value.equals(VALUES.get(0)));
            form(forms, value, "percent", utf8(everyByte(utf8, "%%%02X")));
            String twice = percent.replace("+", "%20").replace("%", "%25");
            form(forms, value, "percent", utf8(twice), !twice.equals(value));
            form(forms, value, "json", utf8(everyUnit(value, "\\u%04x")));
            form(forms, value, "json", utf8(everyUnit(value, "\\\\u%04X")));
            form(forms, value, "markup", utf8(everyPoint(value, "&#%d;")));
            form(forms, value, "markup", utf8(everyPoint(value, "&#x%x;")));
            form(forms, value, "utf-16", value.getBytes(StandardCharsets.UTF_16LE));
            form(forms, value, "utf-16", value.getBytes(StandardCharsets.UTF_16BE));
            form(forms, value, "utf-16", value.getBytes(Charset.forName("UTF-32LE")), value.length() == utf8.length);
        }
        form(forms, VALUES.get(0), "json", utf8("zoe\\u0040quarx-mail.net"));
        form(forms, VALUES.get(0), "percent", utf8("zoe%40quarx%2dmail.net"));
        form(forms, VALUES.get(0), "percent", utf8("zoe@quarx-mail.ne%74"));
        form(forms, VALUES.get(0), "markup", utf8("zoe&#64;quarx-mail.net"));
        form(forms, VALUES.get(3), "json", utf8("p\\\"w\\/d\\\\x\\ud83d\\ude42"));
        return forms.build();
    }

    @ParameterizedTest
    @MethodSource("everyFormOfEveryValue")
    void findsEveryFormAtEverySplit(String value, String encoding, byte[] form) {
        byte[] stream = join(utf8("%2{\"a\\u00\":\"&a"), form, utf8("\"}%"));
        for (int split = 0; split <= stream.length; split++) {
            leaks.clear();
            scan(VALUES, DetectedClasses.NONE, stream, split);

            assertThat(leaks).as("split at %d", split).isNotEmpty();
            assertThat(leaks).allSatisfy(leak -> {
                assertThat(leak.canary()).isEqualTo(VALUES.indexOf(value) + 1);
                assertThat(leak.encoding()).contains(encoding);
                assertThat(leak.offset()).isBetween(13L, 18L);
            });
        }
    }

    @Test
    void looksIntoCompressedStreamsInOneAnother() throws IOException {
        byte[] text = utf8("so " + VALUES.get(0) + " wrote");
        byte[] stream = join(new byte[] {1, 2, 3}, gzip(join(utf8("ab"), zlib(Zstd.compress(text)))), new byte[9]);

        scan(VALUES, DetectedClasses.NONE, stream, 7);

        assertThat(leaks).contains(new Leak(1, null, "raw", 3, List.of("gzip@3", "zlib@2", "zstd@0")));
        assertThat(unread).isEmpty();
    }

    @Test
    void looksIntoGzipWithAllThatAHeaderMayHold() throws IOException {
        byte[] plain = gzip(utf8(VALUES.get(2)));
        byte[] header = {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 'n', 0, 'c', 'c', 0, 9, 9};
        byte[] stream = join(header, Arrays.copyOfRange(plain, 10, plain.length));

        scan(VALUES, DetectedClasses.NONE, stream, 4);

        assertThat(leaks)
                .singleElement()
                .satisfies(leak -> assertThat(leak.canary()).isEqualTo(3));
    }

    @Test
    void saysWhereABombWasLeft() throws IOException {
        byte[] bomb = new byte[150 * 1024 * 1024];
        byte[] stream = gzip(gzip(bomb));

        scan(VALUES, DetectedClasses.NONE, stream, 1);

        assertThat(unread).contains("gzip@0 holds too much in gzip@0");
    }

    @Test
    void findsWhatDetectorsKnowInTextAndUnderEscapes() {
        byte[] stream = join(
                new byte[] {0, (byte) 0xff},
                utf8("mail to ada@lovelace.org or%20call%20ada%40lovelace.org now"),
                new byte[] {0, 1, 2},
                utf8("short@x.io"),
                new byte[] {3});

        scan(List.of(), DetectedClasses.CERTAIN, stream, 9);

        assertThat(leaks)
                .containsExactlyInAnyOrder(
                        new Leak(0, DataClass.EMAIL, "raw", 10, List.of()),
                        new Leak(0, DataClass.EMAIL, "percent", 39, List.of()));
    }

    @Test
    void findsValuesInLongTextsAtTheirPlaces() {
        StringBuilder text = new StringBuilder();
        List<Long> places = new ArrayList<>();
        Random random = new Random(3);
        while (text.length() < 400_000) {
            text.append("word ".repeat(random.nextInt(500))).append(random.nextInt(10) == 0 ? "\n" : "");
            places.add((long) text.length());
            text.append("ada").append(places.size()).append("@lovelace.org ");
        }

        scan(List.of(), DetectedClasses.CERTAIN, utf8(text.toString()), 100_000);

        assertThat(leaks).extracting(Leak::offset).containsExactlyElementsOf(places);
    }

    @Test
    void leavesSurrogatesAndAddressesOfEveryHostAlone() {
        scan(
                List.of(),
                DetectedClasses.CERTAIN,
                utf8("198.18.3.4 127.0.0.1:8080 ::1 255.255.255.0, +1 (646) 555-0123, 0.0.0.0"),
                5);

        assertThat(leaks).isEmpty();
    }

    @Test
    void findsNothingInNoise() {
        byte[] noise = new byte[8 * 1024 * 1024];
        new Random(11).nextBytes(noise);

        scan(VALUES, DetectedClasses.ALL, noise, 4096);

        assertThat(leaks).isEmpty();
        assertThat(unread).isEmpty();
    }

    @Test
    void refusesValuesThatAreMetByChance() {
        assertThatThrownBy(() -> Canaries.of(List.of("long enough", "", "abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3 is shorter than 4 bytes");
    }

    private void scan(List<String> values, DetectedClasses classes, byte[] stream, int split) {
        ScanListener listener = new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                leaks.add(leak);
            }

            @Override
            public void unread(String reason) {
                unread.add(reason);
            }
        };
        try (ByteScanner scanner = ByteScanner.of(Canaries.of(values), classes, listener)) {
            scanner.feed(stream, 0, split);
            scanner.feed(stream, split, stream.length);
            scanner.end();
        }
    }

    private static void form(Stream.Builder<Arguments> forms, String value, String encoding, byte[] form) {
        form(forms, value, encoding, form, true);
    }

    private static void form(Stream.Builder<Arguments> forms, String value, String encoding, byte[] form, boolean to) {
        if (to) {
            forms.add(Arguments.of(value, encoding, form));
        }
    }

    private static String everyByte(byte[] bytes, String format) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format(format, b & 0xff));
        }
        return text.toString();
    }

    private static String everyUnit(String value, String format) {
        StringBuilder text = new StringBuilder();
        value.chars().forEach(unit -> text.append(String.format(format, unit)));
        return text.toString();
    }

    private static String everyPoint(String value, String format) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(point -> text.append(String.format(format, point)));
        return text.toString();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        compress(new GZIPOutputStream(out), bytes);
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        compress(new DeflaterOutputStream(out), bytes);
        return out.toByteArray();
    }

    private static void compress(OutputStream to, byte[] bytes) throws IOException {
        try (to) {
            to.write(bytes);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            try {
                joined.write(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return joined.toByteArray();
    }
}

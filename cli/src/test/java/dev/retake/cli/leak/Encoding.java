package dev.retake.cli.leak;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How a value is written in its place, or the whole body that it stands in. */
enum Encoding {
    /** As its place demands and no further. */
    NONE,
    BASE64,
    BASE64URL,
    /** Every byte. */
    PERCENT,
    DOUBLE_PERCENT,
    /** A document of JSON in base64. */
    JSON_IN_BASE64,
    /** Every character as {@code \}{@code u} and four digits. */
    JSON_ESCAPES,
    /** Every character as a reference. */
    REFERENCES,
    /** The body in UTF-16 with a byte order mark. */
    UTF_16,
    GZIP,
    DEFLATE,
    BROTLI,
    ZSTD,
    /** Both at once. */
    JSON_IN_BASE64_IN_GZIP;

    boolean isBase64() {
        return this == BASE64 || this == BASE64URL || this == JSON_IN_BASE64 || this == JSON_IN_BASE64_IN_GZIP;
    }

    /** The content coding that is declared; empty for none. */
    String contentCoding() {
        return switch (this) {
            case GZIP, JSON_IN_BASE64_IN_GZIP -> "gzip";
            case DEFLATE -> "deflate";
            case BROTLI -> "br";
            case ZSTD -> "zstd";
            default -> "";
        };
    }

    /** The value before its place escapes it. */
    String value(String key, String value) {
        return switch (this) {
            case BASE64 -> Base64.getEncoder().encodeToString(utf8(value));
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(value));
            case PERCENT -> everyByte(value, "%%%02X");
            case DOUBLE_PERCENT -> everyByte(value, "%%25%02X");
            case JSON_IN_BASE64, JSON_IN_BASE64_IN_GZIP ->
                Base64.getEncoder().encodeToString(utf8("{\"" + key + "\":\"" + Syntax.JSON.escape(value) + "\"}"));
            default -> value;
        };
    }

    /** The body as it is sent. */
    byte[] body(String text) {
        return switch (this) {
            case UTF_16 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
            case GZIP, JSON_IN_BASE64_IN_GZIP -> compressed(text, GZIPOutputStream::new);
            case DEFLATE -> compressed(text, DeflaterOutputStream::new);
            case BROTLI -> {
                Brotli4jLoader.ensureAvailability();
                try {
                    yield Encoder.compress(utf8(text));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case ZSTD -> Zstd.compress(utf8(text));
            default -> utf8(text);
        };
    }

    /** As permessage-deflate sends it (RFC 7692 §7.2.1). */
    static byte[] deflatedMessage(byte[] text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text);
        byte[] room = new byte[text.length + 100];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(room, length - 4);
    }

    private interface Compressor {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] compressed(String text, Compressor compressor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.around(bytes)) {
            out.write(utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String everyByte(String text, String format) {
        StringBuilder written = new StringBuilder();
        for (byte b : utf8(text)) {
            written.append(String.format(format, b & 0xff));
        }
        return written.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

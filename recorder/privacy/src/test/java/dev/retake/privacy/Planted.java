package dev.retake.privacy;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value that was planted in an exchange, and every spelling of it that must not be found afterwards.
 *
 * @param name what it is
 * @param value the real value
 * @param key a usual name of a field for it
 */
record Planted(String name, String value, String key) {

    /** The spelling by which {@code exchange} still shows the value. */
    Optional<String> foundIn(Exchange exchange) {
        byte[] bytes = bytes(exchange);
        return spellings().entrySet().stream()
                .filter(spelling -> contains(bytes, spelling.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Map<String, byte[]> spellings() {
        Map<String, byte[]> spellings = new LinkedHashMap<>();
        spellings.put("raw", utf8(value));
        spellings.put("percent", utf8(percent(value)));
        spellings.put("percent, lower case", utf8(percent(value).toLowerCase(Locale.ROOT)));
        spellings.put("every byte percent", utf8(everyByte(value, "%%%02X")));
        spellings.put("double percent", utf8(percent(percent(value))));
        spellings.put("hex", utf8(HexFormat.of().formatHex(utf8(value))));
        spellings.put("unicode escapes", utf8(everyByte(value, "\\u%04x")));
        spellings.put("character references", utf8(everyByte(value, "&#%d;")));
        spellings.put("hexadecimal references", utf8(everyByte(value, "&#x%x;")));
        spellings.put("json", utf8(json(value)));
        spellings.put("markup", utf8(markup(value)));
        spellings.put("UTF-16", value.getBytes(StandardCharsets.UTF_16BE));
        for (int alignment = 0; alignment < 3; alignment++) {
            spellings.put("base64 " + alignment, utf8(base64(value, alignment)));
        }
        return spellings;
    }

    /** What of base64 any text has that holds {@code value} at an offset that leaves {@code alignment} on division by 3. */
    private static String base64(String value, int alignment) {
        byte[] shifted = new byte[alignment + utf8(value).length];
        System.arraycopy(utf8(value), 0, shifted, alignment, utf8(value).length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = alignment == 0 ? 0 : alignment + 1;
        int last = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(first, last);
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

    static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    static String markup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Everything that an exchange would leave on a disk. */
    static byte[] bytes(Exchange exchange) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        latin(all, exchange.request().target());
        headers(all, exchange.request().headers());
        all.writeBytes(exchange.request().body().bytes());
        headers(all, exchange.request().trailers());
        exchange.informational().forEach(interim -> headers(all, interim.headers()));
        Response response = exchange.response();
        if (response != null) {
            latin(all, response.reason());
            headers(all, response.headers());
            all.writeBytes(response.body().bytes());
            headers(all, response.trailers());
        }
        return all.toByteArray();
    }

    private static void headers(ByteArrayOutputStream all, Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            latin(all, headers.name(i));
            latin(all, headers.value(i));
        }
    }

    private static void latin(ByteArrayOutputStream all, String text) {
        all.write('\n');
        all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        all.write('\n');
    }

    static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}

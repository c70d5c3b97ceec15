package dev.retake.pipeline.har;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of an entry as they were before a browser showed them as text. HAR holds content decoded: what a header says of a
 * content coding is true of the wire, not of the text.
 */
final class HarBodies {
    private static final String BOUNDARY = "retake-har-boundary";

    private final int maxBytes;

    HarBodies(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Body request(HarEntry entry, Headers headers) {
        byte[] bytes;
        if (entry.postText != null && !entry.postText.isEmpty()) {
            bytes = bytes(entry.postText, entry.postEncoding, headers);
        } else if (!entry.params.isEmpty()) {
            MediaType type = MediaType.parse(headers.first("Content-Type"));
            bytes = type.family() == MediaType.Family.MULTIPART
                    ? multipart(entry.params, type.boundary() == null ? BOUNDARY : type.boundary())
                    : form(entry.params);
        } else {
            bytes = new byte[0];
        }
        return body(bytes, entry.requestBodySize, entry.requestBodySize, null);
    }

    Body response(HarEntry entry, Headers headers) {
        byte[] bytes =
                entry.contentText == null ? new byte[0] : bytes(entry.contentText, entry.contentEncoding, headers);
        double wire = entry.responseBodySize >= 0 ? entry.responseBodySize : entry.transferSize;
        boolean without = entry.method.equals("HEAD") || entry.status == 304 || entry.status == 204;
        String coding = headers.first("Content-Encoding");
        return without && bytes.length == 0 ? Body.EMPTY : body(bytes, entry.contentSize, wire, coding);
    }

    /** The type to say where a posted form has none of its own. */
    static String typeOfParams(List<HarEntry.Param> params) {
        return params.stream().anyMatch(param -> param.fileName() != null)
                ? "multipart/form-data; boundary=" + BOUNDARY
                : "application/x-www-form-urlencoded";
    }

    private Body body(byte[] bytes, double size, double wire, @Nullable String coding) {
        if (bytes.length == 0) {
            // A producer that leaves content out still says how much there was.
            long known = (long) Math.max(size, wire);
            return known > 0 ? new Body(bytes, known, known, coding, true, null, null, 0, new long[0]) : Body.EMPTY;
        }
        boolean cut = bytes.length > maxBytes;
        return new Body(
                cut ? Arrays.copyOf(bytes, maxBytes) : bytes,
                bytes.length,
                wire > 0 ? (long) wire : bytes.length,
                coding == null ? null : coding.toLowerCase(Locale.ROOT),
                cut,
                null,
                null,
                0,
                new long[0]);
    }

    private static byte[] bytes(String text, @Nullable String encoding, Headers headers) {
        if ("base64".equalsIgnoreCase(encoding)) {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        Charset charset = charset(MediaType.parse(headers.first("Content-Type")).charset());
        return text.getBytes(
                charset.canEncode() && charset.newEncoder().canEncode(text) ? charset : StandardCharsets.UTF_8);
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static byte[] form(List<HarEntry.Param> params) {
        StringBuilder form = new StringBuilder();
        for (HarEntry.Param param : params) {
            form.append(form.isEmpty() ? "" : "&").append(encoded(param.name()));
            form.append('=').append(encoded(param.value() == null ? "" : param.value()));
        }
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Some producers write parameters as they were sent, others decoded. */
    private static String encoded(String text) {
        boolean sent = text.matches("(?:[A-Za-z0-9*._~+-]|%[0-9A-Fa-f]{2})*") && text.indexOf('%') >= 0;
        return sent ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] multipart(List<HarEntry.Param> params, String boundary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (HarEntry.Param param : params) {
            StringBuilder part = new StringBuilder("--").append(boundary).append("\r\n");
            part.append("Content-Disposition: form-data; name=\"")
                    .append(quoted(param.name()))
                    .append('"');
            if (param.fileName() != null) {
                part.append("; filename=\"").append(quoted(param.fileName())).append('"');
            }
            part.append("\r\n");
            if (param.type() != null) {
                part.append("Content-Type: ").append(quoted(param.type())).append("\r\n");
            }
            part.append("\r\n")
                    .append(param.value() == null ? "" : param.value())
                    .append("\r\n");
            bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** RFC 7578 §2, as browsers do it. */
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }
}

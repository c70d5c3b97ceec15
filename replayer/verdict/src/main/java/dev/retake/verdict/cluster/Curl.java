package dev.retake.verdict.cluster;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request as a {@code curl} command for a POSIX shell. Whatever was recorded stays data: it is quoted, control
 * characters are left out, and no value can be taken for an option or a file name.
 */
public final class Curl {
    private static final int LONGEST_BODY = 4_096;
    private static final Set<String> LEFT_OUT = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-authorization",
            "proxy-connection",
            "user-agent",
            "accept-encoding",
            "forwarded",
            "via",
            "x-retake-run",
            "traceparent",
            "tracestate",
            "dnt",
            "pragma",
            "referer",
            "upgrade-insecure-requests",
            "priority");

    private Curl() {}

    /**
     * The command.
     *
     * @param target base URL
     * @param mask replaces personal data in a text
     */
    public static String of(Request request, String target, UnaryOperator<String> mask) {
        String base = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
        String path = request.target().startsWith("/") ? request.target() : "/" + request.target();
        StringBuilder out = new StringBuilder("curl -i -g --path-as-is");
        boolean body = request.body().bytes().length > 0 && request.body().bytes().length <= LONGEST_BODY;
        String method = request.method();
        if (method.equals("HEAD")) {
            out.append(" -I");
        } else if (!method.equals(body ? "POST" : "GET")) {
            out.append(" -X ").append(quote(method));
        }
        out.append(' ').append(quote(base + mask.apply(path)));
        headers(request.headers(), mask, out);
        if (body) {
            String text = text(request.body().bytes());
            out.append(text == null ? "" : " --data-raw " + quote(mask.apply(text)));
        }
        if (request.body().size() > 0 && out.indexOf(" --data-raw ") < 0) {
            out.append(" # and the request's body of ")
                    .append(request.body().size())
                    .append(" bytes");
        }
        return out.toString();
    }

    private static void headers(Headers headers, UnaryOperator<String> mask, StringBuilder out) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String key = name.toLowerCase(Locale.ROOT);
            boolean passedOn = key.startsWith("sec-") || key.startsWith("x-forwarded-") || key.startsWith("x-b3-");
            if (passedOn || LEFT_OUT.contains(key) || !name.matches("[\\w!#$%&'*+.^`|~-]+")) {
                continue;
            }
            String value = headers.value(i);
            if (key.equals("authorization")) {
                int space = value.indexOf(' ');
                String scheme = space > 0 && value.substring(0, space).matches("[A-Za-z]+")
                        ? value.substring(0, space) + " "
                        : "";
                out.append(" -H \"").append("Authorization: ").append(scheme).append("$TOKEN\"");
            } else if (key.equals("cookie")) {
                out.append(" -H \"Cookie: $COOKIE\"");
            } else if (key.contains("token") || key.contains("secret") || key.contains("api-key")) {
                out.append(" -H ").append(quote(name + ": ")).append("\"$TOKEN\"");
            } else {
                out.append(" -H ").append(quote(value.isEmpty() ? name + ";" : name + ": " + mask.apply(value)));
            }
        }
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean binary = text.chars().anyMatch(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c == 0x7f);
            return binary ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** In single quotes, where the shell takes everything as it is; nothing that a terminal would obey is left in. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                out.append("'\\''");
            } else if (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) && !isInvisible(c)
                    || c == '\n'
                    || c == '\t') {
                out.append(c);
            }
        }
        return out.append('\'').toString();
    }

    /** Bidirectional and zero-width marks, by which a command would look other than it is. */
    private static boolean isInvisible(char c) {
        return c >= 0x200b && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2060 && c <= 0x2069 || c == 0xfeff;
    }
}

package dev.retake.privacy.quality;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All that a reader could make of an exchange: its parts as they are, and with each usual escaping undone. */
final class Decoded {
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern REFERENCE = Pattern.compile("&#(x?)([0-9a-fA-F]+);");

    private final StringBuilder text = new StringBuilder();

    private Decoded() {}

    static String of(Exchange exchange) {
        Decoded decoded = new Decoded();
        decoded.add(exchange.request().target());
        decoded.add(exchange.request().headers());
        decoded.add(new String(exchange.request().body().bytes(), StandardCharsets.UTF_8));
        decoded.add(exchange.response().headers());
        decoded.add(new String(exchange.response().body().bytes(), StandardCharsets.UTF_8));
        return decoded.text.toString();
    }

    private void add(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            String value = headers.value(i);
            add(value);
            if (value.startsWith("Basic ")) {
                add(new String(Base64.getMimeDecoder().decode(value.substring(6)), StandardCharsets.UTF_8));
            }
        }
    }

    private void add(String part) {
        text.append(part).append('\n');
        if (part.indexOf('\\') >= 0) {
            text.append(json(part)).append('\n');
        }
        if (part.indexOf('&') >= 0) {
            text.append(markup(part)).append('\n');
        }
        if (part.indexOf('"') >= 0) {
            text.append(part.replace("\"\"", "\"")).append('\n');
        }
        if (part.indexOf('%') >= 0 || part.indexOf('+') >= 0) {
            text.append(percent(part)).append('\n');
        }
    }

    private static String json(String part) {
        Matcher escape = UNICODE.matcher(part);
        String unescaped =
                escape.replaceAll(match -> Matcher.quoteReplacement("" + (char) Integer.parseInt(match.group(1), 16)));
        return unescaped
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\/", "/")
                .replace("\\\\", "\\");
    }

    private static String markup(String part) {
        String unescaped = REFERENCE.matcher(part).replaceAll(match -> {
            int radix = match.group(1).isEmpty() ? 10 : 16;
            return Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(2), radix)));
        });
        return unescaped
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static String percent(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}

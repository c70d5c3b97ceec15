package dev.retake.privacy.quality;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a value is written where it stands, so that a reader of the message gets the value. */
enum Written {
    PLAIN,
    JSON,
    MARKUP,
    PERCENT,
    CELL;

    static Written in(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        if (type.contains("json")) {
            return JSON;
        }
        if (type.contains("xml") || type.contains("html")) {
            return MARKUP;
        }
        if (type.contains("urlencoded")) {
            return PERCENT;
        }
        return type.contains("csv") ? CELL : PLAIN;
    }

    String escape(String text) {
        return switch (this) {
            case PLAIN -> text;
            case JSON -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            case MARKUP -> text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            case PERCENT -> URLEncoder.encode(text, StandardCharsets.UTF_8);
            case CELL ->
                text.chars().anyMatch(c -> ",;\"\n\t".indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
        };
    }
}

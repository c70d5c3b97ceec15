package dev.retake.cli.leak;

import java.util.EnumSet;
import java.util.Set;

/** What a place makes of a text, and which further encodings make sense there. */
enum Syntax {
    URI,
    HEADER,
    COOKIE,
    JSON,
    /** A string of JSON inside one, as of a document or of GraphQL. */
    JSON_TWICE,
    NUMBER,
    MARKUP,
    /** Neither escapes nor lines matter: CDATA, comments, plain text. */
    TEXT,
    CSV,
    /** What is base64 by itself. */
    BASIC;

    String escape(String text) {
        return switch (this) {
            case URI, COOKIE -> Encoding.percent(text);
            case JSON -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            case JSON_TWICE -> JSON.escape(JSON.escape(text));
            case MARKUP -> text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            case CSV -> '"' + text.replace("\"", "\"\"") + '"';
            case HEADER, NUMBER, TEXT, BASIC -> text;
        };
    }

    /** How {@code value} is written under {@code encoding}. */
    String written(Encoding encoding, String key, String value) {
        String encoded = encoding.value(key, value);
        if (this == URI || this == COOKIE) {
            return encoding == Encoding.PERCENT || encoding == Encoding.DOUBLE_PERCENT ? encoded : escape(encoded);
        }
        if (encoding == Encoding.JSON_ESCAPES) {
            String escapes = Encoding.everyByte(value, "\\u%04x");
            return this == JSON_TWICE ? JSON.escape(escapes) : escapes;
        }
        if (encoding == Encoding.REFERENCES) {
            return Encoding.everyByte(value, "&#x%x;");
        }
        return escape(encoded);
    }

    Set<Encoding> encodings() {
        Set<Encoding> all = EnumSet.of(
                Encoding.NONE,
                Encoding.BASE64,
                Encoding.BASE64URL,
                Encoding.PERCENT,
                Encoding.DOUBLE_PERCENT,
                Encoding.JSON_IN_BASE64);
        switch (this) {
            case JSON, JSON_TWICE -> all.add(Encoding.JSON_ESCAPES);
            case MARKUP -> all.add(Encoding.REFERENCES);
            case NUMBER, BASIC -> {
                return EnumSet.of(Encoding.NONE);
            }
            case URI, HEADER, COOKIE, TEXT, CSV -> {}
        }
        return all;
    }
}

package dev.retake.privacy.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Character references of XML (XML 1.0 §4.1) and those named ones of HTML that stand for characters of names, addresses
 * and credentials. Entities that a document declares itself are never expanded.
 */
final class CharacterReferences {
    private static final int LONGEST = 12;
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("amp", (int) '&'),
            Map.entry("lt", (int) '<'),
            Map.entry("gt", (int) '>'),
            Map.entry("quot", (int) '"'),
            Map.entry("apos", (int) '\''),
            Map.entry("nbsp", 0xa0),
            Map.entry("commat", (int) '@'),
            Map.entry("period", (int) '.'),
            Map.entry("colon", (int) ':'),
            Map.entry("sol", (int) '/'),
            Map.entry("plus", (int) '+'),
            Map.entry("equals", (int) '='),
            Map.entry("lowbar", (int) '_'),
            Map.entry("hyphen", 0x2010),
            Map.entry("dash", 0x2010),
            Map.entry("ndash", 0x2013),
            Map.entry("mdash", 0x2014),
            Map.entry("auml", 0xe4),
            Map.entry("ouml", 0xf6),
            Map.entry("uuml", 0xfc),
            Map.entry("Auml", 0xc4),
            Map.entry("Ouml", 0xd6),
            Map.entry("Uuml", 0xdc),
            Map.entry("szlig", 0xdf),
            Map.entry("aacute", 0xe1),
            Map.entry("eacute", 0xe9),
            Map.entry("iacute", 0xed),
            Map.entry("oacute", 0xf3),
            Map.entry("uacute", 0xfa),
            Map.entry("egrave", 0xe8),
            Map.entry("agrave", 0xe0),
            Map.entry("acirc", 0xe2),
            Map.entry("ecirc", 0xea),
            Map.entry("icirc", 0xee),
            Map.entry("ocirc", 0xf4),
            Map.entry("euml", 0xeb),
            Map.entry("iuml", 0xef),
            Map.entry("ccedil", 0xe7),
            Map.entry("ntilde", 0xf1),
            Map.entry("Ntilde", 0xd1),
            Map.entry("Eacute", 0xc9),
            Map.entry("aring", 0xe5),
            Map.entry("Aring", 0xc5),
            Map.entry("aelig", 0xe6),
            Map.entry("AElig", 0xc6),
            Map.entry("oslash", 0xf8),
            Map.entry("Oslash", 0xd8),
            Map.entry("atilde", 0xe3),
            Map.entry("otilde", 0xf5));

    private CharacterReferences() {}

    static int decodeOne(byte[] source, int at, int end, DecodedText into) {
        int semicolon = at + 1;
        while (semicolon < end && semicolon - at <= LONGEST && source[semicolon] != ';') {
            semicolon++;
        }
        if (semicolon >= end || source[semicolon] != ';' || semicolon == at + 1) {
            return 0;
        }
        int codePoint = source[at + 1] == '#'
                ? numeric(source, at + 2, semicolon)
                : NAMED.getOrDefault(new String(source, at + 1, semicolon - at - 1, StandardCharsets.ISO_8859_1), -1);
        if (codePoint < 0) {
            return 0;
        }
        into.addCodePoint(codePoint, at);
        return semicolon + 1 - at;
    }

    private static int numeric(byte[] source, int from, int to) {
        boolean hex = from < to && (source[from] | 0x20) == 'x';
        int start = hex ? from + 1 : from;
        int value = start < to ? 0 : -1;
        for (int i = start; i < to; i++) {
            int digit = Character.digit(source[i], hex ? 16 : 10);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
            value = value * (hex ? 16 : 10) + digit;
        }
        return value <= Character.MAX_CODE_POINT ? value : -1;
    }

    static byte[] encode(byte[] text) {
        boolean plain = true;
        for (byte b : text) {
            plain &= b != '&' && b != '<' && b != '>' && b != '"' && b != '\'';
        }
        if (plain) {
            return text;
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length + 16);
        for (byte b : text) {
            switch (b) {
                case '&' -> encoded.writeBytes("&amp;".getBytes(StandardCharsets.US_ASCII));
                case '<' -> encoded.writeBytes("&lt;".getBytes(StandardCharsets.US_ASCII));
                case '>' -> encoded.writeBytes("&gt;".getBytes(StandardCharsets.US_ASCII));
                case '"' -> encoded.writeBytes("&quot;".getBytes(StandardCharsets.US_ASCII));
                case '\'' -> encoded.writeBytes("&#39;".getBytes(StandardCharsets.US_ASCII));
                default -> encoded.write(b);
            }
        }
        return encoded.toByteArray();
    }
}

package dev.retake.privacy.scan;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The ways in which one value may be written. Mixtures of escapes are not among them: {@link Unescaping} undoes those. */
final class CanaryForms {
    /** Shorter runs of base64 are met by chance. */
    private static final int SHORTEST_BASE64 = 6;

    private CanaryForms() {}

    /** Each form with its name; the first name of a form that several ways give. */
    static Map<String, String> of(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        add(forms, utf8, "raw");
        String hex = HexFormat.of().formatHex(utf8);
        add(forms, hex, "hex");
        add(forms, hex.toUpperCase(Locale.ROOT), "hex");
        base64(forms, utf8);
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String percent : new String[] {form, form.replace("+", "%20"), value.replace(' ', '+')}) {
            add(forms, percent, "percent");
            add(forms, lowerHex(percent), "percent");
        }
        if (utf8.length != value.length()) {
            // Where all characters are ASCII, leaving out the zero bytes gives the value itself.
            add(forms, value.getBytes(StandardCharsets.UTF_16LE), "utf-16");
            add(forms, value.getBytes(StandardCharsets.UTF_16BE), "utf-16");
            add(forms, value.getBytes(StandardCharsets.ISO_8859_1), "latin-1");
        }
        return forms;
    }

    /** A form as bytes; {@link #of} names each byte by the character of that number. */
    static byte[] bytes(String form) {
        return form.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What base64 makes of the value behind 0, 1 or 2 other bytes, without the characters that depend on neighbours. */
    private static void base64(Map<String, String> forms, byte[] utf8) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + utf8.length];
            System.arraycopy(utf8, 0, shifted, before, utf8.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            if (to - from < SHORTEST_BASE64) {
                continue;
            }
            String inner = encoded.substring(from, to);
            add(forms, inner, "base64");
            add(forms, inner.replace('+', '-').replace('/', '_'), "base64url");
        }
    }

    private static String lowerHex(String percent) {
        StringBuilder lower = new StringBuilder(percent);
        for (int i = lower.indexOf("%"); i >= 0 && i + 2 < lower.length(); i = lower.indexOf("%", i + 1)) {
            lower.setCharAt(i + 1, Character.toLowerCase(lower.charAt(i + 1)));
            lower.setCharAt(i + 2, Character.toLowerCase(lower.charAt(i + 2)));
        }
        return lower.toString();
    }

    private static void add(Map<String, String> forms, String ascii, String name) {
        add(forms, ascii.getBytes(StandardCharsets.UTF_8), name);
    }

    private static void add(Map<String, String> forms, byte[] form, String name) {
        forms.putIfAbsent(new String(form, StandardCharsets.ISO_8859_1), name);
    }
}

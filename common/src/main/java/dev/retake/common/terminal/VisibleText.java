package dev.retake.common.terminal;

/**
 * Makes text safe to look at: whatever a reader would not see, or that would change how the rest is read, is written as
 * an escape. That is control characters (a terminal obeys them, XML forbids them), bidirectional overrides, invisible
 * characters, lone surrogates and noncharacters. It does not escape for a format; its writer does.
 */
public final class VisibleText {
    private VisibleText() {}

    /** {@code text} in one line. */
    public static String line(String text) {
        return visible(text, false);
    }

    /** {@code text} with its line breaks and tabs kept. */
    public static String block(String text) {
        return visible(text, true);
    }

    private static String visible(String text, boolean breaks) {
        int at = 0;
        while (at < text.length() && !hidden(text.codePointAt(at), breaks)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (hidden(c, breaks)) {
                escape(c, shown);
            } else {
                shown.appendCodePoint(c);
            }
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    private static void escape(int c, StringBuilder shown) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }

    private static boolean hidden(int c, boolean breaks) {
        if (c < 0x20) {
            return !breaks || (c != '\n' && c != '\t');
        }
        if (c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Joiners are part of words and emoji in many scripts; other format characters only hide or reorder.
            case Character.FORMAT -> c != 0x200C && c != 0x200D && c != 0xAD;
            default -> (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
        };
    }
}

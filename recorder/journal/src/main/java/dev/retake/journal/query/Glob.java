package dev.retake.journal.query;

/** A pattern in which {@code *} stands for any characters, also none; matched in linear space without backtracking over parts. */
final class Glob {
    private final String[] parts;
    private final int leastLength;

    Glob(String pattern) {
        this.parts = pattern.split("\\*+", -1);
        int length = 0;
        for (String part : parts) {
            length += part.length();
        }
        this.leastLength = length;
    }

    boolean matches(String text) {
        if (parts.length == 1) {
            return text.equals(parts[0]);
        }
        String last = parts[parts.length - 1];
        if (text.length() < leastLength || !text.startsWith(parts[0]) || !text.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        int end = text.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= end;
    }
}

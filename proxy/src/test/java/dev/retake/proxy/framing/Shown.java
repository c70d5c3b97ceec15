package dev.retake.proxy.framing;

/** Bytes as the names of tests show them. */
final class Shown {
    private static final int LENGTH = 90;

    private Shown() {}

    /** Controls as they are written in code, and no longer than a line. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.substring(0, Math.min(LENGTH, text.length())).toCharArray()) {
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                default -> shown.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return shown.toString();
    }
}

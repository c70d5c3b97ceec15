package dev.retake.replay.correlate;

/** Describes where a piece stands in a longer text by what stands before and after it. */
final class Surroundings {
    private static final int MAX_LENGTH = 32;

    private Surroundings() {}

    /** The first place of {@code piece} in {@code text}, by fixed words around it: digits near it may differ elsewhere. */
    static Fragment of(String text, String piece) {
        int start = text.indexOf(piece);
        int end = start + piece.length();
        int from = start;
        while (from > 0 && start - from < MAX_LENGTH && !isVariable(text.charAt(from - 1))) {
            from--;
        }
        int to = end;
        while (to < text.length() && to - end < MAX_LENGTH && !isVariable(text.charAt(to))) {
            to++;
        }
        return new Fragment.Between(text.substring(from, start), text.substring(end, to));
    }

    private static boolean isVariable(char c) {
        return c >= '0' && c <= '9';
    }
}

package dev.retake.replay.correlate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cuts a value into the pieces that could have been put together to make it, coarse ones first: {@code Bearer abc} into
 * two, {@code https://host/orders/7} into host and segments, {@code order-7f3a-line-2} into its words and runs of them.
 */
final class Pieces {
    /** What separates pieces, from coarse to fine. */
    private static final List<String> SEPARATORS = List.of(" \t\r\n\"'<>,;()[]{}|\\&?#", "=:/@", ".~+*!$%^", "-_");

    /** Runs of more words than this are not looked up. */
    private static final int MAX_RUN = 6;

    /** In longer texts only the coarse pieces are looked up. */
    private static final int MAX_FINE = 20_000;

    private Pieces() {}

    /** How many levels there are below the whole. */
    static int levels() {
        return SEPARATORS.size();
    }

    /** Whether level {@code level} is the finest, whose pieces are also looked up in runs. */
    static boolean isFinest(int level) {
        return level == SEPARATORS.size() - 1;
    }

    /** Whether {@code value} is short enough to be cut at {@code level}. */
    static boolean mayCut(String value, int level) {
        return level < SEPARATORS.size() && (value.length() <= MAX_FINE || level <= 1);
    }

    /** The first run of letters and digits in {@code text}; empty where there is none. */
    static String firstWord(String text) {
        int start = 0;
        while (start < text.length() && !Character.isLetterOrDigit(text.charAt(start))) {
            start++;
        }
        return text.substring(start, endOfWord(text, start));
    }

    /** Whether any run of letters and digits in {@code text} is one of {@code words}. */
    static boolean anyWord(String text, Set<String> words) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfWord(text, at);
            if (end > at && words.contains(text.substring(at, end))) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Pieces and separators of {@code value} in turn, so that together they are {@code value}: a piece is at each even place. */
    static List<String> split(String value, int level) {
        String separators = SEPARATORS.get(level);
        List<String> parts = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < value.length()) {
            if (separators.indexOf(value.charAt(i)) < 0) {
                i++;
                continue;
            }
            int end = i;
            while (end < value.length() && separators.indexOf(value.charAt(end)) >= 0) {
                end++;
            }
            parts.add(value.substring(start, i));
            parts.add(value.substring(i, end));
            start = end;
            i = end;
        }
        parts.add(value.substring(start));
        return parts;
    }

    /** The longest run of pieces in {@code parts} that starts at {@code from} and may be looked up, as an end position. */
    static int longestRun(List<String> parts, int from) {
        return Math.min(parts.size(), from + 2 * MAX_RUN - 1);
    }

    /** Hands every piece of {@code value} that could be looked up, itself first, to {@code visitor}. */
    static void each(String value, Consumer<String> visitor) {
        visitor.accept(value);
        if (!Evidence.isTimestamp(value)) {
            descend(value, 0, visitor);
        }
    }

    private static void descend(String value, int level, Consumer<String> visitor) {
        if (!mayCut(value, level)) {
            return;
        }
        List<String> parts = split(value, level);
        if (parts.size() == 1) {
            descend(value, level + 1, visitor);
            return;
        }
        for (int i = 0; i < parts.size(); i += 2) {
            String piece = parts.get(i);
            if (piece.isEmpty()) {
                continue;
            }
            visitor.accept(piece);
            if (!Evidence.isTimestamp(piece)) {
                descend(piece, level + 1, visitor);
            }
            if (isFinest(level)) {
                for (int end = i + 3; end <= longestRun(parts, i); end += 2) {
                    visitor.accept(String.join("", parts.subList(i, end)));
                }
            }
        }
    }
}

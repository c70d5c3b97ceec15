package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import java.util.ArrayList;
import java.util.List;

/**
 * The fixed beginnings that providers give to their keys and tokens, with the length and alphabet of what follows.
 *
 * @param text the beginning
 * @param least fewest characters after it
 * @param most most characters after it
 * @param alphabet of what follows
 */
public record KeyPrefix(String text, int least, int most, Alphabet alphabet) {
    /** Which characters may follow a prefix. */
    public enum Alphabet {
        HEX {
            @Override
            boolean contains(byte b) {
                return Bytes.isHex(b);
            }
        },
        ALPHANUMERIC {
            @Override
            boolean contains(byte b) {
                return Bytes.isAlphanumeric(b);
            }
        },
        /** Letters, digits, {@code _} and {@code -}. */
        WORD {
            @Override
            boolean contains(byte b) {
                return Bytes.isAlphanumeric(b) || b == '_' || b == '-';
            }
        },
        /** Those and the dot, plus, slash and equals sign. */
        ANY {
            @Override
            boolean contains(byte b) {
                return Bytes.isBase64(b) || b == '.' || b == '=';
            }
        },
        /** Those of {@link #WORD}, and the marks that parts of some keys are joined by. */
        JOINED {
            @Override
            boolean contains(byte b) {
                return WORD.contains(b)
                        || b == '$'
                        || b == '|'
                        || b == '.'
                        || b == ':'
                        || b == '%'
                        || b == '~'
                        || b == '*'
                        || b == '!';
            }
        };

        abstract boolean contains(byte b);
    }

    /** Bits that all beginnings may take, but for those that end in an underscore, which share one. */
    private static final int WINDOWS = 17;

    private static final int WINDOW_MASK = 127;
    private static final KeyPrefix[] NONE = {};
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";

    /** Every known beginning; where one begins with another, the one that stands first is asked first. */
    private static final List<KeyPrefix> KNOWN = read();

    private static final KeyPrefix[][] BY_WINDOW = byWindow();

    private static List<KeyPrefix> read() {
        List<KeyPrefix> known = new ArrayList<>();
        for (String line : PersonWords.list("key-prefixes.txt").split("\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t");
            for (int k = 3; k < parts.length; k++) {
                known.add(new KeyPrefix(
                        parts[k], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Alphabet.valueOf(parts[0])));
            }
        }
        return known;
    }

    /**
     * Windows over the last three characters of each prefix, or all and a digit where it is shorter; one for all that end in
     * an underscore.
     */
    static List<String[]> triggers() {
        Windows windows = new Windows(WINDOWS);
        for (String[] text : texts()) {
            windows.add(text[0], text[1], text[2]);
        }
        List<String[]> all = new ArrayList<>(windows.all());
        all.add(new String[] {LETTERS + DIGITS + "_-", LETTERS + DIGITS, "_"});
        return all;
    }

    /** What the windows stand for, each text by itself; those that end in an underscore are left out. */
    static List<String[]> texts() {
        List<String[]> texts = new ArrayList<>();
        for (KeyPrefix prefix : KNOWN) {
            int last = prefix.windowEnd() - 1;
            if (!prefix.endsTag()) {
                texts.add(new String[] {prefix.setAt(last - 2), prefix.setAt(last - 1), prefix.setAt(last)});
            }
        }
        texts.addAll(KeyMark.texts());
        return texts;
    }

    /** Looks for a key whose prefix has its window around {@code p}; returns its start, and its end in the upper half. */
    static long find(byte[] text, int floor, int p, int to) {
        boolean tag = p + 1 < to && text[p + 1] == '_';
        if (tag && !TaggedKey.mayFollow(text, p + 2, to)) {
            return -1;
        }
        KeyPrefix[] candidates = text[p] < 0 ? NONE : BY_WINDOW[text[p] & WINDOW_MASK];
        for (KeyPrefix prefix : candidates) {
            int start = p + 2 - prefix.windowEnd();
            if (start >= floor && Bytes.startsToken(text, floor, start)) {
                int end = prefix.end(text, start, to);
                if (end > 0) {
                    return (long) end << 32 | start;
                }
            }
        }
        return tag ? TaggedKey.find(text, floor, p, to) : -1;
    }

    private boolean endsTag() {
        return this.text.length() >= 3 && this.text.endsWith("_");
    }

    private int windowEnd() {
        return Math.max(3, this.text.length());
    }

    private String setAt(int i) {
        return i < this.text.length() ? this.text.substring(i, i + 1) : "0123456789abcdefABCDEF";
    }

    private static KeyPrefix[][] byWindow() {
        KeyPrefix[][] byMiddle = new KeyPrefix[WINDOW_MASK + 1][];
        for (int middle = 0; middle < byMiddle.length; middle++) {
            int wanted = middle;
            byMiddle[middle] = KNOWN.stream()
                    .filter(prefix -> prefix.text.charAt(prefix.windowEnd() - 2) == wanted)
                    .toArray(KeyPrefix[]::new);
        }
        return byMiddle;
    }

    /** How many characters at the start of {@code value} name its provider and kind; 0 for other values. */
    public static int lengthIn(String value) {
        for (KeyPrefix prefix : KNOWN) {
            if (value.startsWith(prefix.text) && value.length() >= prefix.text.length() + prefix.least) {
                return prefix.text.length();
            }
        }
        return 0;
    }

    /** The end of a key that begins at {@code i} with this prefix, or -1. */
    int end(byte[] text, int i, int to) {
        if (!Bytes.matches(text, i, to, this.text)) {
            return -1;
        }
        int start = i + this.text.length();
        int limit = (int) Math.min(to, (long) start + most);
        int end = start;
        int digits = 0;
        int capitals = 0;
        while (end < limit && alphabet.contains(text[end])) {
            byte b = text[end++];
            digits += Bytes.isDigit(b) ? 1 : 0;
            capitals += b >= 'A' && b <= 'Z' ? 1 : 0;
        }
        while (end > start && (text[end - 1] == '.' || text[end - 1] == '-')) {
            end--;
        }
        boolean cut = end < to && Bytes.isWord(text[end]);
        boolean random = digits >= 4 || (digits >= 1 && capitals >= 1) || capitals >= 12;
        return end - start >= least && !cut && random ? end : -1;
    }
}

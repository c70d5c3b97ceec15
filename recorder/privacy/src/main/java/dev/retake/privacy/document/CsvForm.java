package dev.retake.privacy.document;

/** What the first row of a CSV text (RFC 4180) tells: what parts its cells, and whether it names the columns. */
public final class CsvForm {
    private static final String DELIMITERS = ",;\t|";
    private static final int LONGEST_HEADING = 64;

    private CsvForm() {}

    /** Whether {@code source[from, to)}, a row, names columns: every cell is empty or words, none a number or an address. */
    public static boolean areHeadings(byte[] source, int from, int to, byte delimiter) {
        boolean letters = false;
        int length = 0;
        boolean digitsOnly = true;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (b == delimiter) {
                if (digitsOnly && length > 0) {
                    return false;
                }
                length = 0;
                digitsOnly = true;
                continue;
            }
            boolean letter = b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
            letters |= letter;
            if (b != '"' && b != '\r') {
                length++;
                digitsOnly &= !letter;
            }
            if (b == '@' || length > LONGEST_HEADING) {
                return false;
            }
        }
        return letters && !(digitsOnly && length > 0);
    }

    /** What parts the cells of the first row of {@code source[from, to)} most often, quoted cells passed over. */
    public static byte delimiter(byte[] source, int from, int to) {
        int[] counts = new int[DELIMITERS.length()];
        boolean quoted = false;
        for (int i = from; i < to && (quoted || source[i] != '\n'); i++) {
            quoted ^= source[i] == '"';
            int candidate = quoted ? -1 : DELIMITERS.indexOf(source[i]);
            if (candidate >= 0) {
                counts[candidate]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return (byte) DELIMITERS.charAt(best);
    }
}

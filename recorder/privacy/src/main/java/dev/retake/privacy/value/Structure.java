package dev.retake.privacy.value;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import java.nio.charset.StandardCharsets;

/**
 * Tells what an API is made of, names and fixed path segments, from what its users put there: ids as keys, names of people
 * in paths. What is in doubt counts as the users'.
 */
public final class Structure {
    /** Of more names or segments beside one another none is taken for the API's own. */
    public static final int MOST_NAMES = 64;

    private static final int LONGEST_NAME = 48;
    private static final int MOST_HYPHENS = 3;

    private Structure() {}

    /** Whether a name says more than what kind of value it names. */
    public static boolean looksLikeValue(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || PathTemplate.looksLikeId(name)) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == '@' || c == 0x7f) {
                return true;
            }
        }
        HitList hits = new HitList();
        Detectors.scan(name, hits);
        return !hits.isEmpty();
    }

    /** Whether {@code source[from, to)} is a word that an API may call a segment of its paths: few, plain and short. */
    static boolean isSegment(byte[] source, int from, int to) {
        int hyphens = 0;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            boolean mark = b == '-' || b == '_' || b == '.' || b == '~' || b == '*' || b == '$';
            if (!letter && !mark) {
                return false;
            }
            hyphens += b == '-' || b == '_' ? 1 : 0;
        }
        return hyphens <= MOST_HYPHENS
                && !looksLikeValue(new String(source, from, to - from, StandardCharsets.US_ASCII));
    }
}

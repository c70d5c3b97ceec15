package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Escaping;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** How text writes {@code name: value}. */
public enum Syntax {
    /** As people and configuration do: values may stand without quotes. */
    PROSE,
    /** As programs and GraphQL do: only quoted values and numbers are values, a bare word is a variable or a type. */
    CODE;

    /** What text may be escaped with beyond its own format, in the order in which it is tried. */
    static final List<Escaping> ESCAPINGS = List.of(Escaping.PERCENT, Escaping.JSON, Escaping.MARKUP);

    private static final List<byte[]> GRAPHQL = List.of(
            "query".getBytes(StandardCharsets.US_ASCII),
            "mutation".getBytes(StandardCharsets.US_ASCII),
            "subscription".getBytes(StandardCharsets.US_ASCII),
            "fragment".getBytes(StandardCharsets.US_ASCII));

    /** The syntax of text that nothing is known of: code where it begins as a GraphQL document does. */
    public static Syntax of(byte[] source, int from, int to) {
        if (from >= to || source[from] != 'q' && source[from] != 'm' && source[from] != 's' && source[from] != 'f') {
            return PROSE;
        }
        for (byte[] keyword : GRAPHQL) {
            int end = from + keyword.length;
            boolean begins = end < to && Arrays.equals(source, from, end, keyword, 0, keyword.length);
            if (begins
                    && (source[end] == ' ' || source[end] == '{' || source[end] == '(')
                    && contains(source, end, to)) {
                return CODE;
            }
        }
        return PROSE;
    }

    private static boolean contains(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] == '{') {
                return true;
            }
        }
        return false;
    }
}

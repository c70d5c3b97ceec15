package dev.retake.verdict;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place where a team accepts any difference: {@code OPERATION:LOCATION}, as in {@code GET /orders/{id}:/total},
 * {@code *:header:Server} or {@code GET /feed:body}.
 *
 * <p>In a JSON Pointer, a segment {@code *} stands for any one segment, and a rule covers what lies below its location.
 * In an operation, {@code *} stands for any run of characters. Header names match in any case.
 *
 * @param operation an operation, {@code *} for all
 * @param location a location of CONTRACTS, such as a JSON Pointer, {@code header:Name} or {@code status}
 */
public record IgnoreRule(String operation, String location) {

    /**
     * Reads a rule; it splits at the last colon that stands before {@code /}, {@code header:}, {@code status},
     * {@code body} or {@code latency}.
     *
     * @throws RetakeException {@link ErrorCode#ARGUMENT} where there is no such colon or no operation
     */
    public static IgnoreRule parse(String text) {
        int split = -1;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            if (isLocation(text.substring(colon + 1))) {
                split = colon;
            }
        }
        if (split <= 0) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "The rule to ignore '" + text
                            + "' is not OPERATION:LOCATION; write it like 'GET /orders/{id}:/total',"
                            + " '*:header:Server' or '*:latency'.");
        }
        return new IgnoreRule(text.substring(0, split).trim(), text.substring(split + 1));
    }

    private static boolean isLocation(String text) {
        return text.startsWith("/")
                || text.toLowerCase(Locale.ROOT).startsWith("header:")
                || text.equals("status")
                || text.equals("body")
                || text.equals("latency");
    }

    /** Whether a difference of {@code inOperation} at {@code at} is accepted. */
    public boolean covers(String inOperation, String at) {
        return coversOperation(inOperation) && coversLocation(at);
    }

    private boolean coversOperation(String inOperation) {
        return operation.equals("*") || glob(operation, inOperation);
    }

    private boolean coversLocation(String at) {
        if (location.equals("body")) {
            return at.equals("body") || at.startsWith("/");
        }
        if (!location.startsWith("/")) {
            return location.equalsIgnoreCase(at);
        }
        String[] wanted = location.split("/", -1);
        String[] given = at.split("/", -1);
        if (wanted.length > given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }

    /** Linear in practice and quadratic at worst: the only way back is to the last star. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The rule as it is written; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return operation + ":" + location;
    }

    /** The first of {@code rules} that covers the place, null where none does. */
    static @Nullable IgnoreRule first(Iterable<IgnoreRule> rules, String inOperation, String at) {
        for (IgnoreRule rule : rules) {
            if (rule.covers(inOperation, at)) {
                return rule;
            }
        }
        return null;
    }
}

package dev.retake.replay.rewrite;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.regex.Pattern;

/** One change that the user wants in every replayed request; an empty value removes. */
public sealed interface RewriteRule {
    /** Sets a header: the first of its name keeps its place, others go. */
    record Header(String name, String value) implements RewriteRule {}

    /** Sets what {@code Host} says; empty sends none, as HTTP/1.0 allows. */
    record Host(String value) implements RewriteRule {}

    /** Replaces a prefix of the path that ends at a segment. */
    record Path(String prefix, String replacement) implements RewriteRule {}

    /** Sets a query parameter that the request has or lacks; every one of that name goes first. */
    record Query(String name, String value) implements RewriteRule {}

    /** What may be written. */
    String ALLOWED = "header:NAME=VALUE, host=VALUE, path:/OLD=/NEW or query:NAME=VALUE";

    /** A field name (RFC 9110 §5.1). */
    Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Reads a rule.
     *
     * @throws RetakeException {@link ErrorCode#ARGUMENT} where it has another form
     */
    static RewriteRule parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || !isPrintable(text)) {
            throw refused(text);
        }
        String left = text.substring(0, equals);
        String value = text.substring(equals + 1);
        if (left.equals("host") && value.indexOf(' ') < 0) {
            return new Host(value);
        }
        int colon = left.indexOf(':');
        String name = left.substring(colon + 1);
        if (colon < 0 || name.isEmpty()) {
            throw refused(text);
        }
        switch (left.substring(0, colon)) {
            case "header" -> {
                if (name.equalsIgnoreCase(RequestRewriter.RUN_HEADER)) {
                    throw new RetakeException(
                            ErrorCode.ARGUMENT,
                            "A rewrite rule names " + RequestRewriter.RUN_HEADER
                                    + ", which marks every replayed request; leave it as it is.");
                }
                if (TOKEN.matcher(name).matches()) {
                    return new Header(name, value.trim());
                }
            }
            case "path" -> {
                if (name.startsWith("/") && (value.isEmpty() || value.startsWith("/")) && value.indexOf(' ') < 0) {
                    return new Path(name, value);
                }
            }
            case "query" -> {
                return new Query(name, value);
            }
            default -> throw refused(text);
        }
        throw refused(text);
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    }

    private static RetakeException refused(String text) {
        return new RetakeException(
                ErrorCode.ARGUMENT, "The rewrite rule '" + text + "' is not one; write " + ALLOWED + ".");
    }
}

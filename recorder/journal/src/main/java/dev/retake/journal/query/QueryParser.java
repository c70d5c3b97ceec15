package dev.retake.journal.query;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** Reads an expression by recursive descent. For one use. */
final class QueryParser {
    private static final int MAX_DEPTH = 200;
    private static final List<String> OPERATORS = List.of("!=", "!~", "<=", ">=", "=", "~", "<", ">");
    private static final String FIELDS = "path, method, operation, identity, status, duration, since or until";

    private final String text;
    private final Instant now;
    private int at;
    private int depth;

    QueryParser(String text, Instant now) {
        this.text = text;
        this.now = now;
    }

    Condition parse() {
        Condition condition = any();
        skipSpace();
        if (at < text.length()) {
            throw error(at, text.charAt(at) == ')' ? "this bracket closes nothing" : "expected and, or, or the end");
        }
        return condition;
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (takeWord("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(List.copyOf(parts));
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        while (takeWord("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All(List.copyOf(parts));
    }

    private Condition one() {
        if (++depth > MAX_DEPTH) {
            throw error(at, "this is nested too deeply");
        }
        Condition condition;
        if (takeWord("not")) {
            condition = new Condition.Not(one());
        } else if (take('(')) {
            int opened = at - 1;
            condition = any();
            if (!take(')')) {
                throw error(opened, "this bracket is not closed");
            }
        } else {
            condition = comparison();
        }
        depth--;
        return condition;
    }

    private Condition comparison() {
        skipSpace();
        int fieldAt = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String field = text.substring(fieldAt, at).toLowerCase(Locale.ROOT);
        if (field.isEmpty()) {
            throw error(fieldAt, "expected " + FIELDS);
        }
        skipSpace();
        int operatorAt = at;
        String operator = OPERATORS.stream()
                .filter(candidate -> text.startsWith(candidate, at))
                .findFirst()
                .orElse("");
        at += operator.length();
        return switch (field) {
            case "path" -> negatable(operator, new Condition.OfPath(texts(operator, operatorAt)));
            case "operation" -> negatable(operator, new Condition.OfOperation(texts(operator, operatorAt)));
            case "method" -> equality(operator, operatorAt, new Condition.OfMethod(value()));
            case "identity" -> equality(operator, operatorAt, new Condition.OfIdentity(value()));
            case "status" -> status(operator, operatorAt);
            case "duration" -> duration(operator, operatorAt);
            case "since" -> new Condition.Since(time(operator, operatorAt, false));
            case "until" -> new Condition.Until(time(operator, operatorAt, true));
            default -> throw error(fieldAt, "there is no field " + field + "; use " + FIELDS);
        };
    }

    private Predicate<String> texts(String operator, int operatorAt) {
        require(operator, operatorAt, "=", "!=", "~", "!~");
        String wanted = value();
        return operator.endsWith("~") ? new Glob(wanted)::matches : wanted::equals;
    }

    private static Condition negatable(String operator, Condition condition) {
        return operator.startsWith("!") ? new Condition.Not(condition) : condition;
    }

    private Condition equality(String operator, int operatorAt, Condition condition) {
        require(operator, operatorAt, "=", "!=");
        return negatable(operator, condition);
    }

    private Condition status(String operator, int operatorAt) {
        require(operator, operatorAt, "=", "!=", "<", "<=", ">", ">=");
        int valueAt = valueAt();
        String wanted = value().toLowerCase(Locale.ROOT);
        if (wanted.matches("[1-5]xx")) {
            require(operator, operatorAt, "=", "!=");
            int hundreds = wanted.charAt(0) - '0';
            return negatable(operator, new Condition.OfStatus(status -> status / 100 == hundreds));
        }
        if (!wanted.matches("\\d{1,4}")) {
            throw error(valueAt, "expected a status as 404 or 5xx");
        }
        LongPredicate test = comparing(operator, Integer.parseInt(wanted));
        IntPredicate narrowed = test::test;
        return negatable(operator, new Condition.OfStatus(narrowed));
    }

    private Condition duration(String operator, int operatorAt) {
        require(operator, operatorAt, "=", "!=", "<", "<=", ">", ">=");
        int valueAt = valueAt();
        long nanos = TimeText.nanos(value())
                .orElseThrow(() -> error(valueAt, "expected a duration with its unit, as 200ms or 1.5s"));
        return negatable(operator, new Condition.OfDuration(comparing(operator, nanos)));
    }

    private long time(String operator, int operatorAt, boolean endOfDay) {
        require(operator, operatorAt, "=");
        int valueAt = valueAt();
        return TimeText.micros(value(), now, endOfDay)
                .orElseThrow(() -> error(
                        valueAt, "expected a time as 2026-11-21T09:30:00Z or 2026-11-21, or how long ago, as 1h"));
    }

    /** Negation is the caller's: {@code !=} compares like {@code =}. */
    private static LongPredicate comparing(String operator, long wanted) {
        return switch (operator) {
            case "<" -> value -> value < wanted;
            case "<=" -> value -> value <= wanted;
            case ">" -> value -> value > wanted;
            case ">=" -> value -> value >= wanted;
            default -> value -> value == wanted;
        };
    }

    private void require(String operator, int operatorAt, String... allowed) {
        if (!List.of(allowed).contains(operator)) {
            throw error(operatorAt, "expected " + String.join(" or ", allowed));
        }
    }

    private int valueAt() {
        skipSpace();
        return at;
    }

    private String value() {
        int start = valueAt();
        if (start < text.length() && text.charAt(start) == '"') {
            return quoted(start);
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != ')') {
            at++;
        }
        if (at == start) {
            throw error(start, "expected a value");
        }
        return text.substring(start, at);
    }

    private String quoted(int start) {
        StringBuilder value = new StringBuilder();
        for (at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        throw error(start, "this quote is not closed");
    }

    private boolean takeWord(String word) {
        skipSpace();
        int end = at + word.length();
        boolean here = text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        if (here) {
            at = end;
        }
        return here;
    }

    private boolean take(char bracket) {
        skipSpace();
        boolean here = at < text.length() && text.charAt(at) == bracket;
        if (here) {
            at++;
        }
        return here;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static RetakeException error(int position, String what) {
        return new RetakeException(
                ErrorCode.ARGUMENT, "--where, at character " + (position + 1) + ": " + what + "; mend it there.");
    }
}

package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.ShapeEncoder.Family;

/**
 * Replaces text of which nothing is known, token by token, so that a token has one surrogate wherever it stands: in a
 * path, a sentence, a cell or as a JSON number. Words stay words of their length and case, numbers numbers, dates and
 * times dates and times; punctuation, spaces and literals stay. Tokens share the surrogates of opaque identifiers, so that
 * one that a rule named elsewhere agrees with it. Thread-safe.
 */
final class TextEncoder {
    /** A token that is longer, as a file in base64 is, is replaced in pieces of this length. */
    private static final int LONGEST = 4_096;

    private static final int DAY_MINUTES = 24 * 60;
    private static final int MINUTE = 60;
    private static final int LONGEST_MONTH = 31;

    /** Where emoticons begin. */
    private static final int PICTURES = 0x1F600;

    private static final int PICTURES_COUNT = 64;

    private final ShapeEncoder shapes;
    private final DateEncoder dates;

    TextEncoder(ShapeEncoder shapes, DateEncoder dates) {
        this.shapes = shapes;
        this.dates = dates;
    }

    /** The surrogate of {@code text}. */
    String encode(String text) {
        if (isLiteral(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = Letters.isDigit(c) ? endOfMoment(text, at) : at;
            if (end > at) {
                moment(text, at, end, out);
            } else if (isWord(c)) {
                end = endOfToken(text, at);
                token(text.substring(at, end), out);
            } else {
                end = at + 1;
                out.append(c);
            }
            at = end;
        }
        return out.toString();
    }

    /** The surrogate of a number as JSON writes it: sign, point and exponent stay, and so does what is zero. */
    String number(String number) {
        int from = number.startsWith("-") ? 1 : 0;
        int to = from;
        while (to < number.length() && (Letters.isDigit(number.charAt(to)) || number.charAt(to) == '.')) {
            to++;
        }
        StringBuilder out = new StringBuilder(number.length()).append(number, 0, from);
        digits(number, from, to, out);
        return out.append(number, to, number.length()).toString();
    }

    /** Runs of digits with points between them, each by itself. */
    private void digits(String text, int from, int to, StringBuilder out) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && Letters.isDigit(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                out.append(shapes.encode(Family.OPAQUE, text.substring(at, end)));
            }
            if (end < to) {
                out.append(text.charAt(end++));
            }
            at = end;
        }
    }

    private void token(String token, StringBuilder out) {
        if (token.chars().allMatch(c -> Letters.isDigit((char) c) || c == '.')) {
            digits(token, 0, token.length(), out);
            return;
        }
        int begin = out.length();
        for (int from = 0; from < token.length(); from += LONGEST) {
            String piece = token.substring(from, Math.min(token.length(), from + LONGEST));
            out.append(shapes.encode(Family.OPAQUE, piece));
        }
        for (int i = begin; i + 1 < out.length(); i++) {
            if (Character.isSurrogatePair(out.charAt(i), out.charAt(i + 1))) {
                int point = Character.toCodePoint(out.charAt(i), out.charAt(i + 1));
                if (!Character.isLetterOrDigit(point)) {
                    int moved = (int) shapes.permute("picture", point & 0xffff, 0x10000);
                    out.replace(i, i + 2, Character.toString(PICTURES + moved % PICTURES_COUNT));
                }
                i++;
            }
        }
    }

    /** The end of a date, a time of day or both that begins at {@code at}; {@code at} where none does. */
    private static int endOfMoment(String text, int at) {
        if (at > 0 && (isWord(text.charAt(at - 1)) || text.charAt(at - 1) == '.')) {
            return at;
        }
        int end = endOfDate(text, at);
        if (end > at) {
            boolean timed = end + 1 < text.length() && (text.charAt(end) == 'T' || text.charAt(end) == ' ');
            int time = timed ? endOfTime(text, end + 1) : end;
            end = timed && time > end + 1 ? time : end;
        } else {
            end = endOfTime(text, at);
        }
        boolean whole = end == text.length() || !isWord(text.charAt(end)) && text.charAt(end) != '-';
        return whole ? end : at;
    }

    private static int endOfDate(String text, int at) {
        for (String form : new String[] {"9999-99-99", "9999/99/99"}) {
            if (isForm(text, at, form) && isMonth(number(text, at + 5)) && number(text, at + 8) <= LONGEST_MONTH) {
                return at + form.length();
            }
        }
        for (String form : new String[] {"99.99.9999", "99/99/9999", "99-99-9999"}) {
            if (isForm(text, at, form)) {
                int first = number(text, at);
                int second = number(text, at + 3);
                boolean date = isMonth(first) && second <= LONGEST_MONTH || isMonth(second) && first <= LONGEST_MONTH;
                return date ? at + form.length() : at;
            }
        }
        return at;
    }

    private static boolean isMonth(int number) {
        return number >= 1 && number <= 12;
    }

    /** {@code 12:30}, {@code 12:30:05}, {@code 12:30:05.123Z}, {@code 12:30:05+01:00}. */
    private static int endOfTime(String text, int at) {
        if (!isForm(text, at, "99:99") || number(text, at) >= 24 || number(text, at + 3) >= MINUTE) {
            return at;
        }
        int end = at + 5;
        if (isForm(text, end, ":99") && number(text, end + 1) <= MINUTE) {
            end += 3;
            int fraction = end + 1;
            while (end < text.length()
                    && text.charAt(end) == '.'
                    && fraction < text.length()
                    && Letters.isDigit(text.charAt(fraction))) {
                fraction++;
            }
            end = fraction > end + 1 ? fraction : end;
        }
        if (end < text.length() && text.charAt(end) == 'Z') {
            return end + 1;
        }
        for (String zone : new String[] {"+99:99", "-99:99", "+9999", "-9999"}) {
            if (isForm(text, end, zone)) {
                return end + zone.length();
            }
        }
        return end;
    }

    /** A date becomes another of the same four years, as a date of birth does; a time of day another one. */
    private void moment(String text, int from, int to, StringBuilder out) {
        int time = endOfDate(text, from);
        if (time > from) {
            out.append(dates.birth(text.substring(from, time)));
        }
        if (time < to && !Letters.isDigit(text.charAt(time))) {
            out.append(text.charAt(time++));
        }
        if (time == to) {
            return;
        }
        int minutes = number(text, time) * MINUTE + number(text, time + 3);
        long moved = shapes.permute("minute of day", minutes, DAY_MINUTES);
        two(moved / MINUTE, out).append(':');
        two(moved % MINUTE, out);
        int at = time + 5;
        if (at < to && text.charAt(at) == ':') {
            int second = number(text, at + 1);
            two(second == MINUTE ? second : shapes.permute("second", second, MINUTE), out.append(':'));
            at += 3;
        }
        if (at < to && text.charAt(at) == '.') {
            int end = at + 1;
            while (end < to && Letters.isDigit(text.charAt(end))) {
                end++;
            }
            digits(text, at, end, out);
            at = end;
        }
        out.append(text, at, to);
    }

    private static StringBuilder two(long number, StringBuilder out) {
        return out.append(number < 10 ? "0" : "").append(number);
    }

    /** Two digits at {@code at}. */
    private static int number(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static boolean isForm(String text, int at, String form) {
        if (at + form.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char c = text.charAt(at + i);
            if (form.charAt(i) == '9' ? !Letters.isDigit(c) : c != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A token is a run of letters, digits and single marks that join them, as identifiers have. */
    private static int endOfToken(String text, int from) {
        int end = from + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean joins = (c == '-' || c == '_' || c == '.' || c == '~')
                    && end + 1 < text.length()
                    && isWord(text.charAt(end + 1));
            if (!isWord(c) && !joins) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return Letters.isDigit(c)
                || Letters.isAsciiLetter(c)
                || c >= 0x80 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
    }

    /** What stands for no value, or for one of two. */
    static boolean isLiteral(String text) {
        return switch (text.length()) {
            case 4 -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("null");
            case 5 -> text.equalsIgnoreCase("false");
            case 9 -> text.equals("undefined");
            default -> false;
        };
    }
}

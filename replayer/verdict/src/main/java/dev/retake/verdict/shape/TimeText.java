package dev.retake.verdict.shape;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date or a date with a time, as it stands in a text: ISO 8601 in its usual forms, HTTP dates (RFC 9110 §5.6.7), the
 * log format's, and day-month-year forms.
 *
 * @param end index behind its last character
 * @param form what tells one way of writing from another, fraction digits and offset apart, such as {@code yyyy-MM-ddTHH:mm:ssZ}
 * @param fraction digits of the second's fraction
 * @param offsetMinutes distance from UTC, 0 where none is written
 * @param dateOnly no time of day is written
 * @param millis milliseconds since the epoch, UTC where no offset is written
 */
public record TimeText(int end, String form, int fraction, int offsetMinutes, boolean dateOnly, long millis) {
    private static final Pattern ISO = Pattern.compile("(\\d{4})([-/])(\\d{2})\\2(\\d{2})"
            + "(?:([T ])(\\d{2}):(\\d{2})(?::(\\d{2})(?:([.,])(\\d{1,9}))?)?( ?)(Z|[+-]\\d{2}(:?)\\d{2}|UTC|GMT)?)?");
    private static final Pattern BASIC =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})(Z|[+-]\\d{4})?");
    private static final Pattern HTTP = Pattern.compile(
            "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, )?(\\d{1,2})([ -])([A-Z][a-z]{2})\\2(\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) (GMT|UTC|[+-]\\d{4})");
    private static final Pattern LOG =
            Pattern.compile("(\\d{2})/([A-Z][a-z]{2})/(\\d{4}):(\\d{2}):(\\d{2}):(\\d{2}) ([+-]\\d{4})");
    private static final Pattern DOTTED =
            Pattern.compile("(\\d{2})([./])(\\d{2})\\2(\\d{4})(?:,? (\\d{2}):(\\d{2})(?::(\\d{2}))?)?");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** The time that the whole of {@code text} is, null where it is none. */
    public static @Nullable TimeText of(String text) {
        if (text.length() < 10 || text.length() > 40) {
            return null;
        }
        TimeText time = at(text, 0);
        return time != null && time.end() == text.length() ? time : null;
    }

    /** The time that begins at {@code start}, null where none does or where a word or number runs on behind it. */
    static @Nullable TimeText at(String text, int start) {
        char c = text.charAt(start);
        if ((c < '0' || c > '9') && "MTWFS".indexOf(c) < 0) {
            return null;
        }
        TimeText time = null;
        try {
            if (is(text, start + 4, "-/")) {
                time = iso(text, start);
            } else if (is(text, start + 8, "T")) {
                time = basic(text, start);
            } else if (is(text, start + 2, "./")) {
                time = log(text, start);
                time = time == null ? dotted(text, start) : time;
            } else if (is(text, start + 1, " -") || is(text, start + 2, " -") || Character.isLetter(c)) {
                time = http(text, start);
            }
        } catch (DateTimeException e) {
            return null;
        }
        boolean cut = time != null && time.end() < text.length() && Character.isLetterOrDigit(text.charAt(time.end()));
        return cut ? null : time;
    }

    private static boolean is(String text, int at, String chars) {
        return at < text.length() && chars.indexOf(text.charAt(at)) >= 0;
    }

    private static @Nullable TimeText iso(String text, int start) {
        Matcher m = from(ISO, text, start);
        if (m == null) {
            return null;
        }
        LocalDate date = LocalDate.of(number(m, 1), number(m, 3), number(m, 4));
        String sep = m.group(2);
        String day = "yyyy" + sep + "MM" + sep + "dd";
        if (m.group(5) == null) {
            return new TimeText(m.end(), day, 0, 0, true, millis(date.atStartOfDay(), 0, 0));
        }
        String fraction = m.group(10) == null ? "" : m.group(10);
        String zone = m.group(12);
        int end = zone == null ? m.end() - m.group(11).length() : m.end();
        boolean numeric = zone != null && (zone.startsWith("+") || zone.startsWith("-"));
        String form = day
                + m.group(5)
                + (m.group(8) == null ? "HH:mm" : "HH:mm:ss")
                + (zone == null ? "" : m.group(11) + (numeric ? "±hh" + m.group(13) + "mm" : zone));
        LocalDateTime time =
                date.atTime(number(m, 6), number(m, 7), m.group(8) == null ? 0 : Math.min(59, number(m, 8)));
        int ms = fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
        int offset = offset(zone);
        return new TimeText(end, form, fraction.length(), offset, false, millis(time, ms, offset));
    }

    private static @Nullable TimeText basic(String text, int start) {
        Matcher m = from(BASIC, text, start);
        if (m == null) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(
                number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), Math.min(59, number(m, 6)));
        String zone = m.group(7);
        int offset = offset(zone);
        String form = "yyyyMMddTHHmmss" + (zone == null ? "" : zone.equals("Z") ? "Z" : "±hhmm");
        return new TimeText(m.end(), form, 0, offset, false, millis(time, 0, offset));
    }

    private static @Nullable TimeText http(String text, int start) {
        Matcher m = from(HTTP, text, start);
        int month = m == null ? -1 : MONTHS.indexOf(m.group(3));
        if (m == null || month < 0) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(
                number(m, 4), month + 1, number(m, 1), number(m, 5), number(m, 6), Math.min(59, number(m, 7)));
        int offset = offset(m.group(8));
        String zone = Character.isLetter(m.group(8).charAt(0)) ? m.group(8) : "±hhmm";
        String weekday = Character.isLetter(text.charAt(start)) ? "EEE, " : "";
        return new TimeText(
                m.end(),
                weekday + "dd" + m.group(2) + "MMM yyyy HH:mm:ss " + zone,
                0,
                offset,
                false,
                millis(time, 0, offset));
    }

    private static @Nullable TimeText log(String text, int start) {
        Matcher m = from(LOG, text, start);
        int month = m == null ? -1 : MONTHS.indexOf(m.group(2));
        if (m == null || month < 0) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(
                number(m, 3), month + 1, number(m, 1), number(m, 4), number(m, 5), Math.min(59, number(m, 6)));
        int offset = offset(m.group(7));
        return new TimeText(m.end(), "dd/MMM/yyyy:HH:mm:ss ±hhmm", 0, offset, false, millis(time, 0, offset));
    }

    private static @Nullable TimeText dotted(String text, int start) {
        Matcher m = from(DOTTED, text, start);
        if (m == null) {
            return null;
        }
        int first = number(m, 1);
        int second = number(m, 3);
        boolean monthFirst = second > 12;
        LocalDate date = LocalDate.of(number(m, 4), monthFirst ? first : second, monthFirst ? second : first);
        boolean day = m.group(5) == null;
        LocalDateTime time = day
                ? date.atStartOfDay()
                : date.atTime(number(m, 5), number(m, 6), m.group(7) == null ? 0 : number(m, 7));
        String form = "dd" + m.group(2) + "MM" + m.group(2) + "yyyy"
                + (day ? "" : m.group(7) == null ? " HH:mm" : " HH:mm:ss");
        return new TimeText(m.end(), form, 0, 0, day, millis(time, 0, 0));
    }

    private static @Nullable Matcher from(Pattern pattern, String text, int start) {
        Matcher m = pattern.matcher(text).region(start, Math.min(text.length(), start + 48));
        return m.lookingAt() ? m : null;
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group).toUpperCase(Locale.ROOT));
    }

    private static int offset(@Nullable String zone) {
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return 0;
        }
        String digits = zone.substring(1).replace(":", "");
        int minutes = Integer.parseInt(digits.substring(0, 2)) * 60 + Integer.parseInt(digits.substring(2, 4));
        return zone.charAt(0) == '-' ? -minutes : minutes;
    }

    private static long millis(LocalDateTime time, int ms, int offsetMinutes) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1000 + ms - offsetMinutes * 60_000L;
    }
}

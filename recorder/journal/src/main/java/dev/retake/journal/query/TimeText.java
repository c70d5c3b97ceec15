package dev.retake.journal.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points and lengths of time as they are written in a query. */
final class TimeText {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|d|w)");

    private TimeText() {}

    /** A length of time in nanoseconds, as {@code 1.5s} or {@code 1h30m}; empty where it is none. */
    static OptionalLong nanos(String text) {
        Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
        BigDecimal sum = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                return OptionalLong.empty();
            }
            sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
            at = part.end();
        }
        boolean fits = at > 0 && sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? OptionalLong.of(sum.longValue()) : OptionalLong.empty();
    }

    /**
     * A point in time in microseconds since the epoch: RFC 3339, a date (UTC), or a length of time before {@code now}.
     *
     * @param endOfDay whether a date means its end
     */
    static OptionalLong micros(String text, Instant now, boolean endOfDay) {
        OptionalLong ago = nanos(text);
        if (ago.isPresent()) {
            return OptionalLong.of(micros(now) - ago.getAsLong() / 1_000);
        }
        try {
            if (text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                long start = micros(day.plusDays(endOfDay ? 1 : 0)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
                return OptionalLong.of(endOfDay ? start - 1 : start);
            }
            return OptionalLong.of(
                    micros(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant()));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 604_800_000_000_000L;
        };
    }
}

package dev.retake.pipeline.har;

import dev.retake.common.exchange.Timings;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Points in time and phases of an entry. */
final class HarTimes {
    /** ISO 8601 with an offset in any of its forms, or without one. */
    private static final DateTimeFormatter STARTED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT);

    private HarTimes() {}

    /** Microseconds since the epoch; {@code missing} where {@code started} is missing or cannot be read. */
    static long startedAt(@Nullable String started, long missing) {
        if (started == null) {
            return missing;
        }
        try {
            TemporalAccessor time =
                    STARTED.parseBest(started.trim().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            Instant instant = time instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeParseException e) {
            return missing;
        }
    }

    /** The phases as times since the start. */
    static Timings timings(HarEntry entry, long startedAt) {
        HarEntry.Phases phases = entry.timings;
        if (phases.await < 0) {
            return new Timings(startedAt, Timings.UNKNOWN, Timings.UNKNOWN, Timings.UNKNOWN, nanos(entry.time));
        }
        double connected = known(phases.blocked) + known(phases.dns) + known(phases.connect);
        double sent = connected + known(phases.send);
        double first = sent + phases.await;
        double last = first + known(phases.receive);
        return new Timings(startedAt, nanos(connected), nanos(sent), nanos(first), nanos(last));
    }

    private static double known(double millis) {
        return Math.max(0, millis);
    }

    private static long nanos(double millis) {
        return millis < 0 || Double.isNaN(millis) ? Timings.UNKNOWN : (long) (millis * 1_000_000);
    }
}

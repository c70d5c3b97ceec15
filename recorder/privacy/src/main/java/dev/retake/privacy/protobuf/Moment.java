package dev.retake.privacy.protobuf;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@code google.protobuf.Timestamp} or {@code google.type.Date}, as the text that JSON has for it.
 *
 * @param date whether it is a date
 * @param numbers the fields 1 to 3
 * @param removed how many fields it has that its type has not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Moment(boolean date, long[] numbers, int removed) {
    private static final int FIELDS = 3;
    private static final long MOST_NANOS = 999_999_999;

    /** The moment that {@code source[from, to)} is, null where that is no message. */
    static @Nullable Moment read(MessageType type, byte[] source, int from, int to) {
        boolean date = type.form() == MessageType.Form.DATE;
        long[] numbers = new long[FIELDS];
        int removed = 0;
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            if (reader.wire() == WireReader.VARINT && reader.number() <= (date ? FIELDS : 2)) {
                numbers[reader.number() - 1] = reader.value();
            } else if (reader.wire() == WireReader.EGROUP
                    || reader.wire() == WireReader.SGROUP && !reader.skipGroup()) {
                return null;
            } else {
                removed++;
            }
        }
        return reader.isBroken() ? null : new Moment(date, numbers, removed);
    }

    /** As RFC 3339 has it, where there is such a moment; else its first number. */
    String text() {
        try {
            if (date) {
                return LocalDate.of(
                                Math.toIntExact(numbers[0]), Math.toIntExact(numbers[1]), Math.toIntExact(numbers[2]))
                        .toString();
            }
            return Instant.ofEpochSecond(numbers[0], Math.floorMod(numbers[1], MOST_NANOS + 1))
                    .toString();
        } catch (DateTimeException | ArithmeticException e) {
            return Long.toString(numbers[0]);
        }
    }

    /** The message for {@code text}; an empty one where that is no moment, but redacted or hashed. */
    byte[] write(String text) {
        try {
            if (date) {
                LocalDate day = LocalDate.parse(text);
                return fields(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
            }
            Instant instant = Instant.parse(text);
            return fields(instant.getEpochSecond(), instant.getNano(), 0);
        } catch (DateTimeException e) {
            return new byte[0];
        }
    }

    private static byte[] fields(long... values) {
        byte[] written = new byte[FIELDS * 11];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                byte[] value = WireReader.varint(values[i]);
                written[length++] = (byte) (i + 1 << 3);
                System.arraycopy(value, 0, written, length, value.length);
                length += value.length;
            }
        }
        return Arrays.copyOf(written, length);
    }
}

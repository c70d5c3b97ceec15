package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Moves dates. A date of birth goes to another date of the same four years, by a permutation of them, so that its format
 * and about its age stay; a date that is shifted moves by the one offset of its scope, so that intervals and order hold.
 * A date that no calendar has stays as it is but for its year.
 */
final class DateEncoder {
    private static final int BLOCK_YEARS = 4;
    private static final int MONTHS = 12;
    private static final int LEAP_DAY = 29;

    /** Eight digits are a date only with a year in which somebody alive may have been born, or that is soon to come. */
    private static final int FIRST_YEAR = 1850;

    private static final int LAST_YEAR = 2100;
    private static final int LONGEST_SHIFT_DAYS = 180;
    private static final long DAY_SECONDS = 86_400;
    private static final long MILLIS_FROM = 10_000_000_000L;

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    DateEncoder(SurrogateKeys keys, ShapeEncoder shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    /** What is done to a date. */
    private interface Move {
        LocalDate apply(LocalDate date);
    }

    String birth(String value) {
        return move(value, this::permuted);
    }

    String shifted(String value) {
        Noise noise = new Noise(keys, Purpose.DATE, "offset");
        int days = 1 + noise.below(LONGEST_SHIFT_DAYS);
        long offset = noise.below(2) == 0 ? days : -days;
        return move(value, date -> date.plusDays(offset));
    }

    /** The first of January of its year. */
    String year(String value) {
        return move(value, date -> date.withDayOfYear(1));
    }

    private String move(String value, Move move) {
        DateText text = DateText.find(value);
        if (text != null) {
            try {
                LocalDate moved = move.apply(LocalDate.of(text.year(), text.month(), text.day()));
                return text.write(value, moved);
            } catch (DateTimeException e) {
                return text.writeYear(value, movedYear(text));
            }
        }
        boolean negative = value.startsWith("-");
        String digits = negative ? value.substring(1) : value;
        if (digits.length() >= 5 && digits.length() <= 14 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return epoch(value, move);
        }
        return shapes.encode(ShapeEncoder.Family.NUMBER, value);
    }

    /** Seconds or milliseconds since 1970. */
    private static String epoch(String value, Move move) {
        long number = Long.parseLong(value);
        long unit = Math.abs(number) >= MILLIS_FROM ? DAY_SECONDS * 1000 : DAY_SECONDS;
        long day = Math.floorDiv(number, unit);
        LocalDate moved = move.apply(LocalDate.ofEpochDay(day));
        return Long.toString(moved.toEpochDay() * unit + Math.floorMod(number, unit));
    }

    /**
     * Another date of the same four years. Those whose day may be read as a month are permuted among themselves: whichever
     * of both a text puts first, it has the same surrogate and stays a date.
     */
    private LocalDate permuted(LocalDate date) {
        int block = Math.floorDiv(date.getYear(), BLOCK_YEARS) * BLOCK_YEARS;
        if (date.getDayOfMonth() <= MONTHS) {
            long index = ((date.getYear() - block) * (long) MONTHS + date.getMonthValue() - 1) * MONTHS
                    + date.getDayOfMonth()
                    - 1;
            long moved = shapes.permute("early " + block, index, (long) BLOCK_YEARS * MONTHS * MONTHS);
            return LocalDate.of(
                    block + (int) (moved / (MONTHS * MONTHS)),
                    (int) (moved / MONTHS % MONTHS) + 1,
                    (int) (moved % MONTHS) + 1);
        }
        long index = 0;
        long count = 0;
        for (LocalDate month = LocalDate.of(block, 1, 1); month.getYear() < block + BLOCK_YEARS; ) {
            if (month.getYear() == date.getYear() && month.getMonth() == date.getMonth()) {
                index = count + date.getDayOfMonth() - MONTHS - 1;
            }
            count += month.lengthOfMonth() - MONTHS;
            month = month.plusMonths(1);
        }
        long moved = shapes.permute("late " + block, index, count);
        LocalDate month = LocalDate.of(block, 1, 1);
        while (moved >= month.lengthOfMonth() - MONTHS) {
            moved -= month.lengthOfMonth() - MONTHS;
            month = month.plusMonths(1);
        }
        return month.withDayOfMonth((int) moved + MONTHS + 1);
    }

    /** Another year of the same four; for a 29 February that its year lacks, one that lacks it too. */
    private int movedYear(DateText text) {
        int block = Math.floorDiv(text.year(), BLOCK_YEARS) * BLOCK_YEARS;
        boolean leapDay = text.month() == Month.FEBRUARY.getValue() && text.day() == LEAP_DAY;
        int first = leapDay && Year.isLeap(block) ? block + 1 : block;
        return first + (int) shapes.permute("year " + first, text.year() - first, block + BLOCK_YEARS - first);
    }

    /**
     * A date within a text: where its parts stand and what they say.
     *
     * @param name whether the month is a name
     */
    private record DateText(Part yearPart, Part monthPart, Part dayPart, int year, int month, int day, boolean name) {
        private record Part(int from, int to) {
            int number(String value) {
                return Integer.parseInt(value.substring(from, to));
            }
        }

        static @Nullable DateText find(String value) {
            if (value.length() == 8 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return eightDigits(value);
            }
            Part[] parts = new Part[3];
            int found = 0;
            int i = 0;
            while (i < value.length() && found < 3) {
                int start = i;
                while (i < value.length() && Letters.isDigit(value.charAt(i))) {
                    i++;
                }
                if (i > start) {
                    if (i - start == 3 || i - start > 4) {
                        return null;
                    }
                    parts[found++] = new Part(start, i);
                    continue;
                }
                while (i < value.length() && Letters.isAsciiLetter(value.charAt(i))) {
                    i++;
                }
                if (monthNamed(value.substring(start, i)) > 0) {
                    parts[found++] = new Part(start, i);
                } else if (i > start && found == 0) {
                    return null;
                }
                i = Math.max(i, start + 1);
            }
            if (found < 3) {
                return null;
            }
            int yearAt = parts[0].to - parts[0].from == 4 ? 0 : 2;
            if (parts[yearAt].to - parts[yearAt].from != 4 || !Letters.isDigit(value.charAt(parts[yearAt].from))) {
                return null;
            }
            Part first = parts[yearAt == 0 ? 1 : 0];
            Part second = parts[yearAt == 0 ? 2 : 1];
            boolean named = !Letters.isDigit(value.charAt(first.from));
            if (named || yearAt == 0) {
                return of(value, parts[yearAt], first, second);
            }
            if (!Letters.isDigit(value.charAt(second.from))) {
                return of(value, parts[yearAt], second, first);
            }
            boolean monthFirst =
                    second.number(value) > MONTHS || (first.number(value) <= MONTHS && value.charAt(first.to) == '/');
            return monthFirst ? of(value, parts[yearAt], first, second) : of(value, parts[yearAt], second, first);
        }

        /** {@code yyyyMMdd}, or where that is no date and the other is, {@code ddMMyyyy} or {@code MMddyyyy}. */
        private static @Nullable DateText eightDigits(String value) {
            DateText yearFirst = of(value, new Part(0, 4), new Part(4, 6), new Part(6, 8));
            Part first = new Part(0, 2);
            Part second = new Part(2, 4);
            boolean monthFirst = second.number(value) > MONTHS;
            DateText yearLast = of(value, new Part(4, 8), monthFirst ? first : second, monthFirst ? second : first);
            return yearFirst != null && !yearFirst.isDate() && yearLast != null && yearLast.isDate()
                    ? yearLast
                    : yearFirst;
        }

        private boolean isDate() {
            return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= MONTHS && day >= 1 && day <= 31;
        }

        private static @Nullable DateText of(String value, Part year, Part month, Part day) {
            boolean named = !Letters.isDigit(value.charAt(month.from));
            if (!Letters.isDigit(value.charAt(day.from))) {
                return null;
            }
            int number = named ? monthNamed(value.substring(month.from, month.to)) : month.number(value);
            return new DateText(year, month, day, year.number(value), number, day.number(value), named);
        }

        /** 1 to 12 for an English name of at least three letters, else 0. */
        private static int monthNamed(String word) {
            for (Month month : Month.values()) {
                if (word.length() >= 3 && month.name().startsWith(word.toUpperCase(Locale.ROOT))) {
                    return month.getValue();
                }
            }
            return 0;
        }

        String write(String value, LocalDate date) {
            StringBuilder out = new StringBuilder(value);
            Part[] parts = {yearPart, monthPart, dayPart};
            String[] texts = {
                padded(date.getYear(), yearPart),
                monthText(value, date.getMonth()),
                padded(date.getDayOfMonth(), dayPart)
            };
            for (int end = value.length(); end > 0; end--) {
                for (int k = 0; k < parts.length; k++) {
                    if (parts[k].to == end) {
                        out.replace(parts[k].from, end, texts[k]);
                    }
                }
            }
            return out.toString();
        }

        String writeYear(String value, int moved) {
            return value.substring(0, yearPart.from) + padded(moved, yearPart) + value.substring(yearPart.to);
        }

        private String monthText(String value, Month month) {
            if (!name) {
                return padded(month.getValue(), monthPart);
            }
            String written = value.substring(monthPart.from, monthPart.to);
            String full = month.name().toLowerCase(Locale.ROOT);
            boolean whole = monthNamed(written) > 0 && written.length() > 3;
            return Letters.inCaseOf(written, whole ? full : full.substring(0, 3));
        }

        private static String padded(int number, Part part) {
            String text = Integer.toString(number);
            return "0".repeat(Math.max(0, part.to - part.from - text.length())) + text;
        }
    }
}

package dev.retake.privacy.detect;

import dev.retake.privacy.detect.ContextWords.Topic;
import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds short numbers that only the words around them tell: codes that are used once, dates of birth in figures or with
 * the name of a month, and geographic coordinates.
 */
final class MomentScan {
    /** Names of months and what they are cut to, in a dozen languages. */
    private static final WordTable MONTHS = new WordTable(512).add(1, """
            january february march april may june july august september october november december
            jan feb mar apr jun jul aug sep sept oct nov dec
            januar februar märz mai juni juli oktober dezember okt dez mrz jänner
            janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr avr juil déc
            enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic
            gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott
            janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out
            januari februari maart mei augustus mrt maj augusti stycznia lutego marca kwietnia maja czerwca lipca
            sierpnia września października listopada grudnia januar april desember des
            """);

    private MomentScan() {}

    /** Looks for a code that is used once at {@code i}, where {@code length} digits begin. */
    static int oneTime(byte[] text, int from, int i, int length, int to, HitList out) {
        int end = i + length;
        if (length == 3 && end + 4 <= to && (text[end] == ' ' || text[end] == '-')) {
            int second = 0;
            while (end + 1 + second < to && Bytes.isDigit(text[end + 1 + second])) {
                second++;
            }
            end = second == 3 ? end + 4 : end;
        }
        if (end - i < 4 || end - i > 8 || !Bytes.endsNumber(text, end, to) || i > from && text[i - 1] == '/') {
            return -1;
        }
        int said = ContextWords.before(text, from, i);
        if (!isOneTime(said, text, end, to)) {
            return -1;
        }
        out.add(i, end, DataClass.SECRET);
        return end;
    }

    private static boolean isOneTime(int said, byte[] text, int end, int to) {
        if (ContextWords.has(said, Topic.PUBLIC_CODE)) {
            return false;
        }
        if (ContextWords.has(said, Topic.ONE_TIME)
                || ContextWords.has(said, Topic.CODE) && ContextWords.has(said, Topic.LOGIN)) {
            return true;
        }
        boolean follows = Bytes.matchesIgnoreCase(text, end, to, " is your")
                || Bytes.matchesIgnoreCase(text, end, to, " is the")
                || Bytes.matchesIgnoreCase(text, end, to, " ist dein")
                || Bytes.matchesIgnoreCase(text, end, to, " ist ihr")
                || Bytes.matchesIgnoreCase(text, end, to, " to verify")
                || Bytes.matchesIgnoreCase(text, end, to, " as your");
        if (!follows) {
            return false;
        }
        int next = ContextWords.after(text, end + 4, to) | ContextWords.after(text, end + 12, to);
        return ContextWords.has(next, Topic.ONE_TIME)
                || ContextWords.has(next, Topic.LOGIN) && !ContextWords.has(next, Topic.PUBLIC_CODE);
    }

    /** Looks for a date in figures at {@code i} that words before say somebody was born on. */
    static int birth(byte[] text, int from, int i, int to, HitList out) {
        int end = dateEnd(text, i, to);
        return end < 0 ? -1 : born(text, from, i, end, out);
    }

    private static int born(byte[] text, int from, int start, int end, HitList out) {
        if (!ContextWords.speakOf(Topic.BIRTH, text, from, start)) {
            return -1;
        }
        out.add(start, end, DataClass.DATE_OF_BIRTH);
        return end;
    }

    /** The end of a date in figures at {@code i}: year, month, day in any order, with one separator; or eight digits. */
    static int dateEnd(byte[] text, int i, int to) {
        int at = i;
        int group = 0;
        int first = 0;
        int last = 0;
        byte separator = 0;
        while (at < to && group < 3) {
            int start = at;
            while (at < to && Bytes.isDigit(text[at]) && at - start < 9) {
                at++;
            }
            last = at - start;
            first = group == 0 ? last : first;
            group++;
            if (last == 8 && group == 1) {
                return (isYear(text, i) || isDayFirst(text, i)) && Bytes.endsToken(text, at, to) ? at : -1;
            }
            if (last == 0 || last > 4 || last == 3) {
                return -1;
            }
            if (group < 3) {
                boolean parted = at < to
                        && (text[at] == '-' || text[at] == '/' || text[at] == '.')
                        && (group == 1 || text[at] == separator);
                if (!parted) {
                    return -1;
                }
                separator = text[at++];
                at += separator == '.' && at < to && text[at] == ' ' ? 1 : 0;
            }
        }
        boolean formed = group == 3 && (first == 4 && last <= 2 || first <= 2 && (last == 4 || last == 2));
        boolean ended = at == to || text[at] == 'T' || !Bytes.isWord(text[at]);
        return formed && ended ? at : -1;
    }

    private static boolean isYear(byte[] text, int i) {
        return text[i] == '1' && text[i + 1] == '9' || text[i] == '2' && text[i + 1] == '0';
    }

    /** {@code 31121999} or {@code 12311999}. */
    private static boolean isDayFirst(byte[] text, int i) {
        int first = 10 * (text[i] - '0') + text[i + 1] - '0';
        int second = 10 * (text[i + 2] - '0') + text[i + 3] - '0';
        return isYear(text, i + 4)
                && Math.min(first, second) >= 1
                && Math.min(first, second) <= 12
                && Math.max(first, second) <= 31;
    }

    /** Looks for a day before the name of a month at {@code i}: {@code 12 March 1985}, {@code 12. März 1985}. */
    static int namedDay(byte[] text, int from, int i, int length, int to, HitList out) {
        int at = i + length;
        if (length > 2) {
            return -1;
        }
        if (at + 2 < to && Bytes.kind(text[at]) == Bytes.LETTER) {
            at += 2;
        }
        at = afterMarks(text, at, to);
        at = afterWord(text, at, to, "of ");
        at = afterWord(text, at, to, "de ");
        int month = wordEnd(text, at, to);
        if (month == at || MONTHS.bits(text, at, month) == 0) {
            return -1;
        }
        at = afterWord(text, afterMarks(text, month, to), to, "de ");
        at = afterWord(text, at, to, "del ");
        int end = digitsEnd(text, at, to);
        boolean year = end - at == 4 || end - at == 2 && text[month] != ' ';
        return year ? born(text, from, i, end, out) : -1;
    }

    /** Looks for the name of a month before the day at {@code i}: {@code March 12, 1985}. */
    static int namedMonth(byte[] text, int from, int floor, int i, int to, HitList out) {
        int wordEnd = i - 1;
        int start = wordEnd;
        while (start > floor && Bytes.kind(text[start - 1]) == Bytes.LETTER) {
            start--;
        }
        if (start == wordEnd || MONTHS.bits(text, start, wordEnd) == 0) {
            return -1;
        }
        int day = digitsEnd(text, i, to);
        int at = day + 1 < to && Bytes.kind(text[day]) == Bytes.LETTER ? day + 2 : day;
        at = afterMarks(text, at, to);
        int end = digitsEnd(text, at, to);
        return end - at == 4 ? born(text, from, start, end, out) : -1;
    }

    /** Looks for a latitude or longitude, or both, at {@code i}, where {@code length} digits stand before a point. */
    static int coordinate(byte[] text, int from, int i, int length, int to, HitList out) {
        int end = decimalEnd(text, i, to);
        if (length > 3 || end - i - length < 2) {
            return -1;
        }
        int decimals = end - i - length - 1;
        int second = end;
        while (second < to && second - end < 3 && (text[second] == ',' || text[second] == ' ' || text[second] == ';')) {
            second++;
        }
        int sign = second < to && text[second] == '-' ? second + 1 : second;
        int both = decimalEnd(text, sign, to);
        boolean pair = second > end && both - sign >= 4;
        if (decimals < (pair ? 2 : 3)) {
            return -1;
        }
        int said = ContextWords.before(text, from, i);
        if (!ContextWords.has(said, Topic.GEO) || ContextWords.has(said, Topic.TILE)) {
            return -1;
        }
        int start = i > from && text[i - 1] == '-' ? i - 1 : i;
        int last = pair ? both : end;
        out.add(start, last, DataClass.GEO);
        return last;
    }

    /** Looks for degrees and minutes before and after the sign at {@code p}: {@code 52°31'12"N 13°24'18"E}. */
    static int degrees(byte[] text, int floor, int p, int to, HitList out) {
        int start = p;
        while (start > floor && p - start < 12 && (Bytes.isDigit(text[start - 1]) || text[start - 1] == '.')) {
            start--;
        }
        int end = degreesEnd(text, p, to);
        if (start == p || end < 0) {
            return -1;
        }
        int next = end;
        while (next < to && next - end < 3 && (text[next] == ' ' || text[next] == ',')) {
            next++;
        }
        int sign = next;
        while (sign < to && sign - next < 12 && (Bytes.isDigit(text[sign]) || text[sign] == '.')) {
            sign++;
        }
        if (sign > next && isDegree(text, sign, to)) {
            int both = degreesEnd(text, sign, to);
            end = both > 0 ? both : end;
        }
        int first = start > floor && text[start - 1] == '-' ? start - 1 : start;
        out.add(first, end, DataClass.GEO);
        return end;
    }

    private static boolean isDegree(byte[] text, int i, int to) {
        return i + 1 < to && text[i] == (byte) 0xC2 && text[i + 1] == (byte) 0xB0;
    }

    /** The end of minutes, seconds and the point of the compass after the sign at {@code p}; -1 without the last. */
    private static int degreesEnd(byte[] text, int p, int to) {
        int limit = Math.min(to, p + 32);
        for (int k = p + 2; k < limit; k++) {
            byte b = text[k];
            if (b == 'N' || b == 'S' || b == 'E' || b == 'W' || b == 'O') {
                return Bytes.endsToken(text, k + 1, to) ? k + 1 : -1;
            }
            boolean inside = Bytes.isDigit(b) || b == '.' || b == '\'' || b == '"' || b == ' ' || b == '\\';
            boolean prime = b == (byte) 0xE2 || b == (byte) 0x80 || b == (byte) 0xB2 || b == (byte) 0xB3;
            if (!inside && !prime) {
                return -1;
            }
        }
        return -1;
    }

    private static int decimalEnd(byte[] text, int i, int to) {
        int at = digitsEnd(text, i, to);
        return at > i && at < to && text[at] == '.' ? digitsEnd(text, at + 1, to) : at;
    }

    private static int digitsEnd(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 20 && Bytes.isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private static int wordEnd(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 20 && Bytes.kind(text[at]) == Bytes.LETTER) {
            at++;
        }
        return at;
    }

    private static int afterMarks(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 3 && (text[at] == ' ' || text[at] == '.' || text[at] == ',' || text[at] == '-')) {
            at++;
        }
        return at;
    }

    private static int afterWord(byte[] text, int i, int to, String word) {
        return Bytes.matchesIgnoreCase(text, i, to, word) ? i + word.length() : i;
    }
}

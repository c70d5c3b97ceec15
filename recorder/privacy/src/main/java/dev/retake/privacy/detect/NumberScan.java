package dev.retake.privacy.detect;

import dev.retake.privacy.detect.ContextWords.Topic;

/**
 * Finds cards, phone numbers and national identifiers among digit groups: {@code 4111 1111 1111 1111},
 * {@code (415) 555-2671}, {@code +49 30 1234567}. Length, grouping, issuer and words before the number are the evidence.
 * An instance holds the groups of the number that is looked at; not thread-safe.
 */
final class NumberScan {
    private static final int MOST_GROUPS = 8;
    private static final int MOST_DIGITS = 20;

    private final char[] digits = new char[MOST_DIGITS];
    private final int[] lengths = new int[MOST_GROUPS];
    private final int[] ends = new int[MOST_GROUPS];
    private final byte[] separators = new byte[MOST_GROUPS];
    private int groups;
    private int total;
    private boolean wholly;

    /**
     * Looks at the number that begins at {@code i}, with a digit, a plus sign or a bracket.
     *
     * @return the end of the hit, or -1
     */
    int scan(byte[] text, int from, int i, int to, HitList out) {
        return text[i] == '+'
                ? international(text, from, i, to, out)
                : text[i] == '(' ? bracketed(text, from, i, to, out) : plain(text, from, i, to, out);
    }

    private int plain(byte[] text, int from, int i, int to, HitList out) {
        gather(text, i, to);
        if (total < 7) {
            return -1;
        }
        int end = card(text, from, i, out);
        if (end < 0) {
            end = national(text, from, i, out);
        }
        return end < 0 ? phone(text, from, i, to, out) : end;
    }

    private int card(byte[] text, int from, int i, HitList out) {
        int length = 0;
        for (int g = 0; g < groups; g++) {
            length += lengths[g];
            boolean complete = g == groups - 1 ? wholly : endsCard(g);
            if (length < 12 || !complete || (g > 0 && !isCardGrouping(g + 1))) {
                continue;
            }
            CharSequence number = new Digits(digits, length);
            PaymentCard.Brand brand = PaymentCard.brand(number);
            if (brand == null || !PaymentCard.hasCheckDigit(number) || isRepeated(length)) {
                continue;
            }
            boolean common = length == 16 && brand != PaymentCard.Brand.MAESTRO || length == 15;
            boolean believed = g > 0
                    ? brand != PaymentCard.Brand.MAESTRO || length == 16
                    : common && !ContextWords.speakOf(Topic.NUMBERED, text, from, i);
            if (believed || ContextWords.speakOf(Topic.CARD, text, from, i)) {
                out.add(i, ends[g], DataClass.CARD);
                return ends[g];
            }
        }
        return -1;
    }

    /** Whether more groups may follow group {@code g} that are no part of the card: an expiry date, another card. */
    private boolean endsCard(int g) {
        return separators[g] == ' ' || separators[g] == '/' || (g > 0 && separators[g] != separators[0]);
    }

    /** 4-4-4-4 and its shorter and longer forms, 4-6-5 and 4-6-4, all with one separator. */
    private boolean isCardGrouping(int count) {
        for (int g = 1; g < count - 1; g++) {
            if (separators[g] != separators[0]) {
                return false;
            }
        }
        if (separators[0] == '/' || separators[0] == '(' || lengths[0] != 4) {
            return false;
        }
        if (count == 3) {
            return lengths[1] == 6 && (lengths[2] == 5 || lengths[2] == 4);
        }
        for (int g = 1; g < count - 1; g++) {
            if (lengths[g] != 4) {
                return false;
            }
        }
        return count >= 4 && lengths[count - 1] <= 4;
    }

    private boolean isRepeated(int length) {
        for (int k = 1; k < length; k++) {
            if (digits[k] != digits[0]) {
                return false;
            }
        }
        return true;
    }

    private int national(byte[] text, int from, int i, HitList out) {
        if (!wholly || isDate()) {
            return -1;
        }
        int end = ends[groups - 1];
        Digits number = new Digits(digits, total);
        if (!NationalId.hasTellingForm(number, lengths, separators, groups)) {
            if (total < 8 || total > 18) {
                return -1;
            }
            int said = ContextWords.before(text, from, i);
            boolean told = ContextWords.has(said, Topic.NATIONAL_ID)
                    || ContextWords.has(said, Topic.WEAK_ID)
                            && (IdNumbers.hasCheckDigits(number) || total == 9 && !hasDots(1))
                    || ContextWords.has(said, Topic.TAX) && total >= 8 && IdNumbers.hasCheckDigits(number);
            boolean called = ContextWords.has(said, Topic.PHONE) && !ContextWords.has(said, Topic.COUNTER);
            if (!told || called) {
                return -1;
            }
        }
        out.add(i, end, DataClass.NATIONAL_ID);
        return end;
    }

    private int phone(byte[] text, int from, int i, int to, HitList out) {
        if (!wholly || total > 15 || isDate()) {
            return -1;
        }
        int end = extensionEnd(text, ends[groups - 1], to);
        boolean found = isNorthAmerican() || isTrunkForm() || isPrefixed();
        if (!found && groups <= 6 && (!hasDots(1) || groups >= 3 && total >= 9)) {
            int said = ContextWords.before(text, from, i);
            found = ContextWords.has(said, Topic.PHONE) && !ContextWords.has(said, Topic.NUMBERED) && total <= 13;
        }
        return found ? phoneHit(text, from, i, end, out) : -1;
    }

    /** Adds a phone number with its opening bracket and its extension. */
    private static int phoneHit(byte[] text, int from, int i, int end, HitList out) {
        int start = i;
        if (i > from && text[i - 1] == '(') {
            for (int k = i; k < end && text[k] != '('; k++) {
                start = text[k] == ')' ? i - 1 : start;
            }
        }
        out.add(start, end, DataClass.PHONE);
        return end;
    }

    /** The end of {@code x12} or {@code ext. 12} behind a number that ends at {@code end}, or {@code end}. */
    private static int extensionEnd(byte[] text, int end, int to) {
        int at = end < to && text[end] == ' ' ? end + 1 : end;
        if (at >= to || (text[at] | 0x20) != 'x' && (text[at] | 0x20) != 'e') {
            return end;
        }
        if (Bytes.matchesIgnoreCase(text, at, to, "ext")) {
            at += 3;
            at += at < to && text[at] == '.' ? 1 : 0;
            at += at < to && text[at] == ' ' ? 1 : 0;
        } else if ((text[at] | 0x20) == 'x') {
            at++;
        } else {
            return end;
        }
        int last = at;
        while (last < to && last - at < 7 && Bytes.isDigit(text[last])) {
            last++;
        }
        return last > at && Bytes.endsToken(text, last, to) ? last : end;
    }

    /** 415-555-2671, 1-415-555-2671, also with dots and spaces; area code and exchange begin with 2 to 9. */
    private boolean isNorthAmerican() {
        int first = groups == 4 && lengths[0] == 1 && digits[0] == '1' ? 1 : 0;
        if (groups != 3 + first
                || lengths[first] != 3
                || lengths[first + 1] != 3
                || lengths[first + 2] != 4
                || separators[first] != separators[first + 1] && separators[first] == '.') {
            return false;
        }
        return digits[first] >= '2' && digits[first + 3] >= '2';
    }

    /** A national number with its trunk 0 and separators: 020 7946 0958, 01 23 45 67 89, 0171/1234567. */
    private boolean isTrunkForm() {
        if (groups < 2 || digits[0] != '0' || digits[1] == '0' || lengths[0] < 2 || total < 9 || total > 12) {
            return false;
        }
        return !hasDots(1) || groups >= 4;
    }

    /** An international number with 00 for the plus sign, with separators. */
    private boolean isPrefixed() {
        return groups >= 2
                && digits[0] == '0'
                && digits[1] == '0'
                && total >= 10
                && !hasDots(1)
                && PhonePlan.isPossible(new Digits(digits, total).subSequence(2, total));
    }

    private int international(byte[] text, int from, int i, int to, HitList out) {
        if (i + 1 >= to || !(Bytes.isDigit(text[i + 1]) || text[i + 1] == '(') || !Bytes.startsNumber(text, from, i)) {
            return -1;
        }
        gather(text, i + 1, to, true);
        int length = 0;
        int best = -1;
        for (int g = 0; g < groups && length + lengths[g] <= 15; g++) {
            length += lengths[g];
            boolean complete = g < groups - 1 ? g >= 2 : wholly;
            boolean american = digits[0] == '1' && length == 11;
            if (complete && (american || PhonePlan.isPossible(new Digits(digits, length)))) {
                best = g == groups - 1 ? extensionEnd(text, ends[g], to) : ends[g];
            }
        }
        return best > 0 ? phoneHit(text, from, i, best, out) : -1;
    }

    /** (415) 555-2671, (030) 123456, (11) 91234-5678. */
    private int bracketed(byte[] text, int from, int i, int to, HitList out) {
        int close = i + 1;
        while (close < to && close - i <= 6 && Bytes.isDigit(text[close])) {
            close++;
        }
        int area = close - i - 1;
        if (close >= to || text[close] != ')' || area < 2 || area > 5 || !Bytes.startsToken(text, from, i)) {
            return -1;
        }
        boolean year = area == 4 && (Bytes.matches(text, i + 1, to, "19") || Bytes.matches(text, i + 1, to, "20"));
        int next = close + 1;
        if (next < to && (text[next] == ' ' || text[next] == '-')) {
            next++;
        }
        if (year || next >= to || !Bytes.isDigit(text[next])) {
            return -1;
        }
        gather(text, next, to);
        int all = area + total;
        boolean shaped = groups >= 2 || text[i + 1] == '0' || (area == 3 && total == 7);
        if (!wholly || !shaped || groups > 4 || all < 8 || all > 13 || total < 5 || hasDots(0)) {
            return -1;
        }
        int end = extensionEnd(text, ends[groups - 1], to);
        out.add(i, end, DataClass.PHONE);
        return end;
    }

    /** Groups that read as a date, alone or before a time. */
    private boolean isDate() {
        if (groups < 3) {
            return false;
        }
        boolean yearFirst = lengths[0] == 4
                && lengths[1] <= 2
                && lengths[2] <= 2
                && (digits[0] == '1' || digits[0] == '2')
                && separators[0] == separators[1];
        boolean yearLast = lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4;
        return yearFirst || (yearLast && separators[0] == separators[1] && separators[0] != ' ');
    }

    private boolean hasDots(int least) {
        int dots = 0;
        for (int g = 0; g < groups - 1; g++) {
            dots += separators[g] == '.' ? 1 : 0;
        }
        return dots >= Math.max(1, least);
    }

    /** Reads digits in groups with single separators; {@code wholly} says whether a token ends where they do. */
    private void gather(byte[] text, int i, int to) {
        gather(text, i, to, false);
    }

    /** The same, where a bracket may open right behind a group: {@code +44(0)131}. */
    private void gather(byte[] text, int i, int to, boolean international) {
        groups = 0;
        total = 0;
        int at = i;
        while (groups < MOST_GROUPS) {
            int start = at;
            if (at < to && text[at] == '(') {
                at++;
                start = at;
            }
            while (at < to && Bytes.isDigit(text[at]) && total < MOST_DIGITS) {
                digits[total++] = (char) text[at++];
            }
            if (at == start) {
                break;
            }
            lengths[groups] = at - start;
            ends[groups] = at;
            int separator = at < to ? separatorLength(text, at, to) : 0;
            separators[groups] = separator == 0 ? 0 : text[at] < 0 ? (byte) ' ' : text[at];
            groups++;
            boolean opens = international && separator == 0 && at < to && opensGroup(text, at, to);
            if (separator == 0 && !opens) {
                break;
            }
            at += separator;
        }
        wholly = groups > 0
                && total < MOST_DIGITS
                && (Bytes.endsNumber(text, ends[groups - 1], to) || isExtension(text, ends[groups - 1], to));
    }

    /** A separator stands between two digits, or a digit and a bracket: one of {@code " -./"}, no-break space, {@code ") "}. */
    private static int separatorLength(byte[] text, int at, int to) {
        int length = switch (text[at]) {
            case ' ', '-', '.', '/' -> 1;
            case ')' -> at + 1 < to && (text[at + 1] == ' ' || text[at + 1] == '-') ? 2 : 1;
            case (byte) 0xC2 -> at + 1 < to && text[at + 1] == (byte) 0xA0 ? 2 : 0;
            case (byte) 0xE2 -> at + 2 < to && text[at + 1] == (byte) 0x80 && isThinSpaceOrHyphen(text[at + 2]) ? 3 : 0;
            default -> 0;
        };
        int next = at + length;
        return length > 0 && next < to && (Bytes.isDigit(text[next]) || opensGroup(text, next, to)) ? length : 0;
    }

    /** {@code x12}, as after a phone number. */
    private boolean isExtension(byte[] text, int i, int to) {
        return total >= 7 && i + 1 < to && (text[i] | 0x20) == 'x' && Bytes.isDigit(text[i + 1]);
    }

    private static boolean opensGroup(byte[] text, int i, int to) {
        return text[i] == '(' && i + 1 < to && Bytes.isDigit(text[i + 1]);
    }

    /** The last byte of U+2009 to U+2012 and U+202F. */
    private static boolean isThinSpaceOrHyphen(byte last) {
        return last >= (byte) 0x89 && last <= (byte) 0x92 || last == (byte) 0xAF;
    }
}

package dev.retake.privacy.detect;

/**
 * Finds numbers that states give to people and firms: forms whose grouping tells, and those with letters, which carry
 * their own check: Spanish, Italian, Finnish, Mexican, British, Indian, Chinese and Chilean ones.
 */
final class NationalId {
    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private NationalId() {}

    /** Whether the grouping alone says it: a US social security number, a Brazilian CPF, a Korean RRN. */
    static boolean hasTellingForm(CharSequence digits, int[] lengths, byte[] separators, int groups) {
        return switch (groups) {
            case 1 -> digits.length() == 18 && IdNumbers.isChinese(digits);
            case 2 -> hasDateForm(digits, lengths, separators);
            case 3 -> hasThree(digits, lengths, separators);
            case 4 -> hasFour(digits, lengths, separators);
            case 5 -> hasFive(digits, lengths, separators);
            case 6 -> is(lengths, 1, 2, 2, 2, 3, 3) && digits.length() == 13 && isNirBody(digits);
            case 7 -> is(lengths, 1, 2, 2, 2, 3, 3, 2) && IdNumbers.isNir(digits);
            default -> false;
        };
    }

    private static boolean hasThree(CharSequence digits, int[] lengths, byte[] separators) {
        if (separators[0] != separators[1]) {
            return false;
        }
        if (is(lengths, 3, 2, 4)) {
            return separators[0] == '-' && (IdNumbers.isSocialSecurity(digits) || isItin(digits));
        }
        if (is(lengths, 4, 4, 4)) {
            return separators[0] != '.' && IdNumbers.isAadhaar(digits);
        }
        return is(lengths, 2, 8, 1) && separators[0] == '-' && IdNumbers.isCuit(digits);
    }

    private static boolean hasFour(CharSequence digits, int[] lengths, byte[] separators) {
        if (is(lengths, 3, 3, 3, 2) && separators[0] == '.' && separators[2] == '-') {
            return IdNumbers.isCpf(digits);
        }
        if (is(lengths, 2, 3, 3, 1) && separators[0] == '.' && separators[2] == '-') {
            return IdNumbers.rutCheck(digits, 8) == digits.charAt(8);
        }
        return is(lengths, 3, 4, 4, 2)
                && separators[0] == '.'
                && digits.toString().startsWith("756")
                && IdNumbers.isEan13(digits);
    }

    private static boolean hasFive(CharSequence digits, int[] lengths, byte[] separators) {
        if (is(lengths, 2, 3, 3, 4, 2) && separators[0] == '.' && separators[2] == '/') {
            return IdNumbers.isCnpj(digits);
        }
        if (is(lengths, 1, 4, 5, 2, 1)) {
            return IdNumbers.isThai(digits);
        }
        return is(lengths, 2, 2, 2, 3, 2)
                && separators[0] == '.'
                && separators[2] == '-'
                && IdNumbers.isBelgian(digits);
    }

    /** A date of birth and a serial: Sweden, Korea, the Czech Republic. */
    private static boolean hasDateForm(CharSequence digits, int[] lengths, byte[] separators) {
        boolean century = lengths[0] == 8 && lengths[1] == 4;
        if (!century && lengths[0] != 6 || separators[0] != '-' && separators[0] != '/') {
            return false;
        }
        int year = century ? 2 : 0;
        int month = IdNumbers.number(digits, year + 2, year + 4);
        int day = IdNumbers.number(digits, year + 4, year + 6);
        boolean born = month >= 1 && month <= 12 && day >= 1 && day <= 31;
        if (separators[0] == '/') {
            return lengths[1] == 4 && month % 50 <= 12 && Long.parseLong(digits.toString()) % 11 == 0;
        }
        if (lengths[1] == 7) {
            return born && digits.charAt(6) <= '8';
        }
        return lengths[1] == 4 && born && PaymentCard.hasCheckDigit(digits.subSequence(year, digits.length()));
    }

    /** The first thirteen digits of a French number, without its check: sex, year and month. */
    private static boolean isNirBody(CharSequence d) {
        int month = IdNumbers.number(d, 3, 5);
        return (d.charAt(0) == '1' || d.charAt(0) == '2') && month >= 1 && month <= 12;
    }

    private static boolean isItin(CharSequence d) {
        int group = IdNumbers.number(d, 3, 5);
        return d.charAt(0) == '9' && group >= 50;
    }

    /**
     * Looks at the token with letters that has a digit at {@code p}; its bounds are found first.
     *
     * @return the end of the hit, or -1
     */
    static int lettered(byte[] text, int from, int floor, int p, int to, HitList out) {
        int start = p;
        while (start > floor && p - start < 18 && Bytes.isAlphanumeric(text[start - 1])) {
            start--;
        }
        int end = p;
        while (end < to && end - start < 20 && (Bytes.isAlphanumeric(text[end]) || isFinnishSign(text, start, end))) {
            end++;
        }
        if (!Bytes.startsToken(text, floor, start) || !Bytes.endsToken(text, end, to)) {
            return -1;
        }
        int length = end - start;
        boolean own = switch (length) {
            case 9 -> isSpanish(text, start);
            case 11 -> isFinnish(text, start);
            case 16 -> isItalian(text, start);
            case 18 -> isMexican(text, start) || isChineseWithX(text, start);
            default -> false;
        };
        if (!own && !(length >= 8 && length <= 15 && isTold(text, from, start, end))) {
            return -1;
        }
        out.add(start, end, DataClass.NATIONAL_ID);
        return end;
    }

    /** British insurance, Indian and Mexican tax, EU VAT and passport numbers: their form is told by words before. */
    private static boolean isTold(byte[] text, int from, int start, int end) {
        int digits = 0;
        for (int k = start; k < end; k++) {
            digits += Bytes.isDigit(text[k]) ? 1 : 0;
            if (text[k] >= 'a' && text[k] <= 'z') {
                return false;
            }
        }
        if (digits == 0) {
            return false;
        }
        int said = ContextWords.before(text, from, start);
        if (digits < 4) {
            return ContextWords.has(said, ContextWords.Topic.NATIONAL_ID) && end - start <= 10;
        }
        boolean vat = ContextWords.has(said, ContextWords.Topic.TAX) && isCapital(text[start]);
        return vat
                || ContextWords.has(said, ContextWords.Topic.NATIONAL_ID)
                || ContextWords.has(said, ContextWords.Topic.WEAK_ID);
    }

    /** A British insurance number in pairs at {@code i}, where two letters stand before two digits. */
    static int british(byte[] text, int floor, int i, int to, HitList out) {
        int start = i >= floor && isCapital(text[i]) ? i : i + 1;
        int length = 13;
        if (start != i
                || i + length > to
                || !Bytes.startsToken(text, floor, i)
                || !Bytes.endsToken(text, i + length, to)) {
            return -1;
        }
        for (int k = 0; k < length; k++) {
            byte b = text[i + k];
            boolean fits = k % 3 == 2 ? b == ' ' : k < 2 || k == 12 ? isCapital(b) : Bytes.isDigit(b);
            if (!fits) {
                return -1;
            }
        }
        boolean issued = "DFIQUV".indexOf(text[i]) < 0 && "DFIOQUV".indexOf(text[i + 1]) < 0 && text[i + 12] <= 'D';
        if (!issued) {
            return -1;
        }
        out.add(i, i + length, DataClass.NATIONAL_ID);
        return i + length;
    }

    /** An identity card of Hong Kong at its last letter {@code i}: one or two letters, six digits, a check in brackets. */
    static int hongKong(byte[] text, int floor, int i, int to, HitList out) {
        if (i < floor || i + 10 > to || text[i + 7] != '(' || text[i + 9] != ')' || !isCapital(text[i])) {
            return -1;
        }
        boolean two = i > floor && isCapital(text[i - 1]);
        int start = two ? i - 1 : i;
        int sum = 9 * (two ? text[start] - 'A' + 10 : 36) + 8 * (text[i] - 'A' + 10);
        for (int k = 1; k <= 6; k++) {
            if (!Bytes.isDigit(text[i + k])) {
                return -1;
            }
            sum += (8 - k) * (text[i + k] - '0');
        }
        int check = (11 - sum % 11) % 11;
        boolean right = text[i + 8] == (check == 10 ? 'A' : '0' + check);
        if (!right || !Bytes.startsToken(text, floor, start)) {
            return -1;
        }
        out.add(start, i + 10, DataClass.NATIONAL_ID);
        return i + 10;
    }

    private static boolean isFinnishSign(byte[] text, int start, int end) {
        return end - start == 6 && (text[end] == '-' || text[end] == '+') && Bytes.isDigit(text[start]);
    }

    /** DNI: eight digits and a letter; NIE: X, Y or Z for the first. */
    private static boolean isSpanish(byte[] text, int i) {
        int first = text[i] & 0xDF;
        int number = first >= 'X' && first <= 'Z' ? first - 'X' : Bytes.isDigit(text[i]) ? text[i] - '0' : -1;
        if (number < 0) {
            return false;
        }
        for (int k = 1; k < 8; k++) {
            if (!Bytes.isDigit(text[i + k])) {
                return false;
            }
            number = 10 * number + text[i + k] - '0';
        }
        return SPANISH.charAt(number % 23) == (text[i + 8] & 0xDF) && !Bytes.isDigit(text[i + 8]);
    }

    /** DDMMYY, a sign for the century, a serial and a check letter. */
    private static boolean isFinnish(byte[] text, int i) {
        int number = 0;
        for (int k = 0; k < 10; k++) {
            if (k != 6) {
                if (!Bytes.isDigit(text[i + k])) {
                    return false;
                }
                number = 10 * number + text[i + k] - '0';
            }
        }
        boolean sign = text[i + 6] == '-' || text[i + 6] == '+' || isCapital(text[i + 6]);
        int day = 10 * (text[i] - '0') + text[i + 1] - '0';
        int month = 10 * (text[i + 2] - '0') + text[i + 3] - '0';
        return sign
                && IdNumbers.isBirth(2000, month, day)
                && FINNISH.charAt(number % 31) == (Bytes.isDigit(text[i + 10]) ? text[i + 10] : text[i + 10] & 0xDF);
    }

    /** Codice fiscale: its last letter checks the others. */
    private static boolean isItalian(byte[] text, int i) {
        int sum = 0;
        for (int k = 0; k < 15; k++) {
            boolean digit = Bytes.isDigit(text[i + k]);
            if (k < 6 || k == 8 || k == 11) {
                if (digit) {
                    return false;
                }
            }
            int value = digit ? text[i + k] - '0' : (text[i + k] & 0xDF) - 'A';
            sum += k % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        return 'A' + sum % 26 == (text[i + 15] & 0xDF) && !Bytes.isDigit(text[i + 15]);
    }

    /** CURP: four letters, a date, a sex, a state and consonants, a serial and a check digit. */
    private static boolean isMexican(byte[] text, int i) {
        for (int k = 0; k < 18; k++) {
            boolean digit = Bytes.isDigit(text[i + k]);
            boolean wanted = k >= 4 && k < 10 || k == 17;
            if (k != 16 && digit != wanted) {
                return false;
            }
        }
        int sex = text[i + 10] & 0xDF;
        return sex == 'H' || sex == 'M' || sex == 'X';
    }

    private static boolean isChineseWithX(byte[] text, int i) {
        char[] digits = new char[17];
        for (int k = 0; k < 17; k++) {
            if (!Bytes.isDigit(text[i + k])) {
                return false;
            }
            digits[k] = (char) text[i + k];
        }
        return (text[i + 17] & 0xDF) == 'X' && IdNumbers.isChineseWithX(new Digits(digits, 17));
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean is(int[] lengths, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (lengths[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}

package dev.retake.privacy.detect;

/**
 * Numbers that states give to people: the forms that tell by themselves, and the check digits that confirm a number
 * whose field or text says what it is.
 */
final class NationalId {
    private static final int[] CPF_FIRST = {10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CPF_SECOND = {11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CHINA = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final int[] PESEL = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};

    private NationalId() {}

    /** Whether the grouping alone says it: a US social security number, a Brazilian CPF, a Korean RRN. */
    static boolean hasTellingForm(CharSequence digits, int[] lengths, byte[] separators, int groups) {
        if (groups == 3 && is(lengths, 3, 2, 4) && separators[0] == '-' && separators[1] == '-') {
            return isSocialSecurity(digits);
        }
        if (groups == 4 && is(lengths, 3, 3, 3, 2) && separators[0] == '.' && separators[2] == '-') {
            return isCpf(digits);
        }
        if (groups == 4 && is(lengths, 3, 4, 4, 2) && separators[0] == '.') {
            return digits.toString().startsWith("756") && isEan13(digits);
        }
        if (groups == 5 && is(lengths, 2, 2, 2, 3, 2) && separators[0] == '.' && separators[2] == '-') {
            return isBelgian(digits);
        }
        if (groups == 2 && lengths[0] == 6 && separators[0] == '-') {
            boolean born = number(digits, 2, 4) >= 1
                    && number(digits, 2, 4) <= 12
                    && number(digits, 4, 6) >= 1
                    && number(digits, 4, 6) <= 31;
            return born && (lengths[1] == 7 ? digits.charAt(6) <= '8' : isSwedish(digits, lengths[1]));
        }
        if (groups == 7 && is(lengths, 1, 2, 2, 2, 3, 3, 2)) {
            return isNir(digits);
        }
        return groups == 1 && digits.length() == 18 && isChinese(digits);
    }

    /** Whether some country's check digits hold. */
    static boolean hasCheckDigits(CharSequence digits) {
        return switch (digits.length()) {
            case 9 -> isSocialSecurity(digits) || isBsn(digits);
            case 11 -> isCpf(digits) || isPesel(digits) || isSteuerId(digits) || isBelgian(digits);
            case 12 -> isAadhaar(digits);
            case 13 -> isEan13(digits);
            case 15 -> isNir(digits);
            case 18 -> isChinese(digits);
            default -> false;
        };
    }

    /** SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
    private static boolean isSocialSecurity(CharSequence d) {
        int area = number(d, 0, 3);
        return area != 0 && area != 666 && area < 900 && number(d, 3, 5) != 0 && number(d, 5, 9) != 0;
    }

    private static boolean isCpf(CharSequence d) {
        return !isRepeated(d) && cpf(d, CPF_FIRST) == digit(d, 9) && cpf(d, CPF_SECOND) == digit(d, 10);
    }

    private static int cpf(CharSequence d, int[] weights) {
        int rest = weighted(d, weights) * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    private static boolean isSwedish(CharSequence d, int serial) {
        return serial == 4 && PaymentCard.hasCheckDigit(d);
    }

    private static boolean isPesel(CharSequence d) {
        int month = number(d, 2, 4) % 20;
        return month >= 1 && month <= 12 && (10 - weighted(d, PESEL) % 10) % 10 == digit(d, 10);
    }

    /** ISO 7064 MOD 11,10, as the German tax number has it. */
    private static boolean isSteuerId(CharSequence d) {
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (digit(d, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return d.charAt(0) != '0' && (11 - product) % 10 == digit(d, 10);
    }

    /** 97 less the remainder, also for births from 2000, where a 2 stands before. */
    private static boolean isBelgian(CharSequence d) {
        long body = Long.parseLong(d.subSequence(0, 9).toString());
        int check = number(d, 9, 11);
        int month = number(d, 2, 4);
        return month <= 12 && (97 - body % 97 == check || 97 - (body + 2_000_000_000L) % 97 == check);
    }

    /** The Dutch eleven test. */
    private static boolean isBsn(CharSequence d) {
        int sum = -digit(d, 8);
        for (int i = 0; i < 8; i++) {
            sum += digit(d, i) * (9 - i);
        }
        return sum % 11 == 0;
    }

    /** France: 97 less the remainder of the first thirteen. */
    private static boolean isNir(CharSequence d) {
        long body = Long.parseLong(d.subSequence(0, 13).toString());
        return (d.charAt(0) == '1' || d.charAt(0) == '2') && 97 - body % 97 == number(d, 13, 15);
    }

    /** GB 11643, with digits only; the form with X is found by its letter. */
    private static boolean isChinese(CharSequence d) {
        int year = number(d, 6, 10);
        int month = number(d, 10, 12);
        int day = number(d, 12, 14);
        boolean born = year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
        return born && (12 - weighted(d, CHINA) % 11) % 11 == digit(d, 17);
    }

    private static boolean isEan13(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += digit(d, i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Verhoeff's dihedral check, as Aadhaar has it. */
    private static boolean isAadhaar(CharSequence d) {
        int check = 0;
        for (int i = 0; i < d.length(); i++) {
            check = dihedral(check, permuted(digit(d, d.length() - 1 - i), i % 8));
        }
        return check == 0 && d.charAt(0) >= '2';
    }

    /** Multiplication in the dihedral group of order ten. */
    private static int dihedral(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
        }
        return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
    }

    /** Verhoeff's permutation, applied {@code times}. */
    private static int permuted(int digit, int times) {
        int[] permutation = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
        int result = digit;
        for (int i = 0; i < times; i++) {
            result = permutation[result];
        }
        return result;
    }

    private static boolean isRepeated(CharSequence d) {
        for (int i = 1; i < d.length(); i++) {
            if (d.charAt(i) != d.charAt(0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(int[] lengths, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (lengths[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int weighted(CharSequence d, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(d, i) * weights[i];
        }
        return sum;
    }

    private static int digit(CharSequence d, int i) {
        return d.charAt(i) - '0';
    }

    private static int number(CharSequence d, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + digit(d, i);
        }
        return value;
    }
}

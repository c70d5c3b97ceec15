package dev.retake.privacy.detect;

/** The check digits that states give to numbers of people and firms, each by its length. */
final class IdNumbers {
    private static final int[] CPF_FIRST = {10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CPF_SECOND = {11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CNPJ_FIRST = {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CNPJ_SECOND = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int[] CHINA = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final int[] PESEL = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    private static final int[] NORWAY_FIRST = {3, 7, 6, 1, 8, 9, 4, 5, 2};
    private static final int[] NORWAY_SECOND = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] CUIT = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] NIP = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    private static final int[] EGN = {2, 4, 8, 5, 10, 9, 7, 3, 6};
    private static final int[] TFN = {1, 4, 3, 7, 5, 8, 6, 9, 10};
    private static final int[] CNP = {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9};
    private static final int[] ABN = {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
    private static final int[] AUSTRIA = {3, 7, 9, 0, 5, 8, 4, 2, 1, 6};
    private static final int[] DANISH_FIRM = {2, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] REGON = {8, 9, 2, 3, 4, 5, 6, 7};
    private static final int[] ROUTING = {3, 7, 1, 3, 7, 1, 3, 7, 1};
    private static final int[] TAJ = {3, 7, 3, 7, 3, 7, 3, 7};
    private static final int[] HUNGARY = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    private static final int[] UKRAINE = {-1, 5, 7, 9, 4, 6, 10, 5, 7};
    private static final int[] MEDICARE = {1, 3, 7, 9, 1, 3, 7, 9};
    private static final int[] RUSSIAN_FIRM = {2, 4, 10, 3, 5, 9, 4, 6, 8};
    private static final int[] RUSSIAN_FIRST = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    private static final int[] RUSSIAN_SECOND = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    private static final int[] YUGOSLAVIA = {7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] BALTIC_FIRST = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1};
    private static final int[] BALTIC_SECOND = {3, 4, 5, 6, 7, 8, 9, 1, 2, 3};
    private static final int[] IRD_FIRST = {3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] IRD_SECOND = {7, 4, 3, 2, 5, 2, 7, 6};
    private static final int[] ICELAND = {3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] COLOMBIA = {41, 37, 29, 23, 19, 17, 13, 7, 3};
    private static final int[] UTR = {6, 7, 8, 9, 10, 5, 4, 3, 2};
    private static final int[] HUNGARIAN_FIRM = {9, 7, 3, 1, 9, 7, 3};
    private static final int[] DENMARK = {4, 3, 2, 7, 6, 5, 4, 3, 2, 1};

    private IdNumbers() {}

    /** Whether some country's check digits hold. */
    static boolean hasCheckDigits(CharSequence d) {
        return switch (d.length()) {
            case 8 ->
                isIrd(d) || weighted(d, DANISH_FIRM) % 11 == 0 || PaymentCard.hasCheckDigit(d) || isHungarianFirm(d);
            case 9 ->
                isSocialSecurity(d)
                        || isBsn(d)
                        || isNif(d)
                        || isTfn(d)
                        || isIrd(d)
                        || weighted(d, REGON) % 11 % 10 == digit(d, 8)
                        || isGreekTax(d)
                        || weighted(d, ROUTING) % 10 == 0
                        || weighted(d, TAJ) % 10 == digit(d, 8)
                        || PaymentCard.hasCheckDigit(d);
            case 10 ->
                isNhs(d)
                        || isNip(d)
                        || isEgn(d)
                        || isCzech(d)
                        || PaymentCard.hasCheckDigit(d)
                        || weighted(d, DENMARK) % 11 == 0
                        || weighted(d, AUSTRIA) % 11 == digit(d, 3)
                        || isNpi(d)
                        || isUtr(d)
                        || weighted(d, MEDICARE) % 10 == digit(d, 8)
                        || weighted(d, HUNGARY) % 11 % 10 == digit(d, 9)
                        || weighted(d, UKRAINE) % 11 % 10 == digit(d, 9)
                        || weighted(d, RUSSIAN_FIRM) % 11 % 10 == digit(d, 9)
                        || isIcelandic(d)
                        || isColombian(d);
            case 11 ->
                isCpf(d)
                        || isPesel(d)
                        || isSteuerId(d)
                        || isBelgian(d)
                        || isNorwegian(d)
                        || isCuit(d)
                        || isTurkish(d)
                        || isAbn(d)
                        || isBaltic(d)
                        || isSnils(d)
                        || PaymentCard.hasCheckDigit(d);
            case 12 -> isAadhaar(d) || isMyNumber(d) || isRussian(d) || PaymentCard.hasCheckDigit(d.subSequence(2, 12));
            case 13 -> isThai(d) || isYugoslav(d) || isEan13(d) || isCnp(d) || PaymentCard.hasCheckDigit(d);
            case 14 -> isCnpj(d) || PaymentCard.hasCheckDigit(d);
            case 15 -> isNir(d);
            case 18 -> isChinese(d);
            default -> false;
        };
    }

    /** SSA: no area 000, 666 or 9xx, no group 00, no serial 0000. */
    static boolean isSocialSecurity(CharSequence d) {
        int area = number(d, 0, 3);
        return area != 0 && area != 666 && area < 900 && number(d, 3, 5) != 0 && number(d, 5, 9) != 0;
    }

    static boolean isCpf(CharSequence d) {
        return !isRepeated(d) && mod11(d, CPF_FIRST) == digit(d, 9) && mod11(d, CPF_SECOND) == digit(d, 10);
    }

    static boolean isCnpj(CharSequence d) {
        return !isRepeated(d) && mod11(d, CNPJ_FIRST) == digit(d, 12) && mod11(d, CNPJ_SECOND) == digit(d, 13);
    }

    private static int mod11(CharSequence d, int[] weights) {
        int rest = weighted(d, weights) * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    static boolean isPesel(CharSequence d) {
        int month = number(d, 2, 4) % 20;
        return month >= 1 && month <= 12 && (10 - weighted(d, PESEL) % 10) % 10 == digit(d, 10);
    }

    /** ISO 7064 MOD 11,10, as the German tax number and the Croatian OIB have it. */
    static boolean isSteuerId(CharSequence d) {
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (digit(d, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == digit(d, 10);
    }

    /** 97 less the remainder, also for births from 2000, where a 2 stands before. */
    static boolean isBelgian(CharSequence d) {
        long body = digits(d, 0, 9);
        int check = number(d, 9, 11);
        int month = number(d, 2, 4);
        return month <= 12 && (97 - body % 97 == check || 97 - (body + 2_000_000_000L) % 97 == check);
    }

    /** Two check digits, each modulo 11. */
    static boolean isNorwegian(CharSequence d) {
        return (11 - weighted(d, NORWAY_FIRST) % 11) % 11 == digit(d, 9)
                && (11 - weighted(d, NORWAY_SECOND) % 11) % 11 == digit(d, 10);
    }

    static boolean isCuit(CharSequence d) {
        int rest = (11 - weighted(d, CUIT) % 11) % 11;
        return rest == digit(d, 10) && (d.charAt(0) == '2' || d.charAt(0) == '3');
    }

    static boolean isTurkish(CharSequence d) {
        int odd = digit(d, 0) + digit(d, 2) + digit(d, 4) + digit(d, 6) + digit(d, 8);
        int even = digit(d, 1) + digit(d, 3) + digit(d, 5) + digit(d, 7);
        int tenth = Math.floorMod(7 * odd - even, 10);
        return d.charAt(0) != '0' && tenth == digit(d, 9) && (odd + even + tenth) % 10 == digit(d, 10);
    }

    private static boolean isAbn(CharSequence d) {
        return (weighted(d, ABN) - 10) % 89 == 0;
    }

    private static boolean isNip(CharSequence d) {
        return weighted(d, NIP) % 11 == digit(d, 9);
    }

    private static boolean isEgn(CharSequence d) {
        return weighted(d, EGN) % 11 % 10 == digit(d, 9);
    }

    /** The National Health Service's modulo 11. */
    static boolean isNhs(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += digit(d, i) * (10 - i);
        }
        return (11 - sum % 11) % 11 == digit(d, 9);
    }

    private static boolean isCzech(CharSequence d) {
        int month = number(d, 2, 4) % 50 % 20;
        return month >= 1 && month <= 12 && digits(d, 0, 10) % 11 == 0;
    }

    private static boolean isTfn(CharSequence d) {
        return weighted(d, TFN) % 11 == 0;
    }

    /** The Dutch eleven test. */
    private static boolean isBsn(CharSequence d) {
        int sum = -digit(d, 8);
        for (int i = 0; i < 8; i++) {
            sum += digit(d, i) * (9 - i);
        }
        return sum % 11 == 0;
    }

    private static boolean isNif(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += digit(d, i) * (9 - i);
        }
        int rest = 11 - sum % 11;
        return (rest > 9 ? 0 : rest) == digit(d, 8);
    }

    private static boolean isCnp(CharSequence d) {
        int rest = weighted(d, CNP) % 11;
        return (rest == 10 ? 1 : rest) == digit(d, 12);
    }

    /** France: 97 less the remainder of the first thirteen. */
    static boolean isNir(CharSequence d) {
        return (d.charAt(0) == '1' || d.charAt(0) == '2') && 97 - digits(d, 0, 13) % 97 == number(d, 13, 15);
    }

    /** GB 11643, with digits only. */
    static boolean isChinese(CharSequence d) {
        return isBirth(number(d, 6, 10), number(d, 10, 12), number(d, 12, 14))
                && (12 - weighted(d, CHINA) % 11) % 11 == digit(d, 17);
    }

    static boolean isChineseWithX(CharSequence d) {
        return isBirth(number(d, 6, 10), number(d, 10, 12), number(d, 12, 14))
                && (12 - weighted(d, CHINA) % 11) % 11 == 10;
    }

    static boolean isEan13(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += digit(d, i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** Verhoeff's dihedral check, as Aadhaar has it. */
    static boolean isAadhaar(CharSequence d) {
        int check = 0;
        for (int i = 0; i < d.length(); i++) {
            check = dihedral(check, permuted(digit(d, d.length() - 1 - i), i % 8));
        }
        return check == 0 && d.charAt(0) >= '2';
    }

    /** Chile: weights 2 to 7 from the right, K for ten. */
    static char rutCheck(CharSequence d, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += digit(d, length - 1 - i) * (2 + i % 6);
        }
        int rest = 11 - sum % 11;
        return rest == 11 ? '0' : rest == 10 ? 'K' : (char) ('0' + rest);
    }

    static boolean isBirth(int year, int month, int day) {
        return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
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

    /** Estonia and Lithuania: modulo 11 in two steps. */
    static boolean isBaltic(CharSequence d) {
        int rest = weighted(d, BALTIC_FIRST) % 11;
        if (rest == 10) {
            rest = weighted(d, BALTIC_SECOND) % 11 % 10;
        }
        return rest == digit(d, 10) && isBirth(1900, number(d, 3, 5), number(d, 5, 7));
    }

    /** Russian pension insurance: modulo 101. */
    static boolean isSnils(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += digit(d, i) * (9 - i);
        }
        return sum % 101 % 100 == number(d, 9, 11);
    }

    private static boolean isRussian(CharSequence d) {
        return weighted(d, RUSSIAN_FIRST) % 11 % 10 == digit(d, 10)
                && weighted(d, RUSSIAN_SECOND) % 11 % 10 == digit(d, 11);
    }

    /** Japan's number of a person. */
    private static boolean isMyNumber(CharSequence d) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            sum += digit(d, 11 - n) * (n <= 6 ? n + 1 : n - 5);
        }
        int rest = sum % 11;
        return (rest <= 1 ? 0 : 11 - rest) == digit(d, 11);
    }

    static boolean isThai(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += digit(d, i) * (13 - i);
        }
        return (11 - sum % 11) % 10 == digit(d, 12);
    }

    /** The number that Yugoslavia gave, and its successors give. */
    static boolean isYugoslav(CharSequence d) {
        int rest = 11 - weighted(d, YUGOSLAVIA) % 11;
        return (rest > 9 ? 0 : rest) == digit(d, 12) && isBirth(1900, number(d, 2, 4), number(d, 0, 2));
    }

    private static boolean isIcelandic(CharSequence d) {
        int rest = (11 - weighted(d, ICELAND) % 11) % 11;
        return rest == digit(d, 8) && (digit(d, 9) == 9 || digit(d, 9) == 0 || digit(d, 9) == 8);
    }

    private static boolean isColombian(CharSequence d) {
        int rest = weighted(d, COLOMBIA) % 11;
        return (rest > 1 ? 11 - rest : rest) == digit(d, 9);
    }

    private static boolean isGreekTax(CharSequence d) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += digit(d, i) << (8 - i);
        }
        return sum % 11 % 10 == digit(d, 8);
    }

    /** New Zealand: two sets of weights, eight digits taken for nine. */
    private static boolean isIrd(CharSequence d) {
        CharSequence base = d.length() == 8 ? "0" + d : d;
        int rest = (11 - weighted(base, IRD_FIRST) % 11) % 11;
        if (rest == 10) {
            rest = (11 - weighted(base, IRD_SECOND) % 11) % 11;
        }
        return rest == digit(base, 8);
    }

    /** A provider of health care in the United States: Luhn's check with 80840 before it. */
    static boolean isNpi(CharSequence d) {
        return (d.charAt(0) == '1' || d.charAt(0) == '2') && PaymentCard.hasCheckDigit("80840" + d);
    }

    private static boolean isUtr(CharSequence d) {
        return "21987654321".charAt(weighted(d.subSequence(1, 10), UTR) % 11) == d.charAt(0);
    }

    private static boolean isHungarianFirm(CharSequence d) {
        return (10 - weighted(d, HUNGARIAN_FIRM) % 10) % 10 == digit(d, 7);
    }

    private static boolean isRepeated(CharSequence d) {
        for (int i = 1; i < d.length(); i++) {
            if (d.charAt(i) != d.charAt(0)) {
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

    static int number(CharSequence d, int from, int to) {
        return (int) digits(d, from, to);
    }

    private static long digits(CharSequence d, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + digit(d, i);
        }
        return value;
    }
}

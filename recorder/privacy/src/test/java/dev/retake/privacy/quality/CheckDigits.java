package dev.retake.privacy.quality;

/** Check digits of cards, accounts and states' numbers, computed apart from the code under test. */
final class CheckDigits {
    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    /** The sum of digits times weights; letters count as in base 36. */
    static int sum(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Character.digit(digits.charAt(i), 36) * weights[i];
        }
        return sum;
    }

    static int luhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return (10 - sum % 10) % 10;
    }

    static String ibanOf(String country, String account) {
        int rest = 0;
        String text = account + country + "00";
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (value > 9 ? 100 * rest + value : 10 * rest + value) % 97;
        }
        return country + String.format("%02d", 98 - rest) + account;
    }

    static int verhoeff(String body) {
        int[][] permuted = new int[8][];
        permuted[0] = DIHEDRAL[0];
        permuted[1] = PERMUTATION;
        for (int i = 2; i < 8; i++) {
            permuted[i] = new int[10];
            for (int j = 0; j < 10; j++) {
                permuted[i][j] = permuted[i - 1][PERMUTATION[j]];
            }
        }
        int state = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            state = DIHEDRAL[state][permuted[(i + 1) % 8][digit]];
        }
        for (int check = 0; check < 10; check++) {
            if (DIHEDRAL[state][check] == 0) {
                return check;
            }
        }
        throw new IllegalStateException("no check digit");
    }

    /** ISO/IEC 7064 mod 11,10. */
    static int mod1110(String body) {
        int product = 10;
        for (int i = 0; i < body.length(); i++) {
            int sum = (body.charAt(i) - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10;
    }
}

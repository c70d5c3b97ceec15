package dev.retake.privacy.detect;

/** Country calling codes (ITU-T E.164) and how many digits a number may have. */
public final class PhonePlan {
    /** Length of the code that begins with these two digits: 1 for +1 and +7, 2 or 3 elsewhere, 0 for none. */
    private static final byte[] LENGTHS = new byte[100];

    static {
        for (int two = 10; two < 100; two++) {
            LENGTHS[two] = 3;
        }
        for (int two = 10; two < 20; two++) {
            LENGTHS[two] = 1;
            LENGTHS[two + 60] = 1;
        }
        int[] twoDigits = {
            20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60,
            61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98
        };
        for (int two : twoDigits) {
            LENGTHS[two] = 2;
        }
        for (int none : new int[] {28, 83, 89, 99}) {
            LENGTHS[none] = 0;
        }
        LENGTHS[99] = 3;
    }

    private PhonePlan() {}

    /** How many of the digits of an international number, without its plus sign, are its country's code; 0 for none. */
    public static int countryCodeLength(CharSequence digits) {
        if (digits.length() < 2) {
            return 0;
        }
        int two = 10 * (digits.charAt(0) - '0') + digits.charAt(1) - '0';
        return two < 10 ? 0 : LENGTHS[two];
    }

    /** Whether a number with these digits, country code first, can exist by its code and length. */
    public static boolean isPossible(CharSequence digits) {
        int code = countryCodeLength(digits);
        if (code == 0 || digits.length() > 15) {
            return false;
        }
        if (digits.charAt(0) == '1') {
            return digits.length() == 11 && digits.charAt(1) >= '2';
        }
        return digits.length() - code >= (code == 3 ? 5 : 7) && digits.length() >= 8;
    }
}

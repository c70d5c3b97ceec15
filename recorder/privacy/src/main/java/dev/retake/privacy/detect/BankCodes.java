package dev.retake.privacy.detect;

/** The form of business identifier codes (ISO 9362). */
public final class BankCodes {
    private static final int BANK_AND_COUNTRY = 6;

    private BankCodes() {}

    /** Whether all of {@code value} is a code: six letters, then two or five letters or digits; in capitals or small. */
    public static boolean isCode(CharSequence value) {
        int length = value.length();
        if (length != 8 && length != 11) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!letter && !(i >= BANK_AND_COUNTRY && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }
}

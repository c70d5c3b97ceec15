package dev.retake.privacy.detect;

/** Whether a value is a number that a state gives, by its check digits: what a field with a short name needs to be believed. */
public final class StateIds {
    private static final int SHORTEST = 7;
    private static final int LONGEST = 18;

    private StateIds() {}

    /** Whether check digits of {@code value} hold, spaces, hyphens, dots and slashes left out. */
    public static boolean isChecked(CharSequence value) {
        char[] digits = new char[LONGEST];
        int count = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9' && count < LONGEST) {
                digits[count++] = c;
            } else if (" -./".indexOf(c) < 0) {
                return isLettered(value);
            }
        }
        return count >= SHORTEST && IdNumbers.hasCheckDigits(new Digits(digits, count));
    }

    private static boolean isLettered(CharSequence value) {
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(value.toString(), hits);
        return hits.size() == 1
                && hits.start(0) == 0
                && hits.end(0) == bytes.length
                && hits.dataClass(0) == DataClass.NATIONAL_ID;
    }
}

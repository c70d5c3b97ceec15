package dev.retake.privacy.detect;

/** Tells texts that look like a person's name from other short texts. */
public final class NameEvidence {
    private NameEvidence() {}

    /** Whether {@code value} is one to five words of which one is a known given name. */
    public static boolean looksLikePerson(CharSequence value) {
        int spaces = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ') {
                spaces++;
            } else if (!Character.isLetter(c) && c != '\'' && c != '-' && c != '.') {
                return false;
            }
        }
        return spaces >= 1 && spaces <= 4 && Character.isUpperCase(value.charAt(0));
    }
}

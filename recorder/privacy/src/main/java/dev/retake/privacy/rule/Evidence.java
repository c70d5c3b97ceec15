package dev.retake.privacy.rule;

import dev.retake.privacy.detect.BankCodes;
import dev.retake.privacy.detect.NameEvidence;
import dev.retake.privacy.detect.PaymentCard;
import dev.retake.privacy.detect.StateIds;
import java.util.Locale;

/**
 * What a value must show before a rule takes it for what its field's name says: {@code "phone": true} is a setting,
 * {@code "tokens": 512} a count, {@code "name": "Espresso cups"} a product.
 */
public enum Evidence {
    /** At least one letter or digit, and not {@code true}, {@code false} or {@code null}. */
    ANY {
        @Override
        boolean holds(CharSequence value) {
            return letters(value) + digits(value) > 0 && !isLiteral(value);
        }
    },
    /** At least one letter, and not a literal. */
    TEXT {
        @Override
        boolean holds(CharSequence value) {
            return letters(value) > 0 && !isLiteral(value);
        }
    },
    /** At least three digits, and more digits than letters. */
    DIGITS {
        @Override
        boolean holds(CharSequence value) {
            int digits = digits(value);
            return digits >= 3 && digits > letters(value);
        }
    },
    /** Mostly digits, or digits apart from a few words: {@code November 20, 1948}. */
    DATE {
        @Override
        boolean holds(CharSequence value) {
            return DIGITS.holds(value) || isWrittenDate(value);
        }
    },
    /** One to five words that begin with a capital, or of a script without case, and no digits: whose name is known to be asked for. */
    NAME {
        @Override
        boolean holds(CharSequence value) {
            return isName(value);
        }
    },
    /** Two decimals of at most three digits before the point, with a comma, a semicolon or a space between them. */
    POINT {
        @Override
        boolean holds(CharSequence value) {
            return isPoint(value);
        }
    },
    /** At least three digits. */
    NUMBERED {
        @Override
        boolean holds(CharSequence value) {
            return digits(value) >= 3;
        }
    },
    /** A letter, a digit and a space: what an address has, and a host or a path has not. */
    WRITTEN {
        @Override
        boolean holds(CharSequence value) {
            return digits(value) > 0 && letters(value) > 2 && value.toString().indexOf(' ') > 0;
        }
    },
    /** A business identifier code (ISO 9362), in any case. */
    BANK_CODE {
        @Override
        boolean holds(CharSequence value) {
            return BankCodes.isCode(value);
        }
    },
    /** A number of a state's whose check digits are right. */
    CHECKED {
        @Override
        boolean holds(CharSequence value) {
            return StateIds.isChecked(value);
        }
    },
    /** A run without spaces that is neither a word, nor a literal, nor a small number. */
    OPAQUE {
        @Override
        boolean holds(CharSequence value) {
            return isOpaque(value);
        }
    },
    /** A long run that looks drawn at random: of both cases with digits, or of one with many digits; no UUID, no path. */
    RANDOM {
        @Override
        boolean holds(CharSequence value) {
            return isRandom(value);
        }
    },
    /** The digits of a payment card, with its check digit. */
    CARD {
        @Override
        boolean holds(CharSequence value) {
            return isCard(value);
        }
    },
    /** Words with capitals, of which none is known to be anything but a name. */
    UNHEARD {
        @Override
        boolean holds(CharSequence value) {
            return NameEvidence.mayBePerson(value);
        }
    },
    /** Five digits that are no round number. */
    FIVE_DIGITS {
        @Override
        boolean holds(CharSequence value) {
            return value.length() == 5
                    && digits(value) == 5
                    && !value.toString().endsWith("000");
        }
    },
    /** One to five words that begin with a capital, one of them a known given name; or a script without case. */
    PERSON {
        @Override
        boolean holds(CharSequence value) {
            return NameEvidence.looksLikePerson(value);
        }
    };

    private static final int LONGEST_DATE = 40;
    private static final int SHORTEST_MIXED = 16;
    private static final int SHORTEST_FLAT = 24;
    private static final int MOST_NAMES = 6;
    private static final int MOST_WORDS = 4;

    /** Whether {@code value} shows it. */
    abstract boolean holds(CharSequence value);

    /** The constant with this name in lower case. */
    static Evidence ofLabel(String label) {
        for (Evidence candidate : values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no evidence " + label);
    }

    private static int letters(CharSequence value) {
        int count = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80 ? Character.isLetter(c) || Character.isSurrogate(c) : isAsciiLetter(c)) {
                count++;
            }
        }
        return count;
    }

    private static int digits(CharSequence value) {
        int count = 0;
        for (int i = 0; i < value.length(); i++) {
            if (Character.isDigit(value.charAt(i))) {
                count++;
            }
        }
        return count;
    }

    /** At least three digits in words of their own, but for the ends of ordinals, and at most four words of letters. */
    private static boolean isWrittenDate(CharSequence value) {
        if (value.length() > LONGEST_DATE) {
            return false;
        }
        int digits = 0;
        int words = 0;
        int i = 0;
        while (i < value.length()) {
            int start = i;
            while (i < value.length() && Character.isDigit(value.charAt(i))) {
                i++;
            }
            digits += i - start;
            int letters = i;
            while (i < value.length() && Character.isLetter(value.charAt(i))) {
                i++;
            }
            boolean ordinal = letters > start && i - letters <= 2;
            boolean word = letters == start && i > letters;
            boolean mixed = i < value.length() && i > letters && Character.isDigit(value.charAt(i));
            if (mixed || i > letters && !ordinal && !word) {
                return false;
            }
            words += word ? 1 : 0;
            i = Math.max(i, start + 1);
        }
        return digits >= 3 && words >= 1 && words <= MOST_WORDS;
    }

    private static boolean isName(CharSequence value) {
        int words = 0;
        int capitals = 0;
        int small = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean starts = i == 0 || value.charAt(i - 1) == ' ' || value.charAt(i - 1) == '-';
            if (Character.isLetter(c)) {
                boolean big = Character.isUpperCase(c) || !Character.isLowerCase(c);
                words += starts ? 1 : 0;
                capitals += starts && big ? 1 : 0;
                small += !starts && (Character.isLowerCase(c) || !Character.isUpperCase(c)) ? 1 : 0;
            } else if (" -'.,’".indexOf(c) < 0) {
                return false;
            }
        }
        return words <= MOST_NAMES && capitals > 0 && 2 * capitals >= words && (small > 0 || words > 1);
    }

    private static boolean isCard(CharSequence value) {
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c != ' ' && c != '-') {
                return false;
            }
        }
        return PaymentCard.brand(digits) != null && PaymentCard.hasCheckDigit(digits);
    }

    private static boolean isPoint(CharSequence value) {
        int decimals = 0;
        int digits = 0;
        boolean point = false;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : ',';
            if (c >= '0' && c <= '9') {
                digits++;
                if (!point && digits > 3) {
                    return false;
                }
            } else if (c == '.' && !point && digits > 0) {
                point = true;
            } else if (c == ',' || c == ';' || c == ' ') {
                decimals += point && digits > 0 ? 1 : 0;
                if (digits > 0 && !point) {
                    return false;
                }
                digits = 0;
                point = false;
            } else if (c != '-' && c != '+' || digits > 0) {
                return false;
            }
        }
        return decimals == 2;
    }

    private static boolean isOpaque(CharSequence value) {
        int length = value.length();
        if (length < 6) {
            return false;
        }
        int digits = digits(value);
        int changes = 0;
        boolean wasUpper = false;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c <= ' ') {
                return false;
            }
            boolean upper = c >= 'A' && c <= 'Z';
            if (i > 0 && upper != wasUpper && isAsciiLetter(c) && isAsciiLetter(value.charAt(i - 1))) {
                changes++;
            }
            wasUpper = upper;
        }
        return digits > 0 || changes >= 3 || length >= 20;
    }

    private static boolean isRandom(CharSequence value) {
        int length = value.length();
        int digits = 0;
        int capitals = 0;
        int small = 0;
        int changes = 0;
        int last = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            int kind = c >= '0' && c <= '9' ? 1 : c >= 'a' && c <= 'z' ? 2 : c >= 'A' && c <= 'Z' ? 3 : 4;
            if (kind == 4 && "_-+/=.~".indexOf(c) < 0) {
                return false;
            }
            digits += kind == 1 ? 1 : 0;
            small += kind == 2 ? 1 : 0;
            capitals += kind == 3 ? 1 : 0;
            changes += kind != last ? 1 : 0;
            last = kind;
        }
        boolean mixed = length >= SHORTEST_MIXED && digits > 0 && capitals > 1 && small > 1 && 3 * changes >= length;
        boolean flat = length >= SHORTEST_FLAT && digits + small + capitals == length && 6 * digits >= length;
        return mixed || flat && digits < length && (small == 0 || capitals == 0);
    }

    private static boolean isLiteral(CharSequence value) {
        return switch (value.length()) {
            case 4 -> matches(value, "true") || matches(value, "null") || matches(value, "none");
            case 5 -> matches(value, "false");
            default -> false;
        };
    }

    private static boolean matches(CharSequence value, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if ((value.charAt(i) | 0x20) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiLetter(char c) {
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}

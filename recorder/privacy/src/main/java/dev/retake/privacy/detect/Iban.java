package dev.retake.privacy.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * International bank account numbers (ISO 13616-1): the structure in each country of the SWIFT registry, and the check
 * digits by ISO 7064 MOD 97-10.
 */
public final class Iban {
    private static final Map<String, String> STRUCTURES = new HashMap<>();

    static {
        // Country, then the account part: a = letter, n = digit, c = either; the bank's own code is in brackets.
        String registry = "AD (4n)4n12c, AE (3n)16n, AL (3n)5n16c, AT (5n)11n, AZ (4a)20c, BA (3n)3n8n2n, BE (3n)7n2n, "
                + "BG (4a)4n2n8c, BH (4a)14c, BI (5n)5n11n2n, BR (8n)5n10n1a1c, BY (4c)4n16c, CH (5n)12c, CR (4n)14n, "
                + "CY (3n)5n16c, CZ (4n)6n10n, DE (8n)10n, DJ (5n)5n11n2n, DK (4n)9n1n, DO (4c)20n, EE (2n)2n11n1n, "
                + "EG (4n)4n17n, ES (4n)4n2n10n, FI (3n)11n, FK (2a)12n, FO (4n)9n1n, FR (5n)5n11c2n, GB (4a)6n8n, "
                + "GE (2a)16n, GI (4a)15c, GL (4n)9n1n, GR (3n)4n16c, GT (4c)20c, HN (4a)20n, HR (7n)10n, "
                + "HU (3n)4n1n15n1n, IE (4a)6n8n, IL (3n)3n13n, IQ (4a)3n12n, IS (4n)2n6n10n, IT 1a(5n)5n12c, "
                + "JO (4a)4n18c, KW (4a)22c, KZ (3n)13c, LB (4n)20c, LC (4a)24c, LI (5n)12c, LT (5n)11n, LU (3n)13c, "
                + "LV (4a)13c, LY (3n)3n15n, MC (5n)5n11c2n, MD (2c)18c, ME (3n)13n2n, MK (3n)10c2n, MN (4n)12n, "
                + "MR (5n)5n11n2n, MT (4a)5n18c, MU (4a)2n2n12n3n3a, NI (4a)20n, NL (4a)10n, NO (4n)6n1n, OM (3n)16c, "
                + "PK (4a)16c, PL (8n)16n, PS (4a)21c, PT (4n)4n11n2n, QA (4a)21c, RO (4a)16c, RS (3n)13n2n, "
                + "RU (9n)5n15c, SA (2n)18c, SC (4a)2n2n16n3a, SD (2n)12n, SE (3n)16n1n, SI (5n)8n2n, SK (4n)6n10n, "
                + "SM 1a(5n)5n12c, SO (4n)3n12n, ST (4n)4n11n2n, SV (4a)20n, TL (3n)14n2n, TN (2n)3n13n2n, "
                + "TR (5n)1n16c, UA (6n)19c, VA (3n)15n, VG (4a)16n, XK (4n)10n2n, YE (4a)4n18c";
        for (String entry : registry.split(", ")) {
            STRUCTURES.put(entry.substring(0, 2), expand(entry.substring(3)));
        }
    }

    private static final @Nullable String[] BY_LETTERS = new String[26 * 26];

    static {
        STRUCTURES.forEach((country, structure) ->
                BY_LETTERS[26 * (country.charAt(0) - 'A') + country.charAt(1) - 'A'] = structure);
    }

    private Iban() {}

    /** The same as {@link #structure(CharSequence)} for two capitals. */
    static @Nullable String structure(char first, char second) {
        return BY_LETTERS[26 * (first - 'A') + second - 'A'];
    }

    /**
     * The account part of a country's numbers, a letter for each position: {@code a} letter, {@code n} digit, {@code c}
     * either, in capitals where the position belongs to the bank's own code. Null for a country without IBAN.
     */
    public static @Nullable String structure(CharSequence country) {
        return STRUCTURES.get(country.toString());
    }

    /** Whether {@code text}, in capitals without spaces, has its country's form and right check digits. */
    public static boolean isValid(CharSequence text) {
        return hasForm(text) && remainder(text) == 1;
    }

    /** Whether {@code text}, in capitals without spaces, has its country's form, whatever its check digits. */
    public static boolean hasForm(CharSequence text) {
        if (text.length() < 5) {
            return false;
        }
        String structure = structure(text.subSequence(0, 2));
        if (structure == null
                || text.length() != structure.length() + 4
                || !isDigit(text.charAt(2))
                || !isDigit(text.charAt(3))) {
            return false;
        }
        for (int i = 0; i < structure.length(); i++) {
            char c = text.charAt(i + 4);
            boolean letter = c >= 'A' && c <= 'Z';
            boolean fits = switch (structure.charAt(i) | 0x20) {
                case 'a' -> letter;
                case 'n' -> isDigit(c);
                default -> letter || isDigit(c);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The two check digits for {@code text}, of which positions 2 and 3 are passed over. */
    public static String checkDigits(CharSequence text) {
        int rest = 98 - remainder(text.subSequence(0, 2) + "00" + text.subSequence(4, text.length()));
        return rest < 10 ? "0" + rest : String.valueOf(rest);
    }

    private static int remainder(CharSequence text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt((i + 4) % text.length());
            rest = isDigit(c) ? (10 * rest + c - '0') % 97 : (100 * rest + c - 'A' + 10) % 97;
        }
        return rest;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String expand(String compact) {
        StringBuilder positions = new StringBuilder();
        boolean bank = false;
        int count = 0;
        for (int i = 0; i < compact.length(); i++) {
            char c = compact.charAt(i);
            if (isDigit(c)) {
                count = 10 * count + c - '0';
            } else if (c == '(' || c == ')') {
                bank = c == '(';
            } else {
                positions.append(
                        String.valueOf(bank ? Character.toUpperCase(c) : c).repeat(count));
                count = 0;
            }
        }
        return positions.toString();
    }
}

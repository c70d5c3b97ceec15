package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.KeyPrefix;
import dev.retake.privacy.pseudonym.ShapeEncoder.Family;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import dev.retake.privacy.rule.Action;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces values within one scope. Every method takes any text and fails for none; what is empty stays empty, and what
 * is no valid value of its class stays invalid in the same way. Thread-safe.
 */
public final class Replacement {
    private static final int HASH_BYTES = 16;
    private static final byte[] NO_MEMBERS = {'{', '}'};
    private static final int VALUES_A_WORD = 2;
    private static final int VALUES_A_DOMAIN = 20;
    private static final int SHORTEST_HANDLE = 5;

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;
    private final NetworkEncoder networks;
    private final EmailEncoder emails;
    private final PhoneEncoder phones;
    private final AccountEncoder accounts;
    private final NameEncoder names;
    private final DateEncoder dates;
    private final JwtEncoder jwts;
    private final TextEncoder texts;

    /** @param remembered how many values are remembered with their surrogates; names and domains fewer */
    Replacement(SurrogateKeys keys, int remembered) {
        this.keys = keys;
        this.shapes = new ShapeEncoder(keys, remembered);
        this.networks = new NetworkEncoder(keys, shapes);
        this.emails = new EmailEncoder(keys, shapes, networks, remembered / VALUES_A_DOMAIN);
        this.phones = new PhoneEncoder(keys, shapes);
        this.accounts = new AccountEncoder(keys, shapes);
        this.names = new NameEncoder(keys, shapes, remembered / VALUES_A_WORD);
        this.dates = new DateEncoder(keys, shapes);
        this.jwts = new JwtEncoder(keys, shapes);
        this.texts = new TextEncoder(shapes, dates);
    }

    /** The surrogate of {@code value}; that of a JWT has no claims, unlike that of {@link #replaceJwt}. */
    public String replace(DataClass dataClass, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return switch (dataClass) {
            case EMAIL -> emails.encode(value);
            case PHONE -> phones.encode(value);
            case CARD -> accounts.card(value);
            case IBAN -> accounts.iban(value);
            case IPV4, IPV6 -> networks.encode(value);
            case JWT -> jwts.encode(value, json -> NO_MEMBERS);
            case PERSON_NAME -> isHandle(value) ? shapes.encode(Family.OPAQUE, value) : names.person(value);
            case GIVEN_NAME, FAMILY_NAME -> names.person(value);
            case STREET, CITY, ADDRESS -> names.place(value);
            case DATE_OF_BIRTH -> dates.birth(value);
            case SECRET -> secret(value);
            case PASSWORD -> shapes.encodePassword(value);
            case USERNAME, USER_ID -> shapes.encode(Family.OPAQUE, value);
            case MAC -> shapes.encode(Family.MAC, value);
            case POSTCODE -> shapes.encode(Family.POSTCODE, value);
            case CARD_CODE, BANK_ACCOUNT, NATIONAL_ID -> shapes.encode(Family.NUMBER, value);
            case GEO -> coordinate(value);
            case OTHER -> texts.encode(value);
        };
    }

    /**
     * The surrogate of a JWT whose claims and header the caller rewrites, so that a claim has the surrogate that it has
     * elsewhere.
     *
     * @param json rewrites a JSON object to a JSON object
     */
    public String replaceJwt(String token, UnaryOperator<byte[]> json) {
        return token.isEmpty() ? token : jwts.encode(token, json);
    }

    /**
     * The surrogate of a number, which is a number of the same form: sign, point and exponent stay.
     *
     * @param number as JSON writes it
     */
    public String replaceNumber(DataClass dataClass, String number) {
        int from = number.startsWith("-") ? 1 : 0;
        int to = from;
        while (to < number.length() && Letters.isDigit(number.charAt(to))) {
            to++;
        }
        boolean whole = to == number.length();
        String digits = number.substring(from, to);
        return switch (dataClass) {
            case DATE_OF_BIRTH ->
                whole && digits.length() >= 5 && digits.length() <= 14
                        ? dates.birth(number)
                        : number.substring(0, from) + shapes.encode(Family.NUMBER, digits) + number.substring(to);
            case GEO -> coordinate(number);
            case OTHER -> texts.number(number);
            case PHONE -> number.substring(0, from) + phones.encode(digits, true) + number.substring(to);
            case CARD -> number.substring(0, from) + accounts.card(digits) + number.substring(to);
            case EMAIL, IBAN, IPV4, IPV6, JWT, PERSON_NAME, GIVEN_NAME, FAMILY_NAME, STREET, CITY, ADDRESS ->
                number.substring(0, from) + shapes.encode(Family.NUMBER, digits) + number.substring(to);
            case SECRET, PASSWORD, USERNAME, USER_ID, MAC, POSTCODE, CARD_CODE, BANK_ACCOUNT, NATIONAL_ID ->
                number.substring(0, from) + replace(dataClass, digits) + number.substring(to);
        };
    }

    /**
     * Whether a name is one that somebody logs in by, and in other fields is called so: one word without capitals. The
     * surrogate of a name is none.
     */
    private static boolean isHandle(String name) {
        int letters = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80 || c == ' ' || c >= 'A' && c <= 'Z') {
                return false;
            }
            letters += c >= 'a' && c <= 'z' ? 1 : 0;
        }
        return letters >= SHORTEST_HANDLE && !NameEncoder.isSurrogate(name);
    }

    /** What {@code action} makes of {@code value}; null where its field is to be dropped. */
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        if (value.isEmpty()) {
            return action == Action.DROP ? null : value;
        }
        return switch (action) {
            case KEEP -> value;
            case DROP -> null;
            case REDACT -> "redacted";
            case HASH -> HexFormat.of().formatHex(keys.hmac(Purpose.HASH, value), 0, HASH_BYTES);
            case PSEUDONYMIZE -> replace(dataClass, value);
            case GENERALIZE -> generalized(dataClass, value);
            case SHIFT -> dates.shifted(value);
        };
    }

    /** The same for a number as JSON writes it; the result is a number too. */
    public @Nullable String applyNumber(Action action, DataClass dataClass, String number) {
        return switch (action) {
            case KEEP -> number;
            case DROP -> null;
            case REDACT -> "0";
            case HASH, PSEUDONYMIZE -> replaceNumber(dataClass, number);
            case GENERALIZE -> dataClass == DataClass.GEO ? coarse(number) : "0";
            case SHIFT -> number.indexOf('.') < 0 ? dates.shifted(number) : replaceNumber(dataClass, number);
        };
    }

    private String generalized(DataClass dataClass, String value) {
        return switch (dataClass) {
            case DATE_OF_BIRTH -> dates.year(value);
            case GEO -> coarse(value);
            case IPV4, IPV6 -> NetworkEncoder.network(value);
            case EMAIL, PHONE, CARD, CARD_CODE, IBAN, BANK_ACCOUNT, MAC, JWT, SECRET, PASSWORD -> "redacted";
            case PERSON_NAME, GIVEN_NAME, FAMILY_NAME, USERNAME, USER_ID -> "redacted";
            case STREET, CITY, POSTCODE, ADDRESS, NATIONAL_ID, OTHER -> "redacted";
        };
    }

    /** What names a key's provider stays. */
    private String secret(String value) {
        int kept = KeyPrefix.lengthIn(value);
        return value.substring(0, kept) + shapes.encode(Family.OPAQUE, value.substring(kept));
    }

    /** Degrees stay, their fractions are replaced: the surrogate lies within about 100 km, and in range. */
    private String coordinate(String value) {
        StringBuilder out = new StringBuilder(value.length());
        int done = 0;
        for (int i = value.indexOf('.'); i >= 0; i = value.indexOf('.', done)) {
            int end = i + 1;
            boolean zeros = true;
            while (end < value.length() && Letters.isDigit(value.charAt(end))) {
                zeros &= value.charAt(end) == '0';
                end++;
            }
            String fraction = value.substring(i + 1, end);
            out.append(value, done, i + 1);
            out.append(zeros ? fraction : fraction(fraction));
            done = end;
        }
        return out.append(value, done, value.length()).toString();
    }

    /** Walks on from zeros alone, which are their own surrogate. */
    private String fraction(String digits) {
        String surrogate = digits;
        do {
            surrogate = shapes.encode(Family.GEO, '.' + surrogate).substring(1);
        } while (surrogate.chars().allMatch(c -> c == '0'));
        return surrogate;
    }

    /** A tenth of a degree: later digits become zeros. */
    private static String coarse(String value) {
        StringBuilder out = new StringBuilder(value);
        int fraction = -1;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c == '.') {
                fraction = 0;
            } else if (!Letters.isDigit(c)) {
                fraction = -1;
            } else if (fraction >= 0 && ++fraction > 1) {
                out.setCharAt(i, '0');
            }
        }
        return out.toString();
    }
}

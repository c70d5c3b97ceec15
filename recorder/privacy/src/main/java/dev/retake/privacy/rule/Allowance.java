package dev.retake.privacy.rule;

import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which values of a field stay under the policies {@code crowd} and {@code deny}, of those that no rule and no detector
 * replaces. Immutable.
 */
public final class Allowance {
    /** No value. */
    public static final Allowance NOTHING = new Allowance("", value -> false);

    static final Allowance EVERYTHING = new Allowance("any", value -> true);

    private static final int SMALL_NUMBER_DIGITS = 6;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final String kind;
    private final Predicate<String> values;

    private Allowance(String kind, Predicate<String> values) {
        this.kind = kind;
        this.values = values;
    }

    /**
     * The values that a pack calls {@code kind}, or those that it lists.
     *
     * @throws IllegalArgumentException for a kind that there is not
     */
    static Allowance of(List<String> kindOrValues) {
        if (kindOrValues.size() != 1) {
            Set<String> listed = new HashSet<>();
            kindOrValues.forEach(value -> listed.add(value.toLowerCase(Locale.ROOT)));
            return new Allowance("listed", value -> listed.contains(value.toLowerCase(Locale.ROOT)));
        }
        String kind = kindOrValues.get(0);
        return switch (kind) {
            case "any" -> EVERYTHING;
            case "small-number" -> new Allowance(kind, Allowance::isSmallNumber);
            case "currency" -> new Allowance(kind, value -> CURRENCIES.contains(value.toUpperCase(Locale.ROOT)));
            case "language" -> new Allowance(kind, Allowance::isLanguage);
            default -> throw new IllegalArgumentException("no kind of values " + kind);
        };
    }

    /** Whether {@code value}, decoded, stays. */
    public boolean holds(String value) {
        return values.test(value);
    }

    /** At most six digits: a page, a size, a position. */
    private static boolean isSmallNumber(String value) {
        return value.length() <= SMALL_NUMBER_DIGITS
                && !value.isEmpty()
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** One or more language tags (RFC 5646) of language, script and country alone, perhaps with weights (RFC 9110 §12.5.4). */
    public static boolean isLanguage(String value) {
        return Arrays.stream(value.split("[,;]", -1)).map(String::strip).allMatch(Allowance::isLanguageTag);
    }

    private static boolean isLanguageTag(String tag) {
        if (tag.equals("*") || tag.matches("q=[01](\\.\\d{0,3})?")) {
            return true;
        }
        String[] parts = tag.split("[-_]", -1);
        boolean known = LANGUAGES.contains(parts[0].toLowerCase(Locale.ROOT));
        for (int i = 1; i < parts.length; i++) {
            known &= COUNTRIES.contains(parts[i].toUpperCase(Locale.ROOT))
                    || parts[i].matches("\\d{3}|Hans|Hant|Latn|Cyrl|Arab");
        }
        return known;
    }

    @Override
    public String toString() {
        return kind;
    }
}

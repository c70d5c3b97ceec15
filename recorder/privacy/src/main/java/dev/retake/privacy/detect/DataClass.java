package dev.retake.privacy.detect;

import java.util.Locale;

/**
 * What a value is, and how its surrogates relate to real values. A {@code reserved} class draws them from a range that
 * no real value has, so that a surrogate is recognised and left alone; a {@code distinct} class has as many surrogates as
 * values, so that two values never share one.
 */
public enum DataClass {
    EMAIL(Kind.RESERVED),
    /** National or international, in any grouping. */
    PHONE(Kind.RESERVED),
    /** Primary account number of a payment card (ISO/IEC 7812). */
    CARD(Kind.RESERVED),
    /** The security code printed on a card. */
    CARD_CODE(Kind.DISTINCT),
    /** ISO 13616. */
    IBAN(Kind.RESERVED),
    /** A domestic bank account or routing number. */
    BANK_ACCOUNT(Kind.DISTINCT),
    IPV4(Kind.RESERVED),
    IPV6(Kind.RESERVED),
    MAC(Kind.DISTINCT),
    /** RFC 7519, signed or encrypted. */
    JWT(Kind.RESERVED),
    /** Opaque: tokens, API keys, session identifiers, signatures. */
    SECRET(Kind.DISTINCT),
    PASSWORD(Kind.DISTINCT),
    /** All names of a person, or those of unknown part. */
    PERSON_NAME(Kind.RESERVED),
    GIVEN_NAME(Kind.RESERVED),
    FAMILY_NAME(Kind.RESERVED),
    /** The name a person logs in or appears with. */
    USERNAME(Kind.DISTINCT),
    /** The opaque identifier of a person. */
    USER_ID(Kind.DISTINCT),
    /** Street and house. */
    STREET(Kind.RESERVED),
    CITY(Kind.RESERVED),
    POSTCODE(Kind.DISTINCT),
    /** Several parts of an address in one text. */
    ADDRESS(Kind.RESERVED),
    DATE_OF_BIRTH(Kind.DISTINCT),
    /** Issued by a state: social security, tax, passport, licence. */
    NATIONAL_ID(Kind.DISTINCT),
    /** Latitude or longitude, or both. */
    GEO(Kind.DISTINCT),
    /** What no rule and no detector knows, replaced since the policy does not keep it: words, numbers, times. */
    OTHER(Kind.DISTINCT);

    private enum Kind {
        RESERVED,
        DISTINCT
    }

    private final Kind kind;
    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    DataClass(Kind kind) {
        this.kind = kind;
    }

    /** Whether surrogates come from a range that no real value has; otherwise there are as many as values. */
    public boolean reserved() {
        return kind == Kind.RESERVED;
    }

    /** The name in rule packs and reports: {@code date-of-birth}. */
    public String label() {
        return label;
    }

    /**
     * The class with this {@link #label()}.
     *
     * @throws IllegalArgumentException for another text
     */
    public static DataClass ofLabel(String label) {
        for (DataClass candidate : values()) {
            if (candidate.label.equals(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no data class " + label);
    }
}

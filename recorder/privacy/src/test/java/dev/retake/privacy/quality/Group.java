package dev.retake.privacy.quality;

import java.util.Locale;

/** What a row of the table is about. */
enum Group {
    CREDENTIAL(0.99),
    CARD(0.995),
    IBAN(0.995),
    NATIONAL_ID(0.97),
    CONTACT(0.995),
    NAME_IN_FIELD(0.98),
    NAME_IN_TEXT(0.95),
    ADDRESS_IN_FIELD(0.98),
    ADDRESS_IN_TEXT(0.90),
    BIRTH(0.95),
    PLACE(0.99),
    PERSON_ID(0.98),
    BIC(0.99),
    CLEAN(0.99),
    /** Products, companies, regions and sentences, which look like names and addresses. */
    CLEAN_TEXT(0.85);

    private final double least;

    Group(double least) {
        this.least = least;
    }

    /** The share of the half for tuning that must be found, of what is clean the share that must stay. */
    double least() {
        return least;
    }

    static Group of(String kind) {
        return switch (kind) {
            case "card" -> CARD;
            case "iban" -> IBAN;
            case "nid", "nid.text" -> NATIONAL_ID;
            case "email", "phone", "ipv4", "ipv6", "mac" -> CONTACT;
            case "name", "given", "family" -> NAME_IN_FIELD;
            case "t.name", "t.given", "t.family" -> NAME_IN_TEXT;
            case "address", "street", "city", "zip" -> ADDRESS_IN_FIELD;
            case "t.address" -> ADDRESS_IN_TEXT;
            case "birth", "birth.iso" -> BIRTH;
            case "lat", "lon" -> PLACE;
            case "userid", "passport", "licence", "patient", "f.mrn" -> PERSON_ID;
            case "bic" -> BIC;
            case "c.product", "c.company", "c.place", "c.sentence" -> CLEAN_TEXT;
            default -> kind.startsWith("c.") ? CLEAN : CREDENTIAL;
        };
    }

    /** Whether its values must stay. */
    boolean clean() {
        return this == CLEAN || this == CLEAN_TEXT;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

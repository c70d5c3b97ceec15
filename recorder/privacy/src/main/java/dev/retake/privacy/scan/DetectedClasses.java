package dev.retake.privacy.scan;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Which of the values that detectors find are leaks. */
public enum DetectedClasses {
    /** None: only planted values are looked for. */
    NONE,
    /** Values of exact form whose surrogates are known from real values, so that a recording without a leak is clean. */
    CERTAIN,
    /**
     * Whatever detectors take for a value, names and addresses in running text too; surrogates of keys and ids then count,
     * since nothing tells them apart.
     */
    ALL;

    /** Whether the value of {@code dataClass} that stands in {@code text[from, to)} should not be there. */
    public boolean isLeak(DataClass dataClass, byte[] text, int from, int to) {
        if (this == NONE || this == CERTAIN && (!dataClass.reserved() || isLikelihood(dataClass))) {
            return false;
        }
        String value = new String(text, from, to - from, StandardCharsets.UTF_8);
        return SurrogateRecognizer.classOf(value) == null && !isOfNobody(dataClass, value);
    }

    /** Whether running text only makes a value of this class likely: a brand reads like a name. */
    private static boolean isLikelihood(DataClass dataClass) {
        return dataClass == DataClass.PERSON_NAME || dataClass == DataClass.ADDRESS;
    }

    /** The class of {@code value} where it is a leak by its form as a whole, else null. */
    public @Nullable DataClass leakOf(String value) {
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(value, hits);
        boolean whole = hits.size() == 1 && hits.start(0) == 0 && hits.end(0) == bytes.length;
        return whole && isLeak(hits.dataClass(0), bytes, 0, bytes.length) ? hits.dataClass(0) : null;
    }

    /** Addresses that every host has: loopback, unspecified, broadcast and masks. */
    private static boolean isOfNobody(DataClass dataClass, String value) {
        return switch (dataClass) {
            case IPV4 -> value.startsWith("127.") || value.startsWith("0.") || value.startsWith("255.");
            case IPV6 -> value.equals("::") || value.equals("::1");
            case MAC -> value.matches("(?i)(00[:-]?){5}00|(ff[:-]?){5}ff");
            case EMAIL, PHONE, CARD, CARD_CODE, IBAN, BANK_ACCOUNT, JWT, SECRET, PASSWORD -> false;
            case PERSON_NAME, GIVEN_NAME, FAMILY_NAME, USERNAME, USER_ID, STREET, CITY, POSTCODE, ADDRESS, OTHER ->
                false;
            case DATE_OF_BIRTH, NATIONAL_ID, GEO -> false;
        };
    }
}

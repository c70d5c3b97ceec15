package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.PhonePlan;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.util.List;
import java.util.Map;

/**
 * Replaces phone numbers by fictional ones: those that a regulator keeps for drama where it does, and elsewhere ones that
 * begin with three zeros, which no plan assigns. Country, grouping and length stay.
 */
final class PhoneEncoder {
    private static final int FEWEST_DIGITS = 7;
    private static final String UNASSIGNED = "000";

    /** What a number that must not begin with zero, because it is a JSON number, begins with instead. */
    private static final String UNASSIGNED_NUMBER = "99900";

    /** North American area codes that surrogates are drawn from; numbers in them are 555-0100 to 555-0199. */
    private static final String[] AREAS =
            ("223 272 279 283 326 332 341 346 350 364 380 445 447 448 458 463 464 469 472 475 531 534 539 551 557 559 563 "
                            + "564 567 571 572 573 574 575 580 582 585 586 620 623 626 628 629 630 636 640 641 645 646 656 "
                            + "657 659 660 667 669 680 681 682 689 701 724 725 726 727 730 731 734 737 743 747 754 762 763 "
                            + "765 769 770 771 772 773 774 775 779 785 786 801 803 806 820 828 830 835 838 839 840 843 845 "
                            + "848 854 856 857 858 859 860 862 863 864 865 870 872 878 903 906 907 908 910 912 913 914 919 "
                            + "920 925 928 929 930 931 934 936 937 938 940 941 943 945 947 948 951 952 956 959 970 971 973 "
                            + "975 978 979 980 983 984 985 986 989")
                    .split(" ");

    /** Beginnings of fictional numbers, without the country's code, by what the real number begins with. */
    private static final Map<String, List<String>> FICTIONAL = Map.of(
            "44",
            List.of(
                    "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960", "1314960", "1414960",
                    "1514960", "1614960", "1914980"),
            "33",
            List.of("19900", "26191", "35301", "46571", "53649", "63998"),
            "49",
            List.of("3023125", "6990009", "4066969", "8999998", "2214710"),
            "61",
            List.of("27010", "37010", "77010", "87010"),
            "353",
            List.of("2091"),
            "46",
            List.of("8465004", "3139006", "4062804", "9803192", "70174065"));

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    PhoneEncoder(SurrogateKeys keys, ShapeEncoder shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    /** A number taken apart: its digits are the country's code with what goes before it, then the national number. */
    private record Dialed(String country, int lead, String national) {}

    String encode(String value) {
        return encode(value, false);
    }

    String encode(String value, boolean number) {
        int end = extension(value);
        String digits = Letters.digits(value.substring(0, end));
        boolean fictional = digits.length() >= FEWEST_DIGITS && digits.length() <= 17;
        if (!fictional) {
            return shapes.encode(ShapeEncoder.Family.NUMBER, value);
        }
        Dialed parsed = parse(value, digits);
        if (isFictional(parsed, number)) {
            return value;
        }
        Noise noise = new Noise(keys, Purpose.PHONE, parsed.national);
        StringBuilder out = new StringBuilder(digits.substring(0, parsed.lead));
        String beginning = beginning(parsed, number, noise);
        out.append(beginning, 0, Math.min(beginning.length(), parsed.national.length()));
        while (out.length() < digits.length()) {
            out.append(noise.digit());
        }
        String tail = end == value.length() ? "" : shapes.encode(ShapeEncoder.Family.NUMBER, value.substring(end));
        return Letters.fill(value.substring(0, end), out) + tail;
    }

    /** Whether {@code value} is one of our numbers. */
    static boolean isSurrogate(String value) {
        int end = extension(value);
        String digits = Letters.digits(value.substring(0, end));
        if (digits.length() < FEWEST_DIGITS || digits.length() > 17) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (!Letters.isDigit(c) && " +-.()/\u00a0\u2009\u202f\u2010\u2011".indexOf(c) < 0) {
                return false;
            }
        }
        return isFictional(parse(value, digits), false);
    }

    private static boolean isFictional(Dialed number, boolean asNumber) {
        String national = number.national;
        if (number.country.equals("1")) {
            return national.length() == 10 && national.startsWith("55501", 3) && isArea(national.substring(0, 3));
        }
        List<String> beginnings = FICTIONAL.get(number.country);
        if (beginnings != null) {
            return beginnings.stream().anyMatch(national::startsWith);
        }
        return national.startsWith(UNASSIGNED) || (asNumber && national.startsWith(UNASSIGNED_NUMBER));
    }

    private static boolean isArea(String area) {
        for (String known : AREAS) {
            if (known.equals(area)) {
                return true;
            }
        }
        return false;
    }

    private static String beginning(Dialed number, boolean asNumber, Noise noise) {
        if (number.country.equals("1")) {
            return AREAS[noise.below(AREAS.length)] + "55501";
        }
        List<String> beginnings = FICTIONAL.get(number.country);
        if (beginnings == null) {
            return asNumber && number.lead == 0 ? UNASSIGNED_NUMBER : UNASSIGNED;
        }
        for (String candidate : beginnings) {
            if (number.country.equals("33") && candidate.charAt(0) == number.national.charAt(0)) {
                return candidate;
            }
        }
        return beginnings.get(noise.below(beginnings.size()));
    }

    /** Digits before the national number: plus and 00 are followed by a country's code, a 0 alone is the trunk's. */
    private static Dialed parse(String value, String digits) {
        boolean plus = value.trim().startsWith("+") || value.trim().startsWith("(+");
        int from = plus ? 0 : digits.startsWith("00") && !digits.startsWith(UNASSIGNED) ? 2 : -1;
        if (from >= 0) {
            int code = from + PhonePlan.countryCodeLength(digits.substring(from));
            if (code > from && code < digits.length()) {
                String country = digits.substring(from, code);
                boolean trunk = digits.charAt(code) == '0' && value.contains("(0)");
                int lead = trunk ? code + 1 : code;
                return new Dialed(country, lead, digits.substring(lead));
            }
        }
        if (digits.length() == 10 && digits.charAt(0) >= '2' && digits.charAt(3) >= '2') {
            return new Dialed("1", 0, digits);
        }
        if (digits.length() == 11 && digits.charAt(0) == '1' && digits.charAt(1) >= '2') {
            return new Dialed("1", 1, digits.substring(1));
        }
        // A number that has no trunk 0 may have been replaced by one that begins with zeros.
        if (digits.charAt(0) == '0' && !digits.startsWith(UNASSIGNED)) {
            return new Dialed(national(value, digits), 1, digits.substring(1));
        }
        if (digits.length() >= 11 && PhonePlan.isPossible(digits)) {
            int code = PhonePlan.countryCodeLength(digits);
            return new Dialed(digits.substring(0, code), code, digits.substring(code));
        }
        return new Dialed("", 0, digits);
    }

    /** The country of a number with a trunk 0, as far as length and grouping tell it. */
    private static String national(String value, String digits) {
        char second = digits.charAt(1);
        if (digits.length() == 11 && "12378".indexOf(second) >= 0) {
            return "44";
        }
        return digits.length() == 10 && isInPairs(value) ? "33" : "";
    }

    private static boolean isInPairs(String value) {
        int run = 0;
        for (int i = 0; i < value.length(); i++) {
            run = Letters.isDigit(value.charAt(i)) ? run + 1 : 0;
            boolean last = i + 1 == value.length() || !Letters.isDigit(value.charAt(i + 1));
            if (run > 2 || (run == 1 && last)) {
                return false;
            }
        }
        return true;
    }

    /** Where letters begin: an extension is no part of the number. */
    private static int extension(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isLetter(value.charAt(i))
                    && !Letters.digits(value.substring(0, i)).isEmpty()) {
                return i;
            }
        }
        return value.length();
    }
}

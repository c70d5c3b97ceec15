package dev.retake.cli.leak;

import java.util.List;
import java.util.function.Function;

/**
 * What is planted: a class of values with a form of its own, which must be found wherever it stands, or one that only the
 * name of its field gives away.
 */
enum PlantedClass {
    AWS_KEY("keys", true, "access key id", draw -> "AKIA" + draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 14) + "2B"),
    GITHUB_TOKEN("keys", true, "github token", draw -> draw.of("ghp_", "gho_", "ghs_") + draw.mixed(36)),
    GITLAB_TOKEN("keys", true, "gitlab token", draw -> "glpat-" + draw.mixed(20)),
    STRIPE_KEY("keys", true, "api key", draw -> draw.of("sk_live_", "rk_live_") + draw.mixed(24)),
    GOOGLE_KEY("keys", true, "api key", draw -> "AIza" + draw.mixed(35)),
    SLACK_TOKEN(
            "keys",
            true,
            "slack token",
            draw -> "xoxb-" + draw.digits(12) + "-" + draw.digits(12) + "-" + draw.mixed(24)),
    SENDGRID_KEY("keys", true, "api key", draw -> "SG." + draw.mixed(22) + "." + draw.mixed(43)),
    PRIVATE_KEY(
            "keys",
            true,
            "private key",
            draw -> "-----BEGIN PRIVATE KEY-----\n" + draw.mixed(64) + "\n" + draw.mixed(64)
                    + "\n-----END PRIVATE KEY-----\n"),
    CONNECTION(
            "keys",
            true,
            "database url",
            draw -> draw.of("postgres", "mysql", "redis") + "://app:" + draw.mixed(18) + "@db.internal:5432/x"),
    SIGNED_URL(
            "keys",
            true,
            "download url",
            draw -> "https://bucket.s3.amazonaws.com/x?X-Amz-Expires=60&X-Amz-Signature=" + draw.hex(64)),
    JWT(
            "JWT",
            true,
            "access token",
            draw -> draw.base64Url("{\"alg\":\"" + draw.of("RS256", "HS512", "ES256") + "\",\"typ\":\"JWT\"}") + "."
                    + draw.base64Url("{\"sub\":\"" + draw.lowerName() + "\",\"email\":\"" + draw.lowerName() + "@"
                            + draw.lowerName() + ".net\"}")
                    + "." + draw.mixed(43)),
    CARD("card", true, "card number", draw -> Draw.luhn(draw.of("4539", "5425", "5105", "4716") + draw.digits(11))),
    GROUPED_CARD(
            "card",
            true,
            "card number",
            draw -> Draw.luhn(draw.of("4539", "5425") + draw.digits(11))
                    .replaceAll("(.{4})(?=.)", "$1" + draw.of(" ", "-"))),
    IBAN("IBAN", true, "iban", PlantedClass::iban),
    GROUPED_IBAN("IBAN", true, "iban", draw -> iban(draw).replaceAll("(.{4})(?=.)", "$1 ")),
    EMAIL(
            "e-mail",
            true,
            "email",
            draw -> draw.lowerName() + draw.of(".", "_", "+") + draw.lowerName() + "@" + draw.lowerName() + "-mail"
                    + draw.of(".net", ".de", ".co.uk")),
    PHONE(
            "phone",
            true,
            "phone",
            draw -> draw.of("+49 171 ", "+44 7911 ", "+33 612", "+1 415 2") + draw.between(200, 999) + draw.digits(3)),
    SOCIAL_SECURITY(
            "national id",
            true,
            "ssn",
            draw -> draw.between(101, 599) + "-" + draw.between(11, 98) + "-" + draw.between(1001, 9998)),
    CPF("national id", true, "cpf", PlantedClass::cpf),
    AHV("national id", true, "social security number", PlantedClass::ahv),
    IPV4(
            "IP, MAC",
            true,
            "client ip",
            draw -> draw.between(131, 160) + "." + draw.below(256) + "." + draw.below(256) + "."
                    + draw.between(1, 254)),
    SHORT_EMAIL(
            "e-mail",
            true,
            "email",
            draw -> draw.from("bdfgklmnprstvz", 4) + "@" + draw.from("bdfgklmnprstvz", 3) + ".io"),
    IPV6("IP, MAC", true, "client ip", draw -> "2a02:8109:" + draw.hex(24).replaceAll("(.{4})(?=.)", "$1:")),
    MAC("IP, MAC", true, "mac address", draw -> ("d4" + draw.hex(10)).replaceAll("(..)(?=.)", "$1:")),

    PASSWORD("secrets", false, "password", draw -> draw.mixed(draw.between(8, 14)) + draw.of("", "!", "-7", "$x")),
    CLIENT_SECRET("secrets", false, "client secret", draw -> draw.mixed(draw.between(16, 40))),
    SESSION("secrets", false, "session id", draw -> draw.mixed(draw.between(20, 32))),
    CSRF("secrets", false, "csrf token", draw -> draw.mixed(draw.between(20, 32))),
    ONE_TIME_CODE("secrets", false, "otp", draw -> draw.between(1, 9) + draw.digits(9)),
    TAX_ID("national id", false, "tax id", draw -> draw.between(1, 9) + draw.digits(10)),
    LOCAL_PHONE("phone", false, "phone", draw -> draw.of("0171 ", "0911 ", "0664 ") + draw.digits(7)),
    BIRTH(
            "birth",
            false,
            "date of birth",
            draw -> String.format("%d-%02d-%02d", draw.between(1931, 2009), draw.between(1, 12), draw.between(1, 28))),
    POSITION("geo", false, "latitude", draw -> draw.between(10, 79) + "." + draw.digits(6) + draw.between(1, 9)),
    GIVEN_NAME("name", false, "first name", Draw::name),
    FAMILY_NAME("name", false, "last name", Draw::name),
    PERSON_NAME("name", false, "full name", draw -> draw.name() + " " + draw.name()),
    USERNAME("name", false, "username", draw -> draw.lowerName() + draw.digits(3)),
    STREET(
            "address",
            false,
            "street",
            draw -> draw.between(1, 240) + " " + draw.name() + draw.of(" Street", " Road", " Crescent")),
    ADDRESS(
            "address",
            false,
            "shipping address",
            draw -> draw.between(1, 240) + " " + draw.name() + " Street, " + draw.name() + " " + draw.digits(5)),
    DEVICE_ID("user id", false, "device id", draw -> draw.mixed(24)),
    VISITOR_ID(
            "user id",
            false,
            "visitor id",
            draw -> draw.hex(8) + "-" + draw.hex(4) + "-4" + draw.hex(3) + "-a" + draw.hex(3) + "-" + draw.hex(12));

    private final String column;
    private final boolean byForm;
    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<Draw, String> generator;

    PlantedClass(String column, boolean byForm, String key, Function<Draw, String> generator) {
        this.column = column;
        this.byForm = byForm;
        this.key = key;
        this.generator = generator;
    }

    /** The column of the table in which it counts. */
    String column() {
        return column;
    }

    /** Whether the value alone says what it is. */
    boolean byForm() {
        return byForm;
    }

    /** A usual name of a field for it, in lower-case words. */
    String key() {
        return key;
    }

    String next(Draw draw) {
        return generator.apply(draw);
    }

    /** Whether it consists of digits as a number of JSON does. */
    boolean isNumber() {
        return this == CARD || this == POSITION || this == TAX_ID || this == ONE_TIME_CODE;
    }

    /** What of {@code value} must not be found afterwards: more than one text where a half would be a leak too. */
    List<String> needles(String value) {
        return switch (this) {
            case JWT -> List.of(value, value.split("\\.")[1], value.split("\\.")[2]);
            case PRIVATE_KEY -> List.of(value.split("\n")[1], value.split("\n")[2]);
            case CONNECTION -> List.of(value.substring(value.indexOf("app:") + 4, value.indexOf('@')));
            case SIGNED_URL -> List.of(value.substring(value.lastIndexOf('=') + 1));
            case GROUPED_CARD, GROUPED_IBAN -> List.of(value, value.replaceAll("[ -]", ""));
            case EMAIL -> List.of(value, value.substring(0, value.indexOf('@')));
            case PERSON_NAME -> List.of(value.split(" ")[0], value.split(" ")[1]);
            case LOCAL_PHONE -> List.of(value, value.substring(value.indexOf(' ') + 1));
            case STREET -> List.of(value, value.split(" ")[1]);
            case ADDRESS -> List.of(value.split(" ")[1], value.split(" ")[3]);
            default -> List.of(value);
        };
    }

    private static String iban(Draw draw) {
        String country = draw.of("DE", "ES", "AT", "PT");
        int length = switch (country) {
            case "DE" -> 18;
            case "ES" -> 20;
            case "AT" -> 16;
            default -> 21;
        };
        String account = draw.digits(length);
        while (account.startsWith("0000")) {
            account = draw.digits(length); // the bank code of surrogates, which are left alone
        }
        return country + String.format("%02d", 98 - Draw.mod97(account + country + "00")) + account;
    }

    private static String cpf(Draw draw) {
        String body = draw.digits(9);
        int first = mod11(body, 10);
        return body.replaceAll("(...)(...)(...)", "$1.$2.$3") + "-" + first + mod11(body + first, 11);
    }

    private static int mod11(String body, int highest) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += (body.charAt(i) - '0') * (highest - i);
        }
        int rest = sum * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    private static String ahv(Draw draw) {
        String body = "756" + draw.digits(9);
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (body + (10 - sum % 10) % 10).replaceAll("(...)(....)(....)(..)", "$1.$2.$3.$4");
    }
}

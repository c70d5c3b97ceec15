package dev.retake.privacy.detect;

import java.util.Locale;
import java.util.UUID;

/**
 * Texts as they stand in logs, mails, tickets and documents, each with the value in it that must be found, or with none.
 * Values are drawn by rules written for this test, apart from the tables of the code under test.
 */
final class LabelledSet {
    /**
     * A text and what must be found in it.
     *
     * @param value empty where nothing must be found
     */
    record Sample(String text, String value) {}

    /** What a row of the table is about. */
    enum Group {
        CREDENTIAL(0.995),
        STRONG_ID(0.999),
        CONTACT(0.995),
        PERSON(0.90),
        ADDRESS(0.90),
        BIRTH(0.95),
        PLACE(0.95);

        private final double least;

        Group(double least) {
            this.least = least;
        }

        /** The recall that is promised. */
        double least() {
            return least;
        }
    }

    private static final String GIVEN = "Maria Thomas Ingrid Rajesh Chloé Dmitri Fatima Kenji Zsófia Liam Beatriz "
            + "Søren Aylin Giuseppe Hannah Tobias Noémie Agnieszka Mateusz Priyanka Vikram Camila Joaquín Siobhán "
            + "Cillian Wanjiru Kwame Nguyen Ottilie Friedrich Bartholomäus Eleonora Marijke Jeroen Anneliese Petra";
    private static final String FAMILY = "Brandstetter Okonjo Lindqvist Fernández O'Rourke Weatherby Castellanos "
            + "Nowakowska Petrosyan Villanueva Hargrove Sundaram Takemoto Oyelaran Duchamp Ravensburg Mbatha Quigley "
            + "Papadimitriou Schellenberg Thistlewood Vandenberghe Kristoffersen Abernathy Zieliński Demirtaş Costigan "
            + "Ferreira Moriyama Halloran Bjornstad Delacourt Whitcombe Svensson Banerjee Rosenthal McAllister Dubois";

    private final Draw draw;
    private final LabelledIds ids;

    LabelledSet(long seed) {
        draw = new Draw(seed);
        ids = new LabelledIds(draw);
    }

    Sample next(Group group) {
        return switch (group) {
            case CREDENTIAL -> credential();
            case STRONG_ID -> strongId();
            case CONTACT -> carried(contact());
            case PERSON -> person();
            case ADDRESS -> address();
            case BIRTH -> birth();
            case PLACE -> place();
        };
    }

    private Sample credential() {
        String secret = draw.mixed(draw.between(16, 40));
        String password = draw.mixed(draw.between(8, 14)) + draw.of("", "!", "#7", "$x");
        return switch (draw.below(12)) {
            case 0, 1, 2 -> carried(providerKey());
            case 3 ->
                new Sample(
                        draw.of("password=", "\"password\": \"", "Passwort: ", "pwd=", "--password ") + password,
                        password);
            case 4 ->
                new Sample(
                        draw.of("postgres", "mysql", "mongodb+srv", "amqp", "redis", "mssql") + "://app:" + secret
                                + "@db.internal:5432/x",
                        secret);
            case 5 -> new Sample("Authorization: Bearer " + secret, secret);
            case 6 -> {
                String jwt = draw.base64Url("{\"alg\":\"" + draw.of("RS256", "HS512", "ES256") + "\",\"typ\":\"JWT\"}")
                        + "." + draw.base64Url("{\"sub\":\"" + draw.digits(8) + "\"}") + "." + draw.mixed(43);
                yield carried(jwt);
            }
            case 7 ->
                named(
                        draw.of(
                                "client_secret",
                                "api_key",
                                "access_token",
                                "X-Api-Key",
                                "refresh_token",
                                "secretKey",
                                "csrf_token",
                                "sessionid"),
                        secret);
            case 8 -> {
                String code = draw.digits(6);
                yield new Sample(
                        draw.of("Your verification code is ", "OTP: ", "Your one-time passcode: ", "login code ")
                                + code,
                        code);
            }
            case 9 -> {
                String key = draw.mixed(64) + "\n" + draw.mixed(64);
                yield new Sample(
                        "-----BEGIN " + draw.of("", "RSA ", "EC ", "OPENSSH ") + "PRIVATE KEY-----\n" + key
                                + "\n-----END",
                        key);
            }
            case 10 ->
                new Sample("https://bucket.s3.amazonaws.com/x?X-Amz-Expires=60&X-Amz-Signature=" + secret, secret);
            default -> new Sample("GET /callback?code=" + secret + "&state=1", secret);
        };
    }

    private Sample named(String name, String value) {
        return new Sample(
                draw.of(
                        name + "=" + value,
                        '"' + name + "\":\"" + value + '"',
                        name + ": " + value,
                        "<" + name + ">" + value + "</" + name + ">"),
                value);
    }

    private String providerKey() {
        return switch (draw.below(20)) {
            case 0 -> draw.of("AKIA", "ASIA") + draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 14) + "2B";
            case 1 -> draw.of("ghp_", "gho_", "ghs_") + draw.mixed(36);
            case 2 -> "github_pat_" + draw.mixed(22) + "_" + draw.mixed(59);
            case 3 -> "glpat-" + draw.mixed(20);
            case 4 -> draw.of("sk_live_", "rk_live_", "sk_test_") + draw.mixed(24);
            case 5 -> "AIza" + draw.mixed(35);
            case 6 -> "xoxb-" + draw.digits(12) + "-" + draw.digits(12) + "-" + draw.mixed(24);
            case 7 -> "SG." + draw.mixed(22) + "." + draw.mixed(43);
            case 8 -> "sk-proj-" + draw.mixed(48);
            case 9 -> "sk-ant-" + draw.of("api03-", "admin01-") + draw.mixed(93);
            case 10 -> "npm_" + draw.mixed(36);
            case 11 -> "pypi-AgEIcHlwaS5vcmc" + draw.mixed(60);
            case 12 -> "hf_" + draw.mixed(34);
            case 13 -> "dop_v1_" + draw.hex(64);
            case 14 -> "shpat_" + draw.hex(32);
            case 15 -> "ya29." + draw.mixed(60);
            case 16 -> "hvs." + draw.mixed(24);
            case 17 -> "dckr_pat_" + draw.mixed(27);
            case 18 -> "whsec_" + draw.mixed(32);
            default -> "NRAK-" + draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 25) + "7Q";
        };
    }

    private Sample strongId() {
        return switch (draw.below(3)) {
            case 0 -> carried(ids.card());
            case 1 -> carried(ids.iban());
            default -> {
                String number = ids.national();
                yield new Sample(ids.labelFor(number) + number, number);
            }
        };
    }

    private String contact() {
        String local = draw.small(draw.between(2, 9));
        String domain = draw.small(draw.between(3, 10)) + draw.of(".com", ".co.uk", ".io", ".de", ".museum", ".com.br");
        return switch (draw.below(12)) {
            case 0, 1 ->
                local + draw.of("", "." + draw.small(5), "+" + draw.small(4), "_" + draw.digits(2)) + "@" + domain;
            case 2 -> draw.of("jürgen", "josé.garcía", "zoë") + "@" + draw.of("bücher.de", domain);
            case 3 -> "\"" + draw.small(4) + " " + draw.small(5) + "\"@" + domain;
            case 4 ->
                "+1" + draw.of(" ", "-", "") + (200 + draw.below(700)) + draw.of(" ", "-") + (200 + draw.below(700))
                        + "-" + draw.digits(4);
            case 5 -> "(" + (200 + draw.below(700)) + ") " + (200 + draw.below(700)) + "-" + draw.digits(4);
            case 6 ->
                draw.of("+44 7", "+33 6", "+34 6", "+39 3", "+49 15") + draw.digits(2) + " " + draw.digits(3) + " "
                        + draw.digits(4);
            case 7 -> draw.of("020 7", "0161 4", "030 9") + draw.digits(3) + " " + draw.digits(4);
            case 8 ->
                draw.between(11, 126) + "." + draw.below(256) + "." + draw.below(256) + "." + draw.between(1, 254);
            case 9 ->
                "2a02:" + draw.from("123456789abcdef", 4) + ":" + draw.from("123456789", 3) + "::"
                        + draw.from("123456789abcdef", 4);
            case 10 -> draw.from("0123456789ABCDEF", 12).replaceAll("(..)(?=.)", "$1:");
            default ->
                "fe80::" + draw.from("123456789abcdef", 4) + ":" + draw.from("123456789", 4) + ":"
                        + draw.from("123456789abcdef", 4);
        };
    }

    private Sample person() {
        String name = draw.word(GIVEN) + " " + draw.word(FAMILY);
        String given = draw.word(GIVEN);
        return switch (draw.below(12)) {
            case 0 -> new Sample("Dear " + name + ", thank you for your order.", name);
            case 1 -> new Sample("The parcel was signed for by " + name + " at noon.", name);
            case 2 -> new Sample("ticket 4711: " + name + " cannot log in", name);
            case 3 -> new Sample(name, name);
            case 4 -> new Sample("{\"note\":\"call back " + name + " tomorrow\"}", name);
            case 5 -> new Sample("4711;" + name + ";open;12.50", name);
            case 6 -> new Sample("Hi " + given + ",\nyour refund is on its way.", given);
            case 7 ->
                new Sample(
                        draw.of("Mr. ", "Mrs ", "Dr. ", "Frau ", "Mme ", "Sra. ") + name + " has been waiting", name);
            case 8 -> new Sample("Kind regards,\n" + name + "\nCustomer Care", name);
            case 9 -> new Sample("INFO assigned to " + name + " (tier 2)", name);
            case 10 -> new Sample("Yesterday " + name + " asked about the warranty", name);
            default -> new Sample("Der Kunde " + name + " hat reklamiert.", name);
        };
    }

    private Sample address() {
        String name = draw.word(FAMILY);
        String number = Integer.toString(draw.between(1, 240));
        String address = switch (draw.below(9)) {
            case 0 -> number + " " + name + draw.of(" Street", " Road", " Avenue", " Lane", " Drive", " Blvd", " St");
            case 1 ->
                number + " " + draw.of("Maple", "Oak", "Church", "High", "5th") + draw.of(" Street", " Ave", " Rd")
                        + ", Springfield, IL " + draw.digits(5);
            case 2 ->
                draw.of("Goethe", "Haupt", "Bahnhof", "Linden") + draw.of("straße ", "str. ", "weg ", "allee ") + number
                        + ", " + (10000 + draw.below(80000)) + " Musterstadt";
            case 3 ->
                number + draw.of(" rue de la République", ", avenue Victor Hugo", " bis boulevard Voltaire")
                        + ", 69002 Lyon";
            case 4 -> draw.of("Calle Mayor ", "Avenida de la Constitución ", "C/ Serrano ") + number + ", 28001 Madrid";
            case 5 -> draw.of("Via Garibaldi ", "Piazza San Marco ", "Corso Italia ") + number + ", 20121 Milano";
            case 6 ->
                draw.of("Prinsengracht ", "Kerkstraat ", "Stationsweg ") + number + ", 1017 " + draw.capitals(2)
                        + " Amsterdam";
            case 7 -> draw.of("Rua Augusta ", "Avenida Paulista, ") + number;
            default -> draw.of("PO Box ", "P.O. Box ", "Postfach ") + draw.digits(4);
        };
        return new Sample(
                draw.of("Ship to ", "She lives at ", "Lieferadresse: ", "addr=", "\"", "") + address, address);
    }

    private Sample birth() {
        int year = draw.between(1930, 2012);
        int month = draw.between(1, 12);
        int day = draw.between(1, 28);
        String date = switch (draw.below(5)) {
            case 0 -> String.format("%d-%02d-%02d", year, month, day);
            case 1 -> String.format("%02d/%02d/%d", month, day, year);
            case 2 -> String.format("%02d.%02d.%d", day, month, year);
            case 3 -> day + draw.of(" March ", " October ", " août ", ". März ") + year;
            default -> draw.of("March ", "Sept ", "June ") + day + ", " + year;
        };
        return new Sample(
                draw.of("born on ", "DOB: ", "date of birth ", "geboren am ", "née le ", "birthday: ") + date, date);
    }

    private Sample place() {
        String latitude = draw.decimal(-80, 80, draw.between(4, 7));
        String longitude = draw.decimal(-170, 170, draw.between(4, 7));
        return draw.below(2) == 0
                ? new Sample(
                        draw.of("location: ", "GPS ", "coordinates ", "pickup at position ") + latitude + ", "
                                + longitude,
                        latitude + ", " + longitude)
                : new Sample(draw.of("lat=", "latitude: ", "lng=") + latitude, latitude);
    }

    private Sample carried(String value) {
        String text = draw.of(
                value,
                "see " + value + " for details",
                "{\"ref\":\"" + value + "\",\"n\":1}",
                "12;open;" + value + ";4.50",
                "2026-01-04T10:11:12Z INFO handled value=" + value + " in 12 ms",
                "The customer wrote: " + value + ". Please check.",
                "(" + value + ")",
                "<td>" + value + "</td>");
        return new Sample(text, value);
    }

    /** A text in which nothing must be found. */
    String clean() {
        String value = switch (draw.below(26)) {
            case 0 -> UUID.nameUUIDFromBytes(draw.bits(64).toByteArray()).toString();
            case 1 -> draw.hex(draw.of("a", "b").equals("a") ? 40 : 64);
            case 2 ->
                String.format(
                        "2026-%02d-%02dT%02d:%02d:%02d.%03dZ",
                        draw.between(1, 12),
                        draw.between(1, 28),
                        draw.below(24),
                        draw.below(60),
                        draw.below(60),
                        draw.below(1000));
            case 3 -> Long.toString(1_700_000_000_000L + draw.bits(36).longValue());
            case 4 -> draw.decimal(0, 9000, 2) + draw.of(" EUR", " USD", "");
            case 5 -> draw.capitals(3) + "-" + draw.digits(5) + "-" + draw.capitals(2);
            case 6 -> "v" + draw.below(9) + "." + draw.below(40) + "." + draw.below(200);
            case 7 -> draw.between(1, 19) + "/" + draw.below(99999) + "/" + draw.below(99999) + ".png";
            case 8 -> draw.digits(draw.between(10, 24));
            case 9 -> "978-" + draw.digits(1) + "-" + draw.digits(5) + "-" + draw.digits(3) + "-" + draw.digits(1);
            case 10 -> "trace_id=" + draw.hex(32);
            case 11 -> "version 10." + draw.below(20) + "." + draw.below(20) + "." + draw.below(9);
            case 12 -> "order number " + draw.digits(10);
            case 13 ->
                draw.of(
                        "Cotton Shirt Blue",
                        "Emma Chair Oak",
                        "Summer Dress",
                        "Oliver Sofa Grey",
                        "Paris Mug",
                        "Madison Desk Lamp");
            case 14 ->
                draw.of(
                        "New York",
                        "San Francisco, California",
                        "Frankfurt am Main",
                        "Monday in March",
                        "Sierra Leone");
            case 15 ->
                draw.of("Terms of Service", "Getting Started Guide", "Release Notes", "Frequently Asked Questions");
            case 16 ->
                draw.of(
                        "password: required",
                        "token expired",
                        "invalid api key",
                        "reset your password",
                        "token: missing");
            case 17 ->
                draw.of(
                        "Calvin Klein Jeans",
                        "Jack Daniels Honey",
                        "Tommy Hilfiger Polo",
                        "Ralph Lauren Cap",
                        "Dr. Martens 1460");
            case 18 -> draw.base64Url(draw.bits(180).toString());
            case 19 -> "1Z" + draw.capitals(3) + draw.digits(13);
            case 20 -> draw.digits(2) + ":" + draw.digits(2) + ":" + draw.digits(2);
            case 21 -> "W/\"" + draw.hex(8) + "-" + draw.hex(12) + "\"";
            case 22 -> "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/12" + draw.below(9) + ".0.0.0 Safari/537.36";
            case 23 -> draw.of("error code ", "zip code ", "status code ", "promo code ") + draw.digits(5);
            case 24 ->
                draw.of("5 Star Review", "Route 66", "Room 12", "Chapter 4", "Top 10 Products", "Level 3 Support");
            default -> String.format(Locale.ROOT, "%dx%d", draw.between(100, 4000), draw.between(100, 3000));
        };
        return draw.of(value, "value " + value + " kept", "\"" + value + "\"", "a;" + value + ";b");
    }
}

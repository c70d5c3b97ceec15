package dev.retake.privacy.quality;

import static dev.retake.privacy.quality.CheckDigits.ibanOf;
import static dev.retake.privacy.quality.CheckDigits.luhn;
import static dev.retake.privacy.quality.CheckDigits.mod1110;
import static dev.retake.privacy.quality.CheckDigits.sum;
import static dev.retake.privacy.quality.CheckDigits.verhoeff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values of the half that detectors may be tuned with. */
final class TuningValues extends Values {
    TuningValues(Draw draw) {
        super(draw, "tuning-cultures.txt");
    }

    @Override
    String email() {
        String domain =
                draw.small(draw.between(4, 10)) + draw.of(".com", ".de", ".fr", ".com.br", ".net", ".se", ".in");
        return switch (draw.below(4)) {
            case 0 -> draw.small(6) + "." + draw.small(8) + "@" + domain;
            case 1 -> draw.small(7) + draw.digits(2) + "@" + domain;
            case 2 -> draw.small(5) + "+" + draw.small(4) + "@mail." + domain;
            default -> draw.of("müller", "josé", "info", "j.o'hara") + draw.small(3) + "@" + domain;
        };
    }

    @Override
    String ipv4() {
        return draw.between(24, 99) + "." + draw.below(256) + "." + draw.below(256) + "." + draw.between(1, 254);
    }

    @Override
    String ipv6() {
        return draw.of("2001:", "2a01:", "2600:") + draw.from("123456789abcdef", 4) + "::"
                + draw.from("123456789abcdef", 4) + ":" + draw.from("123456789abcdef", 3);
    }

    @Override
    String mac() {
        return draw.hex(12).replaceAll("(..)(?=.)", "$1:");
    }

    @Override
    String birth(LocalDate date) {
        String pattern = draw.of("yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "d MMMM yyyy", "ddMMyyyy");
        return date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    @Override
    Drawn card() {
        String prefix = draw.of("4", "51", "53", "55", "2305", "34", "37", "6011", "36");
        int length = prefix.startsWith("3") ? prefix.equals("36") ? 14 : 15 : 16;
        String body = prefix + draw.digits(length - 1 - prefix.length());
        String number = body + luhn(body);
        return Drawn.of(length == 16 && draw.below(2) == 0 ? number.replaceAll("(.{4})(?=.)", "$1 ") : number);
    }

    @Override
    Drawn iban() {
        String number = switch (draw.below(6)) {
            case 0 -> ibanOf("DE", draw.digits(18));
            case 1 -> ibanOf("FR", draw.digits(23));
            case 2 -> ibanOf("ES", draw.digits(20));
            case 3 -> ibanOf("PL", draw.digits(24));
            case 4 -> ibanOf("SE", draw.digits(20));
            default -> ibanOf("BE", draw.digits(12));
        };
        return Drawn.of(draw.below(2) == 0 ? number : number.replaceAll("(.{4})(?=.)", "$1 "));
    }

    @Override
    String bic() {
        return draw.capitals(4)
                + draw.of("DE", "FR", "ES", "PL", "SE")
                + draw.of("FF", "PP", "2X", "MM")
                + draw.of("", "XXX", draw.digits(3));
    }

    private String yymmdd() {
        return format("%02d%02d%02d", draw.between(40, 99), draw.between(1, 12), draw.between(1, 28));
    }

    @Override
    Drawn nationalId() {
        return switch (draw.below(14)) {
            case 0 ->
                Drawn.named(
                        "SSN|social security number|ssn",
                        draw.between(101, 599) + "-" + draw.between(10, 89) + "-" + draw.between(1000, 8999));
            case 1 -> {
                String body = draw.digits(9);
                int first = sum(body, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
                int second = sum(body + first, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
                String number = body + first + second;
                yield Drawn.named(
                        "CPF|cpf",
                        draw.below(2) == 0 ? number : number.replaceAll("(...)(...)(...)(..)", "$1.$2.$3-$4"));
            }
            case 2 -> {
                int number = draw.below(100_000_000);
                yield Drawn.named(
                        "DNI|NIF|dni", format("%08d", number) + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23));
            }
            case 3 -> {
                int number = draw.below(10_000_000);
                yield Drawn.named(
                        "NIE|nie", "X" + format("%07d", number) + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23));
            }
            case 4 -> {
                String body = yymmdd() + draw.digits(4);
                yield Drawn.named("PESEL|pesel", body + (10 - sum(body, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10);
            }
            case 5 -> {
                String body = draw.of("1", "2") + yymmdd().substring(0, 4) + draw.between(10, 94) + draw.digits(6);
                yield Drawn.named(
                        "NIR|numéro de sécurité sociale", body + format("%02d", 97 - Long.parseLong(body) % 97));
            }
            case 6 -> {
                String body = yymmdd() + draw.digits(3);
                yield Drawn.named("personnummer|Personnr", body.substring(0, 6) + "-" + body.substring(6) + luhn(body));
            }
            case 7 -> {
                String body = draw.between(1, 9) + draw.digits(9);
                yield Drawn.named("Steuer-ID|IdNr|steuerId", body + mod1110(body));
            }
            case 8 -> {
                String body = draw.between(2, 9) + draw.digits(10);
                String number = body + verhoeff(body);
                yield Drawn.named(
                        "Aadhaar|aadhaar number|UIDAI",
                        draw.below(2) == 0 ? number : number.replaceAll("(.{4})(?=.)", "$1 "));
            }
            case 9 -> {
                String body = draw.between(1, 9) + draw.digits(8);
                int odd = sum(body, 1, 0, 1, 0, 1, 0, 1, 0, 1);
                int even = sum(body, 0, 1, 0, 1, 0, 1, 0, 1, 0);
                int tenth = Math.floorMod(odd * 7 - even, 10);
                yield Drawn.named("TC Kimlik No|TCKN|T.C. kimlik", body + tenth + (odd + even + tenth) % 10);
            }
            case 10 -> {
                String body = "756" + draw.digits(9);
                int check = (10 - sum(body, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10) % 10;
                yield Drawn.named("AHV-Nr|AHV|AVS", (body + check).replaceAll("(...)(....)(....)(..)", "$1.$2.$3.$4"));
            }
            case 11 -> {
                String body = yymmdd() + draw.digits(3);
                yield Drawn.named(
                        "rijksregisternummer|numéro national|NISS",
                        body + format("%02d", 97 - Long.parseLong(body) % 97));
            }
            case 12 -> {
                String body = yymmdd() + draw.digits(4) + "08";
                yield Drawn.named("ID number|identity number|RSA ID", body + luhn(body));
            }
            default -> {
                String date = format("%02d%02d%02d", draw.between(60, 99), draw.between(1, 12), draw.between(1, 28));
                long serial = Long.parseLong(date + draw.digits(3));
                long rest = serial % 11 % 10;
                String number = format("%09d", serial) + rest;
                yield Drawn.named("rodné číslo|RČ", number.substring(0, 6) + "/" + number.substring(6));
            }
        };
    }

    @Override
    Drawn personId(String kind) {
        return Drawn.of(
                switch (kind) {
                    case "userid" ->
                        draw.of("cus_" + draw.mixed(14), draw.digits(8), "U" + draw.digits(7), uuid(), draw.hex(24));
                    case "passport" -> draw.of("C" + draw.digits(8), draw.capitals(2) + draw.digits(7), draw.digits(9));
                    case "licence" -> draw.of("B0" + draw.digits(8) + "X1", draw.capitals(1) + draw.digits(12));
                    default -> draw.of("", "MR") + draw.digits(8);
                });
    }

    @Override
    Drawn providerKey() {
        return switch (draw.below(34)) {
            case 0 -> Drawn.of(draw.of("ghp_", "gho_", "ghs_", "ghu_") + draw.mixed(36));
            case 1 -> Drawn.of("github_pat_" + draw.mixed(22) + "_" + draw.mixed(59));
            case 2 -> Drawn.of(draw.of("AKIA", "ASIA") + draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16));
            case 3 -> told("aws_secret_access_key = ", draw.mixed(40));
            case 4 -> Drawn.of("AIza" + draw.mixed(35));
            case 5 -> Drawn.of("GOCSPX-" + draw.mixed(28));
            case 6 -> Drawn.of("xoxb-" + draw.digits(12) + "-" + draw.digits(13) + "-" + draw.mixed(24));
            case 7 -> Drawn.of(draw.of("sk_live_", "rk_live_", "sk_test_") + draw.mixed(24));
            case 8 -> Drawn.of("SG." + draw.mixed(22) + "." + draw.mixed(43));
            case 9 -> Drawn.of("npm_" + draw.mixed(36));
            case 10 -> Drawn.of("sk-proj-" + draw.mixed(48));
            case 11 -> Drawn.of("dapi" + draw.hex(32));
            case 12 -> Drawn.of(draw.of("shpat_", "shpss_", "shpca_") + draw.hex(32));
            case 13 -> Drawn.of(draw.of("1/", "0/") + draw.digits(16) + ":" + draw.hex(32));
            case 14 -> told("Authorization: SSWS ", "00" + draw.mixed(40));
            case 15 -> Drawn.of(draw.between(1, 9) + draw.digits(9) + ":AA" + draw.mixed(33));
            case 16 -> Drawn.of("key-" + draw.hex(32));
            case 17 -> Drawn.of("NRAK-" + draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 27));
            case 18 -> Drawn.of(draw.of("dop_v1_", "doo_v1_") + draw.hex(64));
            case 19 -> Drawn.of("hvs." + draw.mixed(24));
            case 20 -> Drawn.of("ATATT3xFfGF0" + draw.mixed(180) + "=" + draw.from("0123456789ABCDEF", 8));
            case 21 -> Drawn.of("ntn_" + draw.digits(11) + draw.mixed(35));
            case 22 -> Drawn.of("figd_" + draw.mixed(40));
            case 23 -> told("X-Algolia-API-Key: ", draw.hex(32));
            case 24 -> Drawn.of("PMAK-" + draw.hex(24) + "-" + draw.hex(34));
            case 25 -> Drawn.of("glsa_" + draw.mixed(32) + "_" + draw.hex(8));
            case 26 -> Drawn.of("AGE-SECRET-KEY-1" + draw.from("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58));
            case 27 -> told("TWILIO_AUTH_TOKEN=", draw.hex(32));
            case 28 -> Drawn.of("SK" + draw.hex(32));
            case 29 -> told("HEROKU_API_KEY=", uuid());
            case 30 -> told("ALGOLIA_ADMIN_KEY=", draw.hex(32));
            case 31 -> told("secret key - ", draw.mixed(32));
            case 32 -> told("api token: ", draw.mixed(24));
            default -> told("client secret is ", draw.mixed(40));
        };
    }

    private static Drawn told(String before, String value) {
        return Drawn.in(before + value, value);
    }

    @Override
    Drawn connection() {
        String password = password();
        String text = switch (draw.below(5)) {
            case 0 -> "postgresql://app:" + password + "@db-1.internal:5432/orders?sslmode=require";
            case 1 -> "jdbc:mysql://db.internal:3306/shop?user=app&password=" + password;
            case 2 -> "jdbc:oracle:thin:scott/" + password + "@//ora.internal:1521/ORCL";
            case 3 -> "host=db.internal port=5432 user=app password=" + password + " dbname=x";
            default -> "https://deploy:" + password + "@git.internal/x.git";
        };
        return Drawn.in(text, password);
    }

    @Override
    Drawn signedUrl() {
        String signature = draw.hex(64);
        if (draw.below(2) == 0) {
            return Drawn.in(
                    "https://b.s3.eu-west-1.amazonaws.com/f.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900"
                            + "&X-Amz-Signature=" + signature,
                    signature);
        }
        String sas = draw.mixed(42);
        return Drawn.in(
                "https://acct.blob.core.windows.net/c/f.pdf?sv=2022-11-02&sp=r&se=2026-12-01T00%3A00%3A00Z&sig=" + sas
                        + "%3D",
                sas);
    }

    @Override
    String secret() {
        return draw.of(draw.mixed(24), draw.mixed(32), draw.hex(40), uuid(), draw.base64Url(draw.small(30)));
    }

    @Override
    String session() {
        return draw.of(draw.hex(32), draw.mixed(26), draw.small(32));
    }

    @Override
    String password() {
        return draw.of(
                draw.mixed(10),
                draw.mixed(7) + "!",
                "Summer" + draw.digits(4),
                draw.small(5) + "-" + draw.small(6) + draw.digits(1));
    }

    @Override
    String pemKind() {
        return draw.of("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY");
    }

    @Override
    String time(Instant time) {
        return draw.of(
                time.toString(),
                DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)),
                time.toString().replace('T', ' ').replace("Z", "+02:00"));
    }

    @Override
    String cleanOf(String kind) {
        return switch (kind) {
            case "order" -> draw.of("SO-" + draw.digits(8), draw.digits(10), draw.capitals(3) + draw.digits(6));
            case "sku" -> draw.capitals(3) + "-" + draw.digits(4) + "-" + draw.of("BLK", "XL", "42");
            case "tracking" ->
                draw.of("1Z" + draw.from("ABCDEFGHJK0123456789", 16), "JD" + draw.digits(18), draw.digits(12));
            case "product" ->
                draw.of(
                        "Johnson Pump 12V",
                        "Paris Wall Clock",
                        "Emma Mattress 140x200",
                        "Stanley Hammer",
                        "Victoria Sponge Cake",
                        "Vienna Leather Sofa",
                        "Fisher Price Xylophone",
                        "Oxford Shirt, white",
                        "Hugo Floor Lamp",
                        "Florence Table 4 seats",
                        "Madison 3-Piece Set",
                        "Wilson Tennis Racket",
                        "Samsung Galaxy A" + draw.digits(2),
                        "Blue cotton T-shirt");
            case "company" ->
                draw.of(
                        "Johnson & Johnson",
                        "Thomas Cook AG",
                        "Miller Brewing Co.",
                        "Hewlett Packard",
                        "Ernst & Young GmbH",
                        "Marks and Spencer",
                        "Peter Hahn KG",
                        "Rolls-Royce Holdings");
            case "place" ->
                draw.of("Europe/Berlin", "North America", "San Marino", "Hub Leipzig 2", "eu-central-1", "Zone 4");
            case "sentence" ->
                draw.of(
                        "Return policy updated in March.",
                        "The Black Friday sale starts on Monday at Alexanderplatz.",
                        "Mount Everest expedition gear, tested in Nepal.",
                        "Senior Software Engineer wanted in Berlin.",
                        "Chapter 12 of the Product Guide explains the Smart Filter.",
                        "Free Wi-Fi in Terminal 2, Gate B14.",
                        "The Martin Luther King Day holiday closes our stores.",
                        "Order 3 items and save 20 % in April.",
                        "Central Park Hotel renovates the Grand Ballroom.",
                        "Die Lieferung erfolgt in zwei Werktagen.",
                        "Le service client répond sous 48 heures.");
            default -> throw new IllegalArgumentException(kind);
        };
    }
}

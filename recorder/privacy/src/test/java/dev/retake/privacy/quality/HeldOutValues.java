package dev.retake.privacy.quality;

import static dev.retake.privacy.quality.CheckDigits.ibanOf;
import static dev.retake.privacy.quality.CheckDigits.luhn;
import static dev.retake.privacy.quality.CheckDigits.mod1110;
import static dev.retake.privacy.quality.CheckDigits.sum;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values of the half that is only measured: other makes, countries and forms than {@link TuningValues} draws. */
final class HeldOutValues extends Values {
    HeldOutValues(Draw draw) {
        super(draw, "held-out-cultures.txt");
    }

    @Override
    String email() {
        String domain =
                draw.small(draw.between(3, 12)) + draw.of(".co.uk", ".it", ".nl", ".org", ".io", ".hu", ".ro", ".kr");
        return switch (draw.below(4)) {
            case 0 -> draw.capitals(1) + draw.small(5) + "_" + draw.small(6) + "@" + domain;
            case 1 -> draw.small(1) + draw.small(7) + "-" + draw.digits(3) + "@" + domain;
            case 2 -> draw.small(3) + "." + draw.small(2) + "." + draw.small(8) + "@" + draw.small(3) + "-" + domain;
            default -> draw.digits(6) + "@" + domain;
        };
    }

    @Override
    String ipv4() {
        return draw.between(130, 169) + "." + draw.between(1, 250) + "." + draw.below(256) + "." + draw.between(1, 254);
    }

    @Override
    String ipv6() {
        return "2404:" + draw.from("123456789ABCDEF", 4) + ":" + draw.from("123456789ABCDEF", 3) + ":1:"
                + draw.from("123456789ABCDEF", 4) + ":" + draw.from("123456789ABCDEF", 2) + ":"
                + draw.from("123456789ABCDEF", 4) + ":" + draw.from("123456789ABCDEF", 4);
    }

    @Override
    String mac() {
        return draw.from("0123456789ABCDEF", 12).replaceAll("(..)(?=.)", "$1-");
    }

    @Override
    String birth(LocalDate date) {
        String pattern = draw.of("dd/MM/yyyy", "yyyy/MM/dd", "dd-MM-yyyy", "MMM d, yyyy", "yyyyMMdd", "d.M.yyyy");
        return date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    @Override
    Drawn card() {
        String prefix = draw.of("4", "52", "54", "2720", "3528", "62", "65", "3011", "38");
        int length = prefix.equals("38") || prefix.equals("3011") ? 14 : 16;
        String body = prefix + draw.digits(length - 1 - prefix.length());
        String number = body + luhn(body);
        return Drawn.of(length == 16 && draw.below(2) == 0 ? number.replaceAll("(.{4})(?=.)", "$1-") : number);
    }

    @Override
    Drawn iban() {
        String number = switch (draw.below(8)) {
            case 0 -> ibanOf("GB", draw.capitals(4) + draw.digits(14));
            case 1 -> ibanOf("NL", draw.capitals(4) + draw.digits(10));
            case 2 -> ibanOf("IT", draw.capitals(1) + draw.digits(22));
            case 3 -> ibanOf("RO", draw.capitals(4) + draw.digits(16));
            case 4 -> ibanOf("HU", draw.digits(24));
            case 5 -> ibanOf("NO", draw.digits(11));
            case 6 -> ibanOf("CH", draw.digits(17));
            default -> ibanOf("GR", draw.digits(23));
        };
        return Drawn.of(draw.below(3) == 0 ? number.replaceAll("(.{4})(?=.)", "$1 ") : number);
    }

    @Override
    String bic() {
        return draw.capitals(4)
                + draw.of("GB", "IT", "NL", "HU", "RO", "NO")
                + draw.of("2L", "MM", "2A", "HB")
                + draw.of("", "XXX");
    }

    private String date(String order) {
        String year = format("%02d", draw.between(40, 99));
        String month = format("%02d", draw.between(1, 12));
        String day = format("%02d", draw.between(1, 28));
        return order.equals("ymd") ? year + month + day : day + month + year;
    }

    @Override
    Drawn nationalId() {
        return switch (draw.below(18)) {
            case 0 -> codiceFiscale();
            case 1 -> {
                String body = draw.between(1, 8) + draw.digits(7);
                int check = sum(body, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                yield check == 10 ? nationalId() : Drawn.named("BSN|burgerservicenummer", body + check);
            }
            case 2 -> Drawn.named("CPR|CPR-nummer|cpr", date("dmy") + "-" + draw.digits(4));
            case 3 -> {
                String body = date("dmy") + draw.digits(3);
                int first = (11 - sum(body, 3, 7, 6, 1, 8, 9, 4, 5, 2) % 11) % 11;
                int second = (11 - sum(body + first % 10, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11) % 11;
                yield first == 10 || second == 10
                        ? nationalId()
                        : Drawn.named("fødselsnummer|personnummer", body + first + second);
            }
            case 4 -> {
                String date = date("dmy");
                String serial = format("%03d", draw.between(2, 899));
                char check = "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (Long.parseLong(date + serial) % 31));
                yield Drawn.named("henkilötunnus|hetu", date + "-" + serial + check);
            }
            case 5 -> {
                String body = draw.digits(8);
                yield Drawn.named("TAJ szám|TAJ", body + sum(body, 3, 7, 3, 7, 3, 7, 3, 7) % 10);
            }
            case 6 -> {
                String body = draw.of("1", "2") + date("ymd") + format("%02d", draw.between(1, 46)) + draw.digits(3);
                int check = sum(body, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
                yield Drawn.named("CNP|cod numeric personal", body + (check == 10 ? 1 : check));
            }
            case 7 -> {
                String body = draw.between(1, 9) + draw.digits(7);
                yield Drawn.named("ΑΦΜ|AFM", body + sum(body, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10);
            }
            case 8 -> {
                String body = draw.of("110105", "310104", "440106")
                        + draw.between(1950, 2004)
                        + format("%02d%02d", draw.between(1, 12), draw.between(1, 28))
                        + draw.digits(3);
                int check = sum(body, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11;
                yield Drawn.named("身份证号|resident id|ID card", body + "10X98765432".charAt(check));
            }
            case 9 -> {
                String body = date("ymd") + draw.between(1, 2) + draw.digits(5);
                int check = (11 - sum(body, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
                yield Drawn.named("주민등록번호|RRN", body.substring(0, 6) + "-" + body.substring(6) + check);
            }
            case 10 -> {
                String body = draw.digits(9);
                yield Drawn.named("РНОКПП|ІПН", body + Math.floorMod(sum(body, -1, 5, 7, 9, 4, 6, 10, 5, 7), 11) % 10);
            }
            case 11 -> {
                String body = draw.between(1, 3) + draw.digits(7);
                int rest = sum(body, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                yield Drawn.named("NIF|contribuinte", body + (rest < 2 ? 0 : 11 - rest));
            }
            case 12 -> {
                String body = draw.digits(10);
                yield Drawn.named("OIB|oib", body + mod1110(body));
            }
            case 13 -> {
                String body = draw.between(4, 7) + draw.digits(8);
                int rest = 11 - sum(body, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
                yield rest == 10
                        ? nationalId()
                        : Drawn.named(
                                "NHS number|NHS no", (body + rest % 11).replaceAll("(...)(...)(....)", "$1 $2 $3"));
            }
            case 14 -> {
                String body = draw.of("1", "4", "5", "7") + draw.digits(7);
                yield Drawn.named(
                        "SIN|social insurance number", (body + luhn(body)).replaceAll("(...)(...)(...)", "$1 $2 $3"));
            }
            case 15 ->
                Drawn.named(
                        "NINO|National Insurance number",
                        draw.from("ABCEHJKLMPRSWXYZ", 1)
                                + draw.from("ABCEHJKLMPRSWXYZ", 1)
                                + draw.digits(6)
                                + draw.from("ABCD", 1));
            case 16 -> {
                String body = draw.digits(7);
                yield Drawn.named("NRIC|nric", "S" + body + "JZIHGFEDCBA".charAt(sum(body, 2, 7, 6, 5, 4, 3, 2) % 11));
            }
            default -> {
                String body = draw.digits(7);
                int check = sum(body, 8, 7, 6, 5, 4, 3, 2) % 23;
                yield Drawn.named("PPS number|PPSN", body + "WABCDEFGHIJKLMNOPQRSTUV".charAt(check));
            }
        };
    }

    private Drawn codiceFiscale() {
        String body = draw.from("BCDFGLMNPRSTVZ", 6)
                + draw.digits(2)
                + draw.from("ABCDEHLMPRST", 1)
                + format("%02d", draw.between(1, 28))
                + draw.of("H501", "F205", "L219", "D612");
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = body.charAt(i);
            int index = Character.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? odd[index] : index;
        }
        return Drawn.named("codice fiscale|C.F.|codiceFiscale", body + (char) ('A' + sum % 26));
    }

    @Override
    Drawn personId(String kind) {
        return Drawn.of(
                switch (kind) {
                    case "userid" ->
                        draw.of(
                                draw.capitals(2) + "-" + draw.digits(6),
                                draw.digits(6),
                                draw.mixed(11),
                                "auth0|" + draw.hex(24));
                    case "passport" ->
                        draw.of("YA" + draw.digits(7), draw.digits(8), draw.capitals(3) + draw.digits(6));
                    case "licence" -> draw.of("U1" + draw.capitals(4) + draw.digits(3) + "L", draw.digits(10));
                    default -> draw.of("H-", "") + draw.digits(7);
                });
    }

    @Override
    Drawn providerKey() {
        return switch (draw.below(34)) {
            case 0 -> Drawn.of("glpat-" + draw.mixed(20));
            case 1 -> Drawn.of("ya29." + draw.mixed(120));
            case 2 -> told("private_key_id: ", draw.hex(40), "");
            case 3 ->
                told(
                        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=",
                        draw.mixed(86),
                        "==;EndpointSuffix=core.windows.net");
            case 4 -> Drawn.of(draw.mixed(3) + "8Q~" + draw.mixed(34));
            case 5 ->
                Drawn.of("https://hooks.slack.com/services/T" + draw.capitals(8) + "/B" + draw.capitals(10) + "/"
                        + draw.mixed(24));
            case 6 -> Drawn.of("xapp-1-A" + draw.capitals(10) + "-" + draw.digits(13) + "-" + draw.hex(64));
            case 7 -> Drawn.of("whsec_" + draw.mixed(32));
            case 8 -> Drawn.of("pypi-AgEIcHlwaS5vcmc" + draw.mixed(150));
            case 9 -> Drawn.of("dckr_pat_" + draw.mixed(27));
            case 10 -> Drawn.of("hf_" + draw.mixed(34));
            case 11 -> Drawn.of("sk-ant-api03-" + draw.mixed(93) + "AA");
            case 12 -> Drawn.of("EAAA" + draw.mixed(60));
            case 13 -> Drawn.of("sq0csp-" + draw.mixed(43));
            case 14 -> told("SUMO_ACCESS_KEY=", draw.mixed(64), "");
            case 15 -> Drawn.of("M" + draw.mixed(23) + "." + draw.mixed(6) + "." + draw.mixed(27));
            case 16 -> Drawn.of(draw.hex(32) + "-us" + draw.between(1, 21));
            case 17 -> told("DD-API-KEY: ", draw.hex(32), "");
            case 18 -> told("PAGERDUTY_TOKEN: ", "u+" + draw.mixed(18), "");
            case 19 -> told("CLOUDFLARE_API_TOKEN=", draw.mixed(40), "");
            case 20 -> Drawn.of(draw.mixed(14) + ".atlasv1." + draw.mixed(60));
            case 21 -> Drawn.of("lin_api_" + draw.mixed(40));
            case 22 -> Drawn.of("pat" + draw.mixed(14) + "." + draw.hex(64));
            case 23 -> Drawn.of("sl.B" + draw.mixed(135));
            case 24 -> Drawn.of("sntrys_" + draw.mixed(80));
            case 25 -> told("https://", draw.hex(32), "@o12345.ingest.sentry.io/4501234");
            case 26 -> Drawn.of("dp.pt." + draw.mixed(43));
            case 27 -> told("consumer_secret: ", draw.mixed(50), "");
            case 28 -> told("DISCORD_CLIENT_SECRET=", draw.mixed(32), "");
            case 29 -> told("the webhook secret is ", draw.mixed(28), "");
            case 30 -> told("subscription-key - ", draw.hex(32), "");
            case 31 -> told("my password is ", password(), "");
            case 32 -> told("Personal access token: ", draw.mixed(52).toLowerCase(Locale.ROOT), "");
            default -> Drawn.of("SK" + draw.hex(32));
        };
    }

    private static Drawn told(String before, String value, String after) {
        return Drawn.in(before + value + after, value);
    }

    @Override
    Drawn connection() {
        String password = password();
        return switch (draw.below(6)) {
            case 0 -> told("mongodb+srv://svc:", password, "@cluster0.abcde.mongodb.net/app");
            case 1 -> told("redis://:", password, "@cache.internal:6379/0");
            case 2 -> told("Server=tcp:sql.internal,1433;Database=x;User Id=app;Password=", password, ";Encrypt=true");
            case 3 -> told("amqps://rabbit:", password, "@mq.internal/vhost");
            case 4 -> told("jdbc:sqlserver://sql.internal;databaseName=x;user=sa;password=", password, ";");
            default -> told("Driver={ODBC Driver 18};Server=db;UID=app;PWD=", password, ";");
        };
    }

    @Override
    Drawn signedUrl() {
        if (draw.below(2) == 0) {
            String signature = draw.hex(256);
            return Drawn.in(
                    "https://storage.googleapis.com/b/o.zip?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Expires=900"
                            + "&X-Goog-Signature=" + signature,
                    signature);
        }
        String signature = draw.mixed(172);
        return Drawn.in(
                "https://d1.cloudfront.net/v.mp4?Expires=1790000000&Signature=" + signature + "__&Key-Pair-Id=K"
                        + draw.capitals(13),
                signature);
    }

    @Override
    String secret() {
        return draw.of(draw.mixed(20), draw.mixed(43), draw.hex(64), draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26));
    }

    @Override
    String session() {
        return draw.of(
                draw.from("abcdefghijklmnopqrstuvwxyz0123456789", 26),
                draw.from("0123456789ABCDEF", 32),
                draw.mixed(40));
    }

    @Override
    String password() {
        return draw.of(
                draw.mixed(12), draw.small(6) + "_" + draw.digits(3), "Welcome" + draw.digits(2), draw.mixed(9) + "*");
    }

    @Override
    String pemKind() {
        return draw.of("OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "DSA PRIVATE KEY");
    }

    @Override
    String time(Instant time) {
        return draw.of(
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)),
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ENGLISH)
                        .format(time.atOffset(ZoneOffset.UTC)),
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(time.atOffset(ZoneOffset.UTC)));
    }

    @Override
    String cleanOf(String kind) {
        return switch (kind) {
            case "order" ->
                draw.of(
                        "#" + draw.digits(6),
                        "INV/" + draw.digits(4) + "/" + draw.digits(5),
                        draw.from("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6));
            case "sku" ->
                draw.of(
                        draw.digits(4) + "." + draw.digits(3) + "." + draw.capitals(2),
                        "B0" + draw.from("ABCDEFGHJK0123456789", 8),
                        draw.small(3) + draw.digits(5));
            case "tracking" ->
                draw.of(draw.digits(22), "RR" + draw.digits(9) + "GB", draw.digits(3) + "-" + draw.digits(8));
            case "product" ->
                draw.of(
                        "Harley Davidson Street Glide",
                        "Milan Dining Chair",
                        "Charlotte Tilbury Lipstick",
                        "Bosch Drill GSB 18V",
                        "Lincoln Navigator",
                        "Jasmine Rice 5 kg",
                        "Dell Latitude 7" + draw.digits(3),
                        "Cambridge English Level 2",
                        "Alexander Skarsgard Fragrance Sampler",
                        "Rose Garden Candle",
                        "Santiago Coffee Beans",
                        "Introduction to Linear Algebra",
                        "Grey wool coat");
            case "company" ->
                draw.of(
                        "Goldman Sachs",
                        "Morgan Stanley",
                        "Lloyd Brothers Ltd",
                        "Delta Air Lines",
                        "Abercrombie & Fitch",
                        "Ferrari S.p.A.",
                        "Baker McKenzie LLP",
                        "Royal Dutch Shell");
            case "place" ->
                draw.of(
                        "America/New_York",
                        "South East Asia",
                        "Human Resources",
                        "Terminal 5",
                        "us-east-1b",
                        "Sector North");
            case "sentence" ->
                draw.of(
                        "Volume discounts apply from 50 units in June.",
                        "The Royal Albert Hall hosts the Spring Festival on Sunday.",
                        "Read the Quick Start Guide before using the Power Button.",
                        "Regional Sales Manager positions open in Manchester.",
                        "Section 7 of the Lake Victoria report covers Saint Helena.",
                        "The Washington Post reported on the Nobel Prize in October.",
                        "Platform 9 is closed until Thursday.",
                        "Lithium Ion batteries ship by ground only.",
                        "Boeing 737 services to Charles de Gaulle resume in May.",
                        "La consegna avviene in tre giorni lavorativi.",
                        "Bestellingen voor 22 uur worden morgen geleverd.");
            default -> throw new IllegalArgumentException(kind);
        };
    }
}

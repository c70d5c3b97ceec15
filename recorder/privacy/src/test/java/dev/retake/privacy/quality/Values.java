package dev.retake.privacy.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Draws values of a kind: what both halves have in common. What has formats of many makes is left to the halves. */
abstract class Values {
    final Draw draw;
    private final List<Culture> cultures;
    private Culture culture;

    Values(Draw draw, String cultures) {
        this.draw = draw;
        this.cultures = Culture.read(cultures, draw);
        this.culture = this.cultures.get(0);
    }

    /** What comes next is of another culture. */
    void travel() {
        culture = cultures.get(draw.below(cultures.size()));
    }

    Culture culture() {
        return culture;
    }

    Drawn of(String kind) {
        return switch (kind) {
            case "name", "t.name" -> culture.name();
            case "given", "t.given" -> culture.given();
            case "family", "t.family" -> culture.family();
            case "address", "t.address" -> culture.address();
            case "street" -> Drawn.of(culture.street());
            case "city" -> Drawn.of(culture.city());
            case "zip" -> Drawn.of(culture.postcode());
            case "phone" -> Drawn.of(culture.phone());
            case "email" -> Drawn.of(email());
            case "ipv4" -> Drawn.of(ipv4());
            case "ipv6" -> Drawn.of(ipv6());
            case "mac" -> Drawn.of(mac());
            case "birth" ->
                Drawn.of(birth(LocalDate.of(draw.between(1935, 2014), 1, 1).plusDays(draw.below(365))));
            case "birth.iso" ->
                Drawn.of(LocalDate.of(draw.between(1935, 2014), 1, 1)
                        .plusDays(draw.below(365))
                        .toString());
            case "lat" -> Drawn.of(draw.decimal(-70, 70, draw.between(4, 7)));
            case "lon" -> Drawn.of(draw.decimal(-170, 170, draw.between(4, 7)));
            case "card" -> card();
            case "cvv" -> Drawn.of(draw.digits(3));
            case "iban" -> iban();
            case "bic" -> Drawn.of(bic());
            case "nid" -> nationalId();
            case "nid.text" -> announced(nationalId());
            case "userid", "passport", "licence", "patient", "f.mrn" -> personId(kind);
            case "key" -> providerKey();
            case "conn" -> connection();
            case "signed" -> signedUrl();
            case "secret" -> Drawn.of(secret());
            case "session" -> Drawn.of(session());
            case "password" -> Drawn.of(password());
            case "otp" -> Drawn.of(draw.digits(6));
            case "pem" -> privateKey();
            case "jwt" -> jwt();
            case "basic" -> {
                String password = password();
                yield Drawn.in(draw.base64(draw.small(7) + ":" + password), password);
            }
            case "totp" -> {
                String seed = draw.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32);
                yield Drawn.in("otpauth://totp/App:user?secret=" + seed + "&issuer=App", seed);
            }
            case "saml" ->
                Drawn.of(draw.base64("<samlp:Response ID=\"_" + draw.hex(32) + "\"><saml:NameID>" + email()
                        + "</saml:NameID><ds:SignatureValue>" + draw.mixed(88)
                        + "</ds:SignatureValue></samlp:Response>"));
            default -> {
                if (!kind.startsWith("c.")) {
                    throw new IllegalArgumentException(kind);
                }
                yield Drawn.of(clean(kind.substring(2)));
            }
        };
    }

    private Drawn announced(Drawn id) {
        String name = id.names().get(draw.below(id.names().size()));
        return Drawn.in(name + draw.of(" ", ": ", " no. ", " number ") + id.value(), id.value());
    }

    private Drawn jwt() {
        String claims =
                "{\"sub\":\"" + draw.digits(9) + "\",\"email\":\"" + email() + "\",\"exp\":" + draw.digits(10) + "}";
        String jwt = draw.base64Url("{\"alg\":\"" + draw.of("RS256", "HS256", "ES384") + "\",\"typ\":\"JWT\"}") + "."
                + draw.base64Url(claims) + "." + draw.mixed(draw.of("a", "b").equals("a") ? 43 : 86);
        return Drawn.of(jwt);
    }

    private Drawn privateKey() {
        String first = draw.mixed(64);
        String last = draw.mixed(40);
        String kind = pemKind();
        return new Drawn(
                "-----BEGIN " + kind + "-----\n" + first + "\n" + draw.mixed(64) + "\n" + last + "\n-----END " + kind
                        + "-----",
                first,
                List.of(first, last),
                List.of());
    }

    private String clean(String kind) {
        Instant time = Instant.ofEpochSecond(1_500_000_000L + draw.below(400_000_000), draw.below(1000) * 1_000_000L);
        return switch (kind) {
            case "uuid" -> draw.below(4) == 0 ? draw.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26) : uuid();
            case "hash" -> draw.hex(new int[] {7, 32, 40, 64}[draw.below(4)]);
            case "hex32" -> draw.hex(32);
            case "hex16" -> draw.hex(16);
            case "time" -> time(time);
            case "date" -> time.atZone(ZoneOffset.UTC).toLocalDate().toString();
            case "epoch" ->
                switch (draw.below(4)) {
                    case 0 -> Long.toString(time.getEpochSecond());
                    case 1 -> Long.toString(time.toEpochMilli());
                    case 2 -> time.toEpochMilli() + draw.digits(3);
                    default -> time.toEpochMilli() + draw.digits(6);
                };
            case "price" -> draw.decimal(0, draw.of("a", "b").equals("a") ? 99 : 9999, 2);
            case "long" -> draw.between(1, 9) + draw.digits(draw.between(5, 17));
            case "tile" -> draw.between(3, 19) + "/" + draw.between(10, 99_999) + "/" + draw.between(10, 99_999);
            case "version" ->
                draw.of("", "v") + draw.below(30) + "." + draw.below(40) + "." + draw.below(400)
                        + draw.of("", "", "-rc" + draw.below(9), "." + draw.below(99), "+" + draw.hex(7));
            case "colour" -> "#" + draw.hex(6);
            case "isbn" -> {
                String body = draw.of("978", "979", "400", "501", "871") + draw.digits(9);
                int sum = CheckDigits.sum(body, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
                yield body + (10 - sum % 10) % 10;
            }
            default -> cleanOf(kind);
        };
    }

    final String uuid() {
        return new UUID(
                        draw.bits(64).longValue() & ~0xf000L | 0x4000L,
                        draw.bits(62).longValue() | Long.MIN_VALUE)
                .toString();
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    abstract String email();

    abstract String ipv4();

    abstract String ipv6();

    abstract String mac();

    abstract String birth(LocalDate date);

    abstract Drawn card();

    abstract Drawn iban();

    abstract String bic();

    abstract Drawn nationalId();

    abstract Drawn personId(String kind);

    abstract Drawn providerKey();

    abstract Drawn connection();

    abstract Drawn signedUrl();

    abstract String secret();

    abstract String session();

    abstract String password();

    abstract String pemKind();

    abstract String time(Instant time);

    /** Clean values of kinds whose form differs between makes. */
    abstract String cleanOf(String kind);
}

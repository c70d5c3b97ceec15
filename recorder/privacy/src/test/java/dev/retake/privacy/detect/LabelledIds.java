package dev.retake.privacy.detect;

/** Draws identifiers with check digits that are computed here, apart from the code under test. */
final class LabelledIds {
    private final Draw draw;

    LabelledIds(Draw draw) {
        this.draw = draw;
    }

    String card() {
        String prefix = draw.of("4", "51", "52", "53", "54", "55", "2223", "2720", "6011", "65", "3530", "62");
        String body = prefix + draw.digits(15 - prefix.length());
        String number = body + luhn(body);
        if (draw.below(8) == 0) {
            String amex = draw.of("34", "37") + draw.digits(12);
            return amex + luhn(amex);
        }
        String separator = draw.of("", " ", "-");
        return number.replaceAll("(.{4})(?=.)", "$1" + separator);
    }

    String iban() {
        String country = draw.of("DE", "FR", "GB", "NL", "ES", "IT", "CH", "AT", "BE", "PL", "PT", "SE", "NO", "IE");
        String account = switch (country) {
            case "DE" -> draw.digits(18);
            case "FR" -> draw.digits(10) + draw.digits(11) + draw.digits(2);
            case "GB", "IE" -> draw.capitals(4) + draw.digits(14);
            case "NL" -> draw.capitals(4) + draw.digits(10);
            case "ES", "SE" -> draw.digits(20);
            case "IT" -> draw.capitals(1) + draw.digits(22);
            case "CH" -> draw.digits(17);
            case "AT" -> draw.digits(16);
            case "BE" -> draw.digits(12);
            case "PL" -> draw.digits(24);
            case "PT" -> draw.digits(21);
            default -> draw.digits(11);
        };
        String number = country + twoDigits(98 - mod97(account + country + "00")) + account;
        return draw.below(2) == 0 ? number : number.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** A number with its own form, or with a word before it that says what it is. */
    String national() {
        return switch (draw.below(14)) {
            case 0 -> (100 + draw.below(500)) + "-" + (10 + draw.below(89)) + "-" + (1000 + draw.below(8999));
            case 1 -> cpf();
            case 2 -> dni();
            case 3 -> pesel();
            case 4 -> nir();
            case 5 -> ahv();
            case 6 -> bsn();
            case 7 -> personnummer();
            case 8 -> chinese();
            case 9 -> cuit();
            case 10 -> finnish();
            case 11 -> rut();
            case 12 -> steuerId();
            default -> national14();
        };
    }

    /** A word that tells for those whose check is weak. */
    String labelFor(String number) {
        String digits = number.replaceAll("\\D", "");
        return switch (digits.length()) {
            case 9 -> draw.of("BSN ", "BSN: ", "SSN ");
            case 11 -> draw.of("PESEL ", "Steuer-ID: ", "CPF ", "Steuer-IdNr. ", "tax id ", "CUIT ");
            case 15 -> "NIR ";
            default -> draw.of("", "ID card: ", "national id ");
        };
    }

    private String national14() {
        return draw.of(cpf(), dni(), ahv(), chinese());
    }

    private String cpf() {
        String body = draw.digits(9);
        int first = mod11(body, 10);
        int second = mod11(body + first, 11);
        return body.replaceAll("(...)(...)(...)", "$1.$2.$3") + "-" + first + second;
    }

    private static int mod11(String body, int highest) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += (body.charAt(i) - '0') * (highest - i);
        }
        int rest = sum * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    private String dni() {
        int number = draw.below(100_000_000);
        return String.format("%08d", number) + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23);
    }

    private String pesel() {
        String body = String.format("%02d%02d%02d", draw.between(40, 99), draw.between(1, 12), draw.between(1, 28))
                + draw.digits(4);
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return body + (10 - sum % 10) % 10;
    }

    private String nir() {
        String body = draw.of("1", "2")
                + String.format("%02d%02d", draw.between(40, 99), draw.between(1, 12))
                + String.format("%02d", draw.between(1, 95))
                + draw.digits(6);
        long number = Long.parseLong(body);
        String key = twoDigits((int) (97 - number % 97));
        return draw.below(2) == 0
                ? body + key
                : body.replaceAll("(.)(..)(..)(..)(...)(...)", "$1 $2 $3 $4 $5 $6") + " " + key;
    }

    private String ahv() {
        String body = "756" + draw.digits(9);
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (body + (10 - sum % 10) % 10).replaceAll("(...)(....)(....)(..)", "$1.$2.$3.$4");
    }

    private String bsn() {
        while (true) {
            String number = (1 + draw.below(8)) + draw.digits(8);
            int sum = -(number.charAt(8) - '0');
            for (int i = 0; i < 8; i++) {
                sum += (number.charAt(i) - '0') * (9 - i);
            }
            if (sum % 11 == 0) {
                return number;
            }
        }
    }

    private String personnummer() {
        String body = String.format("%02d%02d%02d", draw.between(40, 99), draw.between(1, 12), draw.between(1, 28))
                + draw.digits(3);
        return body.substring(0, 6) + "-" + body.substring(6) + luhn(body);
    }

    private String chinese() {
        String body = "110101"
                + draw.between(1950, 2005)
                + String.format("%02d%02d", draw.between(1, 12), draw.between(1, 28))
                + draw.digits(3);
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    private String cuit() {
        while (true) {
            String body = draw.of("20", "27", "30") + draw.digits(8);
            int[] weights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
            int sum = 0;
            for (int i = 0; i < 10; i++) {
                sum += (body.charAt(i) - '0') * weights[i];
            }
            int rest = (11 - sum % 11) % 11;
            if (rest < 10) {
                return body.substring(0, 2) + "-" + body.substring(2) + "-" + rest;
            }
        }
    }

    private String finnish() {
        String date = String.format("%02d%02d%02d", draw.between(1, 28), draw.between(1, 12), draw.between(0, 99));
        String serial = String.format("%03d", draw.between(2, 899));
        char check = "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (Long.parseLong(date + serial) % 31));
        return date + draw.of("-", "A") + serial + check;
    }

    private String rut() {
        while (true) {
            String body = (10 + draw.below(15)) + draw.digits(6);
            int sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += (body.charAt(7 - i) - '0') * (2 + i % 6);
            }
            int rest = 11 - sum % 11;
            if (rest < 10) {
                return body.replaceAll("(..)(...)(...)", "$1.$2.$3") + "-" + rest;
            }
        }
    }

    private String steuerId() {
        String body = (1 + draw.below(9)) + draw.digits(9);
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (body.charAt(i) - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return body + (11 - product) % 10;
    }

    private static int luhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return (10 - sum % 10) % 10;
    }

    private static int mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (value > 9 ? 100 * rest + value : 10 * rest + value) % 97;
        }
        return rest;
    }

    private static String twoDigits(int number) {
        return String.format("%02d", number);
    }
}

package dev.retake.privacy.detect;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words before a number in running text, which say what it is where its form does not. */
final class ContextWords {
    /** What a word before a number speaks of. */
    enum Topic {
        CARD,
        PHONE,
        /** Something that is counted or numbered and belongs to nobody: an order, a version, a date. */
        NUMBERED,
        VERSION,
        NATIONAL_ID
    }

    private static final int REACH = 32;
    private static final int WORDS = 3;

    private static final Map<Topic, Set<String>> WORDS_OF = Map.of(
            Topic.CARD,
            Set.of(
                    "card",
                    "cards",
                    "visa",
                    "mastercard",
                    "maestro",
                    "amex",
                    "diners",
                    "discover",
                    "jcb",
                    "cc",
                    "pan",
                    "credit",
                    "debit",
                    "kreditkarte",
                    "karte",
                    "carte",
                    "tarjeta",
                    "carta",
                    "cartao",
                    "cardnumber",
                    "creditcard",
                    "ccnumber",
                    "cardno"),
            Topic.PHONE,
            Set.of(
                    "phone",
                    "phones",
                    "tel",
                    "telephone",
                    "telefon",
                    "telefono",
                    "telefone",
                    "telefoon",
                    "mobile",
                    "mob",
                    "cell",
                    "call",
                    "called",
                    "calling",
                    "fax",
                    "whatsapp",
                    "sms",
                    "text",
                    "handy",
                    "dial",
                    "contact",
                    "ring",
                    "mobil",
                    "puhelin",
                    "portable",
                    "celular",
                    "movil",
                    "phonenumber",
                    "reach",
                    "hotline"),
            Topic.NUMBERED,
            Set.of(
                    "order",
                    "orders",
                    "invoice",
                    "tracking",
                    "ticket",
                    "case",
                    "ref",
                    "reference",
                    "id",
                    "ids",
                    "sku",
                    "isbn",
                    "ean",
                    "upc",
                    "gtin",
                    "imei",
                    "serial",
                    "part",
                    "batch",
                    "lot",
                    "build",
                    "timestamp",
                    "time",
                    "total",
                    "amount",
                    "price",
                    "count",
                    "size",
                    "bytes",
                    "page",
                    "transaction",
                    "bestellung",
                    "rechnung"),
            Topic.VERSION,
            Set.of("version", "v", "ver", "build", "release", "firmware", "driver", "rev", "revision", "update"),
            Topic.NATIONAL_ID,
            Set.of(
                    "ssn",
                    "social",
                    "security",
                    "itin",
                    "tin",
                    "cpf",
                    "cnpj",
                    "nif",
                    "dni",
                    "nie",
                    "nino",
                    "pesel",
                    "bsn",
                    "personnummer",
                    "aadhaar",
                    "pan",
                    "passport",
                    "tax",
                    "steuer",
                    "steuernummer",
                    "insurance",
                    "licence",
                    "license",
                    "insee",
                    "nir",
                    "codice",
                    "fiscale",
                    "national",
                    "ahv",
                    "curp",
                    "rfc",
                    "rut",
                    "passeport",
                    "reisepass",
                    "ausweis",
                    "idnr",
                    "burgerservicenummer"));

    private ContextWords() {}

    /** Whether one of the last three words before {@code i} speaks of {@code topic}. */
    static boolean speakOf(Topic topic, byte[] text, int from, int i) {
        Set<String> wanted = WORDS_OF.get(topic);
        return wanted != null && lastOf(wanted, text, from, i) != null;
    }

    private static @Nullable String lastOf(Set<String> wanted, byte[] text, int from, int i) {
        int floor = Math.max(from, i - REACH);
        int end = i;
        for (int words = 0; words < WORDS; words++) {
            while (end > floor && !isLetter(text[end - 1])) {
                end--;
            }
            int start = end;
            while (start > floor && isLetter(text[start - 1])) {
                start--;
            }
            if (start == end) {
                return null;
            }
            String word = lower(text, start, end);
            if (wanted.contains(word)) {
                return word;
            }
            end = start;
        }
        return null;
    }

    private static String lower(byte[] text, int start, int end) {
        StringBuilder word = new StringBuilder(end - start);
        for (int k = start; k < end; k++) {
            word.append((char) (text[k] | 0x20));
        }
        return word.toString();
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }
}

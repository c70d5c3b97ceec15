package dev.retake.privacy.detect;

/** Finds IBANs, written together or in groups of four. */
final class IbanScan {
    private static final int LONGEST = 34;

    private IbanScan() {}

    /** Looks for a number at {@code i}, where two bytes that may be letters stand before two digits. */
    static int scan(byte[] text, int floor, int i, int to, HitList out) {
        if (i < floor || !Bytes.startsToken(text, floor, i) || !isLetter(text[i]) || !isLetter(text[i + 1])) {
            return -1;
        }
        String structure = Iban.structure(capital(text[i]), capital(text[i + 1]));
        if (structure == null) {
            return -1;
        }
        int length = structure.length() + 4;
        StringBuilder number = new StringBuilder(LONGEST);
        int at = i;
        while (at < to && number.length() < length) {
            byte b = text[at];
            if (Bytes.isAlphanumeric(b)) {
                number.append(capital(b));
            } else if ((b != ' ' && b != '-') || number.length() % 4 != 0) {
                break;
            }
            at++;
        }
        if (number.length() != length || !Bytes.endsToken(text, at, to) || !Iban.isValid(number)) {
            return -1;
        }
        out.add(i, at, DataClass.IBAN);
        return at;
    }

    private static boolean isLetter(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
    }

    private static char capital(byte b) {
        return (char) (b >= 'a' && b <= 'z' ? b - 32 : b);
    }
}

package dev.retake.privacy.detect;

/** Finds business identifier codes (ISO 9362) behind a word that announces one: {@code BIC: DEUTDEFF500}. */
final class BankCodeScan {
    private static final int REACH = 16;

    private BankCodeScan() {}

    /** Looks behind a word that may announce a code and ends at {@code nameEnd}. */
    static int scan(byte[] text, int floor, int nameEnd, int to, HitList out) {
        int limit = Math.min(to, nameEnd + REACH);
        boolean swift = (text[nameEnd - 1] | 0x20) == 't';
        int nameStart = nameEnd - (swift ? 5 : 3);
        if (nameStart < floor
                || nameStart > floor && (text[nameStart - 1] | 0x20) >= 'a' && (text[nameStart - 1] | 0x20) <= 'z'
                || swift && !Bytes.matchesIgnoreCase(text, nameStart, to, "swift")) {
            return -1;
        }
        for (int start = nameEnd; start < limit; start++) {
            byte b = text[start];
            if (isCode(text, start, to)) {
                int end = Bytes.endsToken(text, start + 8, to) ? start + 8 : start + 11;
                out.add(start, end, DataClass.BANK_ACCOUNT);
                return end;
            }
            boolean joins = !Bytes.isWord(b) || (b | 0x20) >= 'a' && (b | 0x20) <= 'z' || b == '_';
            if (!joins || b == '\n') {
                return -1;
            }
        }
        return -1;
    }

    /** Four letters for the bank, two for the country, two and perhaps three more of either kind. */
    private static boolean isCode(byte[] text, int start, int to) {
        boolean eight = start + 8 <= to && Bytes.endsToken(text, start + 8, to);
        boolean eleven = start + 11 <= to && Bytes.endsToken(text, start + 11, to);
        if (Bytes.isWord(text[start - 1]) || !eight && !eleven) {
            return false;
        }
        for (int k = 0; k < (eight ? 8 : 11); k++) {
            byte b = text[start + k];
            boolean capital = b >= 'A' && b <= 'Z';
            if (!capital && !(k >= 6 && Bytes.isDigit(b))) {
                return false;
            }
        }
        return true;
    }
}

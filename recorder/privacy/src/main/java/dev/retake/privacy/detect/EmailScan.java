package dev.retake.privacy.detect;

/** Finds e-mail addresses around each {@code @}. */
final class EmailScan {
    private EmailScan() {}

    static void scan(byte[] text, int from, int to, HitList out) {
        int floor = from;
        for (int i = from; i < to; i++) {
            if (text[i] != '@') {
                continue;
            }
            int start = i;
            while (start > floor && isLocal(text[start - 1])) {
                start--;
            }
            int end = i + 1;
            int lastDot = -1;
            while (end < to && isHost(text[end])) {
                if (text[end] == '.' && end + 1 < to && isHost(text[end + 1])) {
                    lastDot = end;
                }
                end++;
            }
            while (end > i && text[end - 1] == '.') {
                end--;
            }
            if (start < i && lastDot > i && end > lastDot + 1) {
                out.add(start, end, DataClass.EMAIL);
                floor = end;
                i = end - 1;
            }
        }
    }

    private static boolean isLocal(byte b) {
        return isHost(b) || b == '+' || b == '_' || b == '%' || b == '\'';
    }

    private static boolean isHost(byte b) {
        int lower = b | 0x20;
        return (lower >= 'a' && lower <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '.' || b < 0;
    }
}

package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds names in scripts without capitals, of which no list is long enough: a few characters or words of such a script
 * between words of another one that speak of a person, or with a form of address of their own.
 */
final class ScriptNames {
    private static final int LONGEST = 60;
    private static final int MOST_WORDS = 4;
    private static final int EAST = 4;

    private static final List<byte[]> BEFORE = bytes(
            "السيد", "السيدة", "عزيزي", "عزيزتي", "مرحبا", "الأستاذ", "الدكتور", "שלום", "מר", "גברת", "היי", "श्री",
            "श्रीमती", "नमस्ते", "प्रिय", "คุณ", "นาย", "นาง", "นางสาว", "เรียน", "العميل", "العميلة", "المريض",
            "المريضة", "السادة", "المهندس", "الموظف", "الضيف", "الطالب", "الاسم", "לקוח", "הלקוח", "הלקוחה", "לקוחה",
            "מטופל", "המטופל", "לכבוד", "ד״ר", "עובד", "שם", "ग्राहक", "रोगी", "डॉ", "नाम", "ลูกค้า", "ผู้ป่วย", "ดร",
            "고객", "환자", "회원", "직원", "손님", "이름", "수신인", "담당자", "客户", "客戶", "顾客", "顧客", "患者", "员工", "收件人", "联系人", "會員",
            "会员", "担当", "氏名", "姓名");
    private static final List<byte[]> BEHIND = bytes("先生", "女士", "小姐", "您好", "様", "さん", "さま", "님", "씨", "जी");

    private ScriptNames() {}

    /** Looks at the run that begins at {@code p}. */
    static int scan(byte[] text, int floor, int p, int to, HitList out) {
        int group = group(text[p]);
        int end = p;
        int words = 0;
        int characters = 0;
        while (end < to && end - p < LONGEST && words < MOST_WORDS) {
            int word = end;
            while (end < to && end - p < LONGEST && (text[end] & 0xC0) == 0x80
                    || end < to && group(text[end]) == group && !isMark(text, end, to)) {
                characters += (text[end] & 0xC0) == 0x80 ? 0 : 1;
                end++;
            }
            if (end == word) {
                break;
            }
            words++;
            boolean more = end + 1 < to && text[end] == ' ' && group(text[end + 1]) == group;
            if (!more) {
                break;
            }
            end++;
        }
        int cut = beforeMore(text, p, end, to);
        if (cut > 0) {
            out.add(behindTitle(text, p, end), cut, DataClass.PERSON_NAME);
            return cut;
        }
        if (end < to
                && (group(text[end]) == group && !isMark(text, end, to)
                        || text[end] == ' ' && end + 1 < to && group(text[end + 1]) == group)) {
            return -1;
        }
        int first = behindTitle(text, p, end);
        int last = beforeTitle(text, first, end);
        boolean told = first > p || last < end || isAnnounced(text, floor, p) || isDoing(text, end, to);
        boolean east = group == EAST;
        int titles = characters(text, p, first) + characters(text, last, end);
        int left = characters - titles;
        boolean shaped = east ? left >= 2 && left <= (words > 1 ? 12 : 6) && words <= 3 : left >= 4 && left <= 30;
        if (!told || !shaped || last <= first) {
            return -1;
        }
        out.add(first, last, DataClass.PERSON_NAME);
        return last;
    }

    /** The script of the character that begins with {@code b}: those of East Asia are one; 0 for what has capitals. */
    private static int group(byte b) {
        int lead = b & 0xFF;
        if (lead == 0xD6 || lead == 0xD7) {
            return 1;
        }
        if (lead >= 0xD8 && lead <= 0xDB) {
            return 2;
        }
        if (lead == 0xE0) {
            return 3;
        }
        return lead >= 0xE3 && lead <= 0xED ? EAST : 0;
    }

    /** Whether a comma, a stop or a bracket of East Asia begins at {@code i}, which are of the script's bytes. */
    private static boolean isMark(byte[] text, int i, int to) {
        if (i + 2 >= to || text[i] != (byte) 0xE3 || text[i + 1] != (byte) 0x80) {
            return false;
        }
        int last = text[i + 2] & 0xFF;
        return last <= 0x82 || last >= 0x88 && last <= 0x92;
    }

    private static int characters(byte[] text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (text[i] & 0xC0) == 0x80 || text[i] == ' ' ? 0 : 1;
        }
        return count;
    }

    /** Where the name begins behind a form of address of its own script. */
    private static int behindTitle(byte[] text, int from, int to) {
        for (byte[] title : BEFORE) {
            int end = from + title.length;
            if (end + 1 < to && text[end] == ' ' && is(text, from, end, title)) {
                return end + 1;
            }
        }
        return from;
    }

    /**
     * The end of a name of two words behind a title where the sentence goes on with words of the same script, as those
     * without capitals do; -1 where there is no title.
     */
    private static int beforeMore(byte[] text, int p, int end, int to) {
        int name = behindTitle(text, p, end);
        if (name == p || group(text[p]) == EAST) {
            return -1;
        }
        int last = name;
        int words = 0;
        for (int k = name; k <= end; k++) {
            if (k == end || text[k] == ' ') {
                words++;
                last = k;
                if (words == 2 && k < end && isArticle(text, k + 1, to)) {
                    continue;
                }
                if (words >= 2) {
                    break;
                }
            }
        }
        boolean more =
                last < end || end < to && text[end] == ' ' && end + 1 < to && group(text[end + 1]) == group(text[p]);
        return more && words >= 2 && characters(text, name, last) >= 4 ? last : -1;
    }

    /** Whether a family name with the Arabic article begins at {@code i}. */
    private static boolean isArticle(byte[] text, int i, int to) {
        return i + 3 < to
                && text[i] == (byte) 0xD8
                && text[i + 1] == (byte) 0xA7
                && text[i + 2] == (byte) 0xD9
                && text[i + 3] == (byte) 0x84;
    }

    private static int beforeTitle(byte[] text, int from, int to) {
        for (byte[] title : BEHIND) {
            int start = to - title.length;
            if (start > from && is(text, start, to, title)) {
                return text[start - 1] == ' ' ? start - 1 : start;
            }
        }
        return to;
    }

    private static boolean is(byte[] text, int from, int to, byte[] wanted) {
        return Arrays.equals(text, from, to, wanted, 0, wanted.length);
    }

    /** Whether one of the two words before speaks of a person, or a name ends right before. */
    private static boolean isAnnounced(byte[] text, int floor, int start) {
        int at = start;
        for (int words = 0; words < 2; words++) {
            int end = at;
            while (end > floor && at - end < 4 && text[end - 1] >= 0 && !Bytes.isWord(text[end - 1])) {
                end--;
            }
            int word = PersonScan.wordStart(text, floor, end);
            if (word == end) {
                return false;
            }
            int bits = PersonWords.bits(text, word, end);
            int telling = PersonWords.CUE | PersonWords.TITLE | PersonWords.DEED | PersonWords.SOFT_CUE;
            boolean joined = word <= floor + 1 && word > 0 && PersonScan.isJoining(text, word, end);
            if ((bits & telling) != 0 && (words == 0 || (bits & PersonWords.SOFT_CUE) == 0) || joined) {
                return true;
            }
            at = word;
        }
        return false;
    }

    private static boolean isDoing(byte[] text, int end, int to) {
        if (end + 2 >= to || text[end] != ' ') {
            return false;
        }
        int word = PersonScan.wordEnd(text, end + 1, to);
        return word > end + 1 && (PersonWords.bits(text, end + 1, word) & PersonWords.DOES) != 0;
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

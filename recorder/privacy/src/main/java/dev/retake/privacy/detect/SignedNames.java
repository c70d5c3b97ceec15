package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds names that no list needs to have, by where letters and mails put them: behind the words that a letter ends with,
 * before the address of a mailbox, before the date of a birth.
 */
final class SignedNames {
    private static final int LONGEST_MAILBOX = 80;

    /** Words that a letter ends with, before the name of who wrote it. */
    private static final WordTable CLOSING = new WordTable(128).add(1, """
                    regards sincerely cheers best thanks greetings truly faithfully respectfully cordially grüße grüßen gruß
                    hochachtungsvoll cordialement salutations amicalement atentamente saludos saludo saluti cordiali distinti
                    atenciosamente abraço abraços cumprimentos groet groeten hälsningar hälsning hilsen hilsner terveisin
                    terveisiä pozdrawiam pozdravem pozdravy pozdravom poszanowaniem üdvözlettel tisztelettel stimă
                    saygılarımla уважением повагою εκτίμηση yours thx rgds
                    """);

    private SignedNames() {}

    /**
     * The end of the name of which two words end at {@code nextEnd}, where the address of its mailbox or a birth stands
     * behind it; else -1.
     */
    static int introducedEnd(byte[] text, int nextEnd, int to) {
        int end = nextEnd;
        for (int words = 2;
                words < PersonScan.MOST_WORDS
                        && end + 2 < to
                        && text[end] == ' '
                        && PersonScan.isCapital(text, end + 1);
                words++) {
            int more = PersonScan.wordEnd(text, end + 1, to);
            if (!PersonScan.isUnheard(PersonScan.bits(text, end + 1, more))) {
                return -1;
            }
            end = more;
        }
        if (end + 3 >= to) {
            return -1;
        }
        boolean bracket = text[end] == ' ' && (text[end + 1] == '<' || text[end + 1] == '(');
        boolean comma = text[end] == ',' && text[end + 1] == ' ';
        if (bracket && isMailbox(text, end + 2, to)) {
            return end;
        }
        int word = end + 2;
        boolean told = (bracket || comma)
                && ContextWords.speaksAt(ContextWords.Topic.BIRTH, text, word, PersonScan.wordEnd(text, word, to));
        return told ? end : -1;
    }

    /** Whether an address of a mailbox stands at {@code i}, up to a bracket. */
    private static boolean isMailbox(byte[] text, int i, int to) {
        int limit = Math.min(to, i + LONGEST_MAILBOX);
        boolean at = false;
        for (int k = i; k < limit; k++) {
            byte b = text[k];
            at |= b == '@';
            if (b == '>' || b == ')') {
                return at;
            }
            if (b == ' ' || b == '"' || b == '\n') {
                return false;
            }
        }
        return false;
    }

    /** The end of a name behind what a letter ends with: {@code Kind regards,} and a line; else -1. */
    static int signed(byte[] text, int floor, int p, int next, int nextEnd, int nextBits, int to, HitList out) {
        int end = p;
        while (end > floor && p - end < 4 && isPause(text[end - 1])) {
            end--;
        }
        int word = PersonScan.wordStart(text, floor, end);
        if (word == end || CLOSING.bits(text, word, end) == 0 || end - word < 3) {
            return -1;
        }
        boolean line = text[p] == '\n' || text[p - 1] == '\n';
        int last = nextEnd;
        int words = 1;
        boolean unheard = PersonScan.isUnheard(nextBits);
        while (words < PersonScan.MOST_WORDS
                && last + 1 < to
                && text[last] == ' '
                && PersonScan.isCapital(text, last + 1)) {
            int more = PersonScan.wordEnd(text, last + 1, to);
            int bits = PersonScan.bits(text, last + 1, more);
            unheard &= PersonScan.isUnheard(bits) || (bits & (PersonWords.FAMILY | PersonWords.GIVEN)) != 0;
            last = more;
            words++;
        }
        boolean ends = last == to || !Bytes.isWord(text[last]) && text[last] != ' ' && text[last] != '-';
        boolean paused = line || end < p;
        boolean named = words > 1
                ? paused || ends
                : line ? PersonScan.isStrong(nextBits) || nextBits == 0 : PersonScan.isStrong(nextBits);
        if (!ends || !unheard || !named || nextEnd - next < 2 || PersonScan.isShouted(text, next, nextEnd)) {
            return -1;
        }
        out.add(next, last, DataClass.PERSON_NAME);
        return last;
    }

    private static boolean isPause(byte b) {
        return b == ',' || b == '.' || b == '!' || b == ' ' || b == '\n' || b == '\r';
    }
}

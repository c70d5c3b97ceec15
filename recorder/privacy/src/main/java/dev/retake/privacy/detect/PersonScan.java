package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import dev.retake.privacy.detect.words.StreetEndings;
import dev.retake.privacy.detect.words.WordTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds names of people in running text. A given name before another capitalised word, a title, a salutation or a family
 * name behind an unknown word are evidence; a word that no name is made of is evidence against it.
 *
 * <p>It is long because the evidence is weighed together: each form of a name is ruled out by what the others need.
 */
final class PersonScan {
    private static final int LONGEST_WORD = 32;
    static final int MOST_WORDS = 4;
    private static final WordTable JOINING = new WordTable(16).add(1, "and or und oder et ou y o e och og en i oraz");
    /** Words with a capital that family names of two words begin with. */
    private static final WordTable OPENING = new WordTable(64)
            .add(1, "de di del della dello lo la le mac mc ó ní ni nic al el abu bin ben ibn st van von du dos da ter");

    /** Titles that are written small within a sentence, and are no words of English. */
    private static final WordTable SMALL_TITLES = new WordTable(64).add(1, """
                    pan pani pana panem panu herr herrn frau señor señora signor signora sig monsieur madame mevrouw meneer
                    domnul domnule domnului doamna doamnei fru herra rouva dott dottoressa господин госпожа господина
                    госпожи пан пані пане κύριε κύριος κύριο κυρία
                    """);

    /** What greetings end with. */
    private static final WordTable GREETING = new WordTable(64).add(1, """
            back morning afternoon evening day again there tag morgen abend jour bonsoir días dias tardes noches dia tarde
            noite buongiorno buonasera giorno sera middag avond dag goedemorgen hallo namaste welcome congratulations sorry
            zurück retour vuelta volta sir madam dobrý dobry dzień den deň ziua günler günaydın päivää huomenta napot
            """);

    private static final WordTable FIRMS = new WordTable(64)
            .add(
                    1,
                    "kg ag gmbh ltd llc inc llp plc corp oy oyj ab aps bv nv srl spa sarl sas kk pty lp ohg gbr sro zrt kft co");

    private PersonScan() {}

    /**
     * Looks at the words around the space at {@code p}, behind which a capital stands.
     *
     * @return the end of the hit, or -1
     */
    static int scan(byte[] text, int floor, int p, int to, HitList out) {
        int next = p + 1;
        int nextEnd = wordEnd(text, next, to);
        if (nextEnd == next || !isCapital(text, next)) {
            return -1;
        }
        int nextBits = bits(text, next, nextEnd);
        int signed = SignedNames.signed(text, floor, p, next, nextEnd, nextBits, to, out);
        if (signed > 0) {
            return signed;
        }
        int previousEnd =
                text[p - 1] == ',' || text[p - 1] == '.' || text[p - 1] == ':' || text[p - 1] == ';' ? p - 1 : p;
        int previous = wordStart(text, floor, previousEnd);
        if (previous == previousEnd) {
            return -1;
        }
        int bits = bits(text, previous, previousEnd);
        byte mark = previousEnd < p ? text[previousEnd] : 0;
        if (text[p] == ' ' && mark == 0 && has(bits, PersonWords.PARTICLE) && !isCapital(text, previous)) {
            int main = beforeParticles(text, floor, previous);
            int mainStart = main < 0 ? -1 : wordStart(text, floor, main);
            if (mainStart >= 0 && mainStart < main && isCapital(text, mainStart)) {
                int mainBits = bits(text, mainStart, main);
                boolean noble = has(PersonWords.bits(text, main + 1, wordEnd(text, main + 1, to)), PersonWords.NOBLE)
                        && (mainBits == 0 || isGiven(mainBits))
                        && !AddressScan.isStreetKind(text, mainStart, main);
                boolean given = isGiven(mainBits) && has(nextBits, PersonWords.FAMILY)
                        || mainBits == 0 && isCued(text, floor, mainStart);
                if (isStrong(mainBits) || noble || given) {
                    return hit(text, floor, mainStart, nextEnd, to, out);
                }
            }
        }
        if (has(bits, PersonWords.TITLE) && (mark == '.' || mark == 0) && isTitle(text, previous, previousEnd)) {
            return titled(text, next, nextEnd, nextBits, to, out);
        }
        boolean initial = mark == '.' && previousEnd - previous == 1 && isCapital(text, previous);
        boolean initials = initial
                && previous - 3 >= floor
                && text[previous - 1] == ' '
                && text[previous - 2] == '.'
                && isCapital(text, previous - 3)
                && Bytes.startsToken(text, floor, previous - 3)
                && isUnheard(nextBits)
                && nextEnd - next > 3
                && !isShouted(text, next, nextEnd)
                && !isThing(text, next, nextEnd);
        if (initial && text[p] == ' ' && (initials || has(nextBits, PersonWords.FAMILY))) {
            return hit(text, floor, beforeInitials(text, floor, previous), nextEnd, to, out);
        }
        if (mark == 0 && text[p] == ' ' && isCapital(text, previous)) {
            int end = pair(text, floor, previous, previousEnd, bits, next, nextEnd, nextBits, to, out);
            if (end > 0) {
                return end;
            }
        }
        if (mark == ','
                && text[p] == ' '
                && isCapital(text, previous)
                && isReversed(bits, nextBits, text, floor, previous)) {
            return hit(text, floor, previous, nextEnd, to, out);
        }
        return isFirmOfTwo(text, floor, previous, previousEnd)
                ? -1
                : cued(text, floor, bits, next, nextEnd, nextBits, to, out);
    }

    /** {@code Marks and}: what stands before the word that joins is a name of its own, and no given one. */
    private static boolean isFirmOfTwo(byte[] text, int floor, int joint, int jointEnd) {
        if (!isJoining(text, joint, jointEnd) || joint - 1 <= floor || text[joint - 1] != ' ') {
            return false;
        }
        int word = wordStart(text, floor, joint - 1);
        return word < joint - 1 && isCapital(text, word) && !isGiven(bits(text, word, joint - 1));
    }

    /** Two capitalised words with a space between them. */
    private static int pair(
            byte[] text,
            int floor,
            int first,
            int firstEnd,
            int bits,
            int next,
            int nextEnd,
            int nextBits,
            int to,
            HitList out) {
        if (PersonWords.isBrand(text, first, nextEnd)
                || isOrganisation(text, nextEnd, to)
                || isFirm(text, nextEnd, to)
                || AddressLine.isStreetBehind(text, nextEnd, to)
                || isDefinite(text, floor, first)
                || AddressLine.isKind(text, next, nextEnd)
                || isStreet(text, floor, first, firstEnd)) {
            return -1;
        }
        int introduced = SignedNames.introducedEnd(text, nextEnd, to);
        if (introduced > 0 && isUnheard(bits) && (isUnheard(nextBits) || has(nextBits, PersonWords.FAMILY))) {
            return hit(text, floor, first, introduced, to, out);
        }
        boolean cued = isCued(text, floor, first) || isGreeted(text, floor, first) || isDoing(text, nextEnd, to);
        boolean initial = nextEnd - next == 1 && nextEnd < to;
        if (initial && isGiven(bits)) {
            int last = text[nextEnd] == '.' ? nextEnd + 2 : nextEnd + 1;
            int lastEnd = last < to && isCapital(text, last) ? wordEnd(text, last, to) : last;
            int lastBits = lastEnd - last > 1 ? PersonWords.bits(text, last, lastEnd) : 0;
            boolean named = lastEnd - last > 1 && (isStrong(bits) || has(lastBits, PersonWords.FAMILY));
            return named && (has(lastBits, PersonWords.FAMILY) || !has(lastBits, PersonWords.PLAIN))
                    ? hit(text, floor, first, lastEnd, to, out)
                    : -1;
        }
        boolean shouted = isShouted(text, next, nextEnd);
        if (initial || shouted != isShouted(text, first, firstEnd)) {
            return -1;
        }
        boolean strong = isStrong(bits);
        boolean town = has(nextBits, PersonWords.CITY) && !has(bits, PersonWords.CITY) && (strong || cued);
        boolean plain = has(nextBits, PersonWords.PLAIN) && !town && !opensFamily(text, next, nextEnd, to);
        boolean family = has(nextBits, PersonWords.FAMILY)
                || isFamily(text, next, nextEnd)
                || opensFamily(text, next, nextEnd, to);
        boolean given = isGiven(bits);
        boolean unknown = bits == 0 || bits == PersonWords.FAMILY;
        boolean believed;
        if (shouted) {
            believed = given && family && !plain || strong && family;
        } else if (strong) {
            believed = family || !plain && !isThing(text, next, nextEnd);
        } else if (given) {
            believed = family && !plain || cued && (family || !plain && !isThing(text, next, nextEnd));
        } else if (unknown) {
            boolean certain = family && !plain && firstEnd - first > 2;
            boolean reversed = has(bits, PersonWords.FAMILY) && isStrong(nextBits);
            believed = certain && !isThing(text, first, firstEnd)
                    || reversed
                    || cued && (family || !plain && !isThing(text, next, nextEnd)) && !isThing(text, first, firstEnd);
        } else {
            believed = cued && family && has(bits, PersonWords.FAMILY | PersonWords.GIVEN | PersonWords.DOUBLE);
        }
        return believed ? hit(text, floor, first, nextEnd, to, out) : -1;
    }

    /** {@code the Royal Albert Hall}: behind an article, at most one more capitalised word between, no person is named. */
    private static boolean isDefinite(byte[] text, int floor, int first) {
        int at = first;
        for (int words = 0; words < 2 && at - 4 >= floor && text[at - 1] == ' '; words++) {
            int word = wordStart(text, floor, at - 1);
            if (at - word == 4 && Bytes.matchesIgnoreCase(text, word, at, "the ")) {
                return true;
            }
            if (word == at - 1 || !isCapital(text, word)) {
                return false;
            }
            at = word;
        }
        return false;
    }

    /** Whether the form of a firm follows: {@code Peter Hahn KG}. */
    private static boolean isFirm(byte[] text, int end, int to) {
        int start = end + 1;
        if (start >= to || text[end] != ' ' || !isCapital(text, start)) {
            return false;
        }
        int wordEnd = wordEnd(text, start, to);
        return FIRMS.bits(text, start, wordEnd) != 0
                || wordEnd - start == 1 && wordEnd + 3 < to && text[wordEnd] == '.' && text[wordEnd + 2] == '.';
    }

    /** Whether the word {@code text[from, to)} is the form of a firm. */
    static boolean isFirmWord(byte[] text, int from, int to) {
        return FIRMS.bits(text, from, to) != 0;
    }

    /** Whether a word is a name, or none that is known. */
    static boolean isUnheard(int bits) {
        return !has(bits, PersonWords.PLAIN | PersonWords.CUE | PersonWords.SOFT_CUE | PersonWords.TITLE)
                || isStrong(bits);
    }

    /** A name behind a title, of which nothing needs to be known. */
    private static int titled(byte[] text, int next, int nextEnd, int nextBits, int to, HitList out) {
        boolean named = !has(nextBits, PersonWords.PLAIN) || has(nextBits, PersonWords.FAMILY | PersonWords.GIVEN);
        if (has(nextBits, PersonWords.TITLE)
                || !named
                || nextEnd - next < 2 && (nextEnd == to || text[nextEnd] != '.')) {
            return -1;
        }
        if (PersonWords.isBrand(text, next, wordEnd(text, Math.min(nextEnd + 1, to), to))) {
            return -1;
        }
        int end = nextEnd;
        for (int words = 1; words < MOST_WORDS; words++) {
            int start = end < to && text[end] == '.' && end - wordStart(text, next, end) == 1 ? end + 2 : end + 1;
            int more =
                    start < to && text[start - 1] == ' ' && isCapital(text, start) ? wordEnd(text, start, to) : start;
            if (more - start < 2 && !(more < to && more > start && text[more] == '.')) {
                int particle = particlesEnd(text, end, to);
                more = particle > 0 ? wordEnd(text, particle, to) : end;
                if (more == end || particle < 0) {
                    break;
                }
                start = particle;
            }
            int bits = PersonWords.bits(text, start, more);
            if (has(bits, PersonWords.PLAIN) && !has(bits, PersonWords.FAMILY | PersonWords.GIVEN)) {
                break;
            }
            end = more;
        }
        out.add(next, end, DataClass.PERSON_NAME);
        return end;
    }

    /** One word behind a salutation or a word that speaks of a person. */
    private static int cued(byte[] text, int floor, int cue, int next, int nextEnd, int nextBits, int to, HitList out) {
        if (!has(cue, PersonWords.CUE | PersonWords.SOFT_CUE) || nextEnd - next < 2 || isShouted(text, next, nextEnd)) {
            return -1;
        }
        boolean more = nextEnd + 1 < to
                && text[nextEnd] == ' '
                && (isCapital(text, nextEnd + 1) || Bytes.isDigit(text[nextEnd + 1]));
        boolean particle = particlesEnd(text, nextEnd, to) > 0;
        if (particle && isStrong(nextBits)) {
            return hit(text, floor, next, nextEnd, to, out);
        }
        if (more || particle) {
            return -1;
        }
        boolean ends = nextEnd == to || !Bytes.isWord(text[nextEnd]) && text[nextEnd] != '-' && text[nextEnd] != '/';
        boolean unknown = nextBits == 0 && !isThing(text, next, nextEnd) && nextEnd < to && text[nextEnd] == ',';
        boolean named = has(cue, PersonWords.CUE)
                ? has(nextBits, PersonWords.GIVEN)
                        || has(nextBits, PersonWords.FAMILY) && !has(nextBits, PersonWords.PLAIN)
                        || unknown
                : isStrong(nextBits) && !has(nextBits, PersonWords.CITY);
        return ends && named ? hit(text, floor, next, nextEnd, to, out) : -1;
    }

    /** {@code Miller, Anna}: not where a list of given names goes on. */
    private static boolean isReversed(int bits, int nextBits, byte[] text, int floor, int previous) {
        boolean family = has(bits, PersonWords.FAMILY) && !has(bits, PersonWords.PLAIN);
        int before = beforeWord(text, floor, previous);
        boolean alone = before < 0 || !isCapital(text, wordStart(text, floor, before));
        boolean told =
                !alone && has(bits(text, wordStart(text, floor, before), before), PersonWords.CUE | PersonWords.TITLE);
        return family && (alone || told) && isStrong(nextBits);
    }

    /** Takes a name together with what continues it: more names, particles, initials. */
    private static int hit(byte[] text, int floor, int start, int end, int to, HitList out) {
        int first = start;
        int before = first - 1;
        if (before > floor && text[before] == ' ') {
            int earlier = wordStart(text, floor, before);
            int bits = earlier < before ? bits(text, earlier, before) : PersonWords.PLAIN;
            boolean named =
                    bits == 0 && !isThing(text, earlier, before) || isGiven(bits) && !has(bits, PersonWords.PLAIN);
            if (before - earlier > 1 && isCapital(text, earlier) && named) {
                first = earlier;
            }
        }
        int last = end;
        for (int words = 0; words < MOST_WORDS; words++) {
            int next = last + 1;
            int particle = particlesEnd(text, last, to);
            next = particle > 0 ? particle : next;
            int joined = next < to ? joinedCapital(text, next, to) : -1;
            if (next >= to || text[next - 1] != ' ' || !isCapital(text, next) && joined < 0) {
                break;
            }
            int nextEnd = wordEnd(text, joined > 0 ? joined : next, to);
            if (joined > 0) {
                last = nextEnd;
                continue;
            }
            int bits = bits(text, next, nextEnd);
            int lastBits = bits(text, wordStart(text, first, last), last);
            boolean plain = has(bits, PersonWords.PLAIN);
            boolean named = has(bits, PersonWords.FAMILY | PersonWords.GIVEN) || isFamily(text, next, nextEnd);
            boolean follows = named && !plain
                    || opensFamily(text, wordStart(text, first, last), last, to) && !plain
                    || particle > 0 && !plain
                    || isStrong(lastBits) && !plain && !isThing(text, next, nextEnd);
            if (nextEnd - next < 2 || !follows || isOrganisation(text, nextEnd, to)) {
                break;
            }
            last = nextEnd;
        }
        out.add(first, last, DataClass.PERSON_NAME);
        return last;
    }

    static boolean isStrong(int bits) {
        return has(bits, PersonWords.GIVEN) && !has(bits, PersonWords.DOUBLE | PersonWords.PLAIN);
    }

    private static boolean isGiven(int bits) {
        return has(bits, PersonWords.GIVEN | PersonWords.DOUBLE);
    }

    /** Bits of a word; of one with a hyphen that is no word itself, those of its parts. */
    static int bits(byte[] text, int from, int to) {
        int bits = PersonWords.bits(text, from, to);
        for (int k = from + 2; bits == 0 && k < to - 2; k++) {
            if (text[k] == '-') {
                if (StreetEndings.end(text, from, to, to < text.length && text[to] == '.')) {
                    return PersonWords.PLAIN;
                }
                int first = PersonWords.bits(text, from, k);
                int family = (first | PersonWords.bits(text, k + 1, to)) & PersonWords.FAMILY;
                return first & (PersonWords.GIVEN | PersonWords.DOUBLE) | family;
            }
        }
        return bits;
    }

    /** Whether a word that speaks of a person stands before {@code start}, or one of what is done with people. */
    private static boolean isCued(byte[] text, int floor, int start) {
        int before = beforeWord(text, floor, start);
        int word = before < 0 ? -1 : wordStart(text, floor, before);
        if (word < 0 || word == before) {
            return false;
        }
        int cue = PersonWords.bits(text, word, before);
        if (has(cue, PersonWords.CUE | PersonWords.TITLE) || word == floor + 1 && isJoining(text, word, before)) {
            return true;
        }
        if (!has(cue, PersonWords.SOFT_CUE)) {
            return false;
        }
        if (before < start - 1) {
            return text[start - 1] == ' ' && isLabel(text, word, before);
        }
        int deed = beforeWord(text, floor, word);
        int deedStart = deed < 0 ? -1 : wordStart(text, floor, deed);
        return deedStart >= 0 && deedStart < deed && has(PersonWords.bits(text, deedStart, deed), PersonWords.DEED);
    }

    /** Whether a greeting stands before {@code start}, with a comma behind it: {@code Welcome back, }. */
    private static boolean isGreeted(byte[] text, int floor, int start) {
        if (start - 2 <= floor || text[start - 1] != ' ' || text[start - 2] != ',') {
            return false;
        }
        int word = wordStart(text, floor, start - 2);
        return word < start - 2 && GREETING.bits(text, word, start - 2) != 0;
    }

    /** Whether the word joins a name to the one that was found before it. */
    static boolean isJoining(byte[] text, int from, int to) {
        return JOINING.bits(text, from, to) != 0;
    }

    /** {@code cc:}, {@code Author:}: what is longer than a preposition. */
    private static boolean isLabel(byte[] text, int word, int end) {
        return end - word == 2 && text[word] == 'c' || end - word > 4;
    }

    /** Whether what a person does follows: {@code wrote}. */
    private static boolean isDoing(byte[] text, int end, int to) {
        int start = end + 1;
        if (start >= to || text[end] != ' ') {
            return false;
        }
        int word = wordEnd(text, start, to);
        return word > start && has(PersonWords.bits(text, start, word), PersonWords.DOES);
    }

    /** Whether the words belong to an address: a street's kind stands before them or is the first, or a house number. */
    private static boolean isStreet(byte[] text, int floor, int first, int firstEnd) {
        if (AddressScan.isStreetKind(text, first, firstEnd)) {
            return true;
        }
        int at = first;
        for (int words = 0; words < MOST_WORDS && at > floor + 1; words++) {
            int end = text[at - 2] == '.' && text[at - 1] == ' ' ? at - 2 : at - 1;
            int word = wordStart(text, floor, end);
            if (word == end) {
                return words == 0 && end > floor && text[at - 1] == ' ' && Bytes.isDigit(text[end - 1]);
            }
            if (AddressScan.isStreetKind(text, word, end)) {
                return true;
            }
            if (!isCapital(text, word) && !has(PersonWords.bits(text, word, end), PersonWords.PARTICLE)) {
                return false;
            }
            at = word;
        }
        return false;
    }

    private static boolean has(int bits, int some) {
        return (bits & some) != 0;
    }

    /** {@code GmbH}, {@code Street}: what the words before it name is no person. */
    private static boolean isOrganisation(byte[] text, int end, int to) {
        int start = end + 1;
        if (start >= to || text[end] != ' ' || !isCapital(text, start)) {
            return false;
        }
        int wordEnd = wordEnd(text, start, to);
        int bits = PersonWords.bits(text, start, wordEnd);
        return has(bits, PersonWords.PLAIN)
                && !has(bits, PersonWords.FAMILY | PersonWords.GIVEN | PersonWords.CITY)
                && AddressScan.isSuffix(text, start, wordEnd);
    }

    /** Whether the word is the first of a family name of two: {@code Della Valle}, {@code Ó Briain}. */
    private static boolean opensFamily(byte[] text, int from, int end, int to) {
        return end + 2 < to
                && text[end] == ' '
                && isCapital(text, end + 1)
                && wordEnd(text, end + 1, to) - end > 3
                && OPENING.bits(text, from, end) != 0;
    }

    /** Endings that family names of many countries have. */
    private static boolean isFamily(byte[] text, int from, int to) {
        if (to - from < 5) {
            return false;
        }
        for (String ending : ENDINGS) {
            int start = to - ending.length();
            if (start - from >= 2 && Bytes.matchesIgnoreCase(text, start, to, ending)) {
                return true;
            }
        }
        for (byte[] ending : ACCENTED_ENDINGS) {
            int start = to - ending.length;
            if (start - from >= 3 && Arrays.equals(text, start, to, ending, 0, ending.length)) {
                return true;
            }
        }
        return (text[from] == 'O' || text[from] == 'D') && text[from + 1] == '\''
                || text[from] == 'M' && text[from + 1] == 'c' && text[from + 2] >= 'A' && text[from + 2] <= 'Z';
    }

    private static final String[] ENDINGS =
            ("sson sen ova eva kov nov rov lov nko ski ska sky skyi wicz vich vic yan ian shvili adze escu "
                            + "oglu poulos akis idis mann berg stein guez nez dez elli etti ucci quist qvist lund gren dottir "
                            + "datter wala murthy swamy chuk czuk enko opoulou aitis auskas czyk owicz nathan raman wande unmi "
                            + "ssian akos iadis eanu szky wski wska cki cka gaard skov ovych evych")
                    .split(" ");

    /** The same with letters beyond ASCII, as they are written small. */
    private static final byte[][] ACCENTED_ENDINGS = Arrays.stream(
                    ("ićová ović ević ková nová ová kaitė ienė ytė oğlu dóttir ález ínez énez ández érez ópez uğlu "
                                    + "ński ńska ström sdóttir")
                            .split(" "))
            .map(ending -> ending.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    /** Endings of things and of what is done with them. */
    private static final String[] THINGS = {
        "case", "board", "light", "table", "holder", "ware", "wear", "tion", "sion", "ment", "ness", "ing", "ity",
                "ship",
        "able", "ible", "ical", "ated", "ware", "set", "ism", "ology", "graphy", "heit", "keit", "ung", "schaft",
                "phone",
        "book", "pack", "paper", "line", "ful", "less", "ware", "works", "soft", "tech", "corp"
    };

    static boolean isThing(byte[] text, int from, int to) {
        for (String ending : THINGS) {
            int start = to - ending.length();
            if (start > from && Bytes.matchesIgnoreCase(text, start, to, ending)) {
                return true;
            }
        }
        return false;
    }

    /** A title is written with a capital, or with its stop. */
    private static boolean isTitle(byte[] text, int start, int end) {
        return isCapital(text, start) || text[end] == '.' || SMALL_TITLES.bits(text, start, end) != 0;
    }

    static boolean isShouted(byte[] text, int from, int to) {
        return to - from > 1 && text[from] >= 'A' && text[from] <= 'Z' && text[to - 1] >= 'A' && text[to - 1] <= 'Z';
    }

    static boolean isCapital(byte[] text, int i) {
        byte b = text[i];
        if (b >= 0) {
            return b >= 'A' && b <= 'Z';
        }
        if (i + 1 >= text.length) {
            return false;
        }
        int second = text[i + 1] & 0xFF;
        return switch (b) {
            case (byte) 0xC3 -> second <= 0x9E;
            case (byte) 0xC4 -> (second & 1) == (second >= 0xB9 ? 1 : 0);
            case (byte) 0xC5 -> (second & 1) == (second <= 0x88 || second >= 0xB9 ? 1 : 0);
            case (byte) 0xCE -> second >= 0x86 && second <= 0xAB;
            case (byte) 0xD0 -> second <= 0xAF;
            default -> false;
        };
    }

    /** The end of a word of letters, with hyphens and apostrophes between them. */
    static int wordEnd(byte[] text, int i, int to) {
        int at = i;
        int limit = Math.min(to, i + LONGEST_WORD);
        while (at < limit) {
            if (Bytes.kind(text[at]) == Bytes.LETTER && text[at] != '_') {
                at++;
            } else if (at > i && isJoint(text, at, limit)) {
                at += text[at] < 0 ? 3 : 1;
            } else {
                break;
            }
        }
        boolean possessive = at - 2 > i && text[at - 1] == 's' && text[at - 2] == '\'';
        return possessive ? at - 2 : at;
    }

    private static boolean isJoint(byte[] text, int at, int to) {
        boolean joint = text[at] == '-' || text[at] == '\'';
        return joint && at + 1 < to && Bytes.kind(text[at + 1]) == Bytes.LETTER && text[at + 1] != '_';
    }

    /** The start of the word that ends at {@code end}. */
    static int wordStart(byte[] text, int floor, int end) {
        int at = end;
        int lowest = Math.max(floor, end - LONGEST_WORD);
        while (at > lowest) {
            byte b = text[at - 1];
            boolean letter = Bytes.kind(b) == Bytes.LETTER && b != '_';
            boolean joint =
                    at < end && (b == '-' || b == '\'') && at - 1 > lowest && Bytes.kind(text[at - 2]) == Bytes.LETTER;
            if (!letter && !joint) {
                break;
            }
            at--;
        }
        boolean within = at > floor && (Bytes.isDigit(text[at - 1]) || text[at - 1] == '@' || text[at - 1] == '/');
        return within ? end : at;
    }

    /** The end of the word before the one at {@code start}, marks between them passed over; -1 where there is none. */
    private static int beforeWord(byte[] text, int floor, int start) {
        int at = start;
        while (at > floor && start - at < 4 && !Bytes.isWord(text[at - 1])) {
            at--;
        }
        boolean word = at > floor && at < start && Bytes.kind(text[at - 1]) == Bytes.LETTER;
        return word ? at : -1;
    }

    /** The end of the capitalised word before particles of which the last begins at {@code start}, or -1. */
    private static int beforeParticles(byte[] text, int floor, int start) {
        int at = start;
        for (int words = 0; words < 3 && at > floor + 1 && text[at - 1] == ' '; words++) {
            int end = at - 1;
            int word = wordStart(text, floor, end);
            if (word == end) {
                return -1;
            }
            if (isCapital(text, word)) {
                return end;
            }
            if (!has(PersonWords.bits(text, word, end), PersonWords.PARTICLE)) {
                return -1;
            }
            at = word;
        }
        return -1;
    }

    /** Where the capital behind a space and particles begins, or -1. */
    private static int particlesEnd(byte[] text, int end, int to) {
        int at = end;
        for (int words = 0; words < 3 && at + 1 < to && text[at] == ' '; words++) {
            int word = at + 1;
            if (isCapital(text, word)) {
                return words > 0 ? word : -1;
            }
            int joined = joinedCapital(text, word, to);
            if (joined > 0) {
                return word;
            }
            at = wordEnd(text, word, to);
            if (at == word || !has(PersonWords.bits(text, word, at), PersonWords.PARTICLE)) {
                return -1;
            }
        }
        return -1;
    }

    /** Where the capital behind {@code al-}, {@code d'} or {@code 't } stands, or -1. */
    private static int joinedCapital(byte[] text, int word, int to) {
        for (String joint : JOINTS) {
            int capital = word + joint.length();
            if (capital < to && Bytes.matches(text, word, to, joint) && isCapital(text, capital)) {
                return capital;
            }
        }
        return -1;
    }

    private static final String[] JOINTS = {"al-", "el-", "d'", "l'", "'t ", "ul-", "ar-", "as-", "ad-"};

    /** Where initials and a given name before the initial at {@code start} begin. */
    private static int beforeInitials(byte[] text, int floor, int start) {
        int at = start;
        while (at - 3 >= floor
                && text[at - 1] == ' '
                && text[at - 2] == '.'
                && isCapital(text, at - 3)
                && Bytes.startsToken(text, floor, at - 3)) {
            at -= 3;
        }
        int before = at - 1;
        if (before > floor && text[before] == ' ') {
            int word = wordStart(text, floor, before);
            if (word < before
                    && isCapital(text, word)
                    && has(PersonWords.bits(text, word, before), PersonWords.GIVEN)) {
                return word;
            }
        }
        return at;
    }
}

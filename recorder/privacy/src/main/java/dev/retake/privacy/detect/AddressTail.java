package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds where an address ends behind its street: flat, floor, quarter, postcode, city, region and country in the orders in
 * which countries write them.
 */
final class AddressTail {
    private static final int MOST_PARTS = 12;
    /** Parts of words alone that are taken: more only where a postcode or a country follows. */
    private static final int MOST_TOWNS = 2;

    private static final int MOST_WORDS = 6;

    /** Letters of a word that is shortened with a stop: {@code Sta.}, {@code Sankt.} is none. */
    private static final int LONGEST_SHORTENED = 4;

    /** First words of countries of two and more, and of what stands for them. */
    private static final WordTable COUNTRY_START = new WordTable(64).add(1, """
            united new south north saudi sri costa el república republic česká slovenská hong czech burkina papua reino
            royaume vereinigtes vereinigte estados états northern puerto dominican bosnia isle the
            """);

    private static final WordTable COUNTRY_END = new WordTable(64).add(1, """
            kingdom states zealand africa korea arabia lanka rica salvador dominicana republic republika kong guinea unido
            uni königreich staaten unidos unis ireland rico herzegovina man emirates netherlands america macedonia
            """);

    private static final WordTable FLOOR = new WordTable(64).add(1, """
            floor fl flr etage piso planta andar emelet verdieping etg em tv th mf stock og obergeschoss patro kat lgh
            """);

    private static final WordTable TOWNS =
            new WordTable(1024).add(1, PersonWords.list("cities.txt")).add(1, PersonWords.list("towns.txt"));

    private static final int MIN_POSTCODE = 6;

    private AddressTail() {}

    static boolean isCanadian(byte[] text, int start, int i) {
        return i - start == 4
                && isCapital(text[start])
                && "DFIOQUWZ".indexOf(text[start]) < 0
                && Bytes.isDigit(text[start + 1])
                && isCapital(text[start + 2])
                && Bytes.isDigit(text[i + 2]);
    }

    /** A Canadian postcode without its space. */
    private static boolean isJoined(byte[] text, int start, int to) {
        for (int k = 0; k < 6; k++) {
            if (start + k >= to || !(k % 2 == 0 ? isCapital(text[start + k]) : Bytes.isDigit(text[start + k]))) {
                return false;
            }
        }
        return Bytes.endsToken(text, start + 6, to);
    }

    /** An area, a district, and an inward part: a digit and two letters. */
    static boolean isBritish(byte[] text, int start, int i) {
        int end = i - 1;
        int area = start;
        while (area < end && isCapital(text[area])) {
            area++;
        }
        boolean district =
                area > start && area - start <= 2 && end - area >= 1 && end - area <= 2 && Bytes.isDigit(text[area]);
        boolean inward = isCapital(text[i + 2])
                && "CIKMOV".indexOf(text[i + 1]) < 0
                && "CIKMOV".indexOf(text[i + 2]) < 0
                && !(text[i + 2] == 'B' && (text[i + 1] == 'G' || text[i + 1] == 'T'));
        return district && inward && AddressScan.isArea(text, start, area);
    }

    /**
     * Takes what belongs to an address behind its street: flat, postcode, city, state, country. Words alone are taken for
     * towns and regions twice, and more often only where a postcode or a country follows them.
     */
    static int end(byte[] text, int end, int to) {
        int last = end;
        int sure = end;
        int towns = 0;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            int start = last;
            boolean comma = false;
            while (start < to && start - last < 4 && (text[start] == ' ' || isBreak(text[start]))) {
                comma |= isBreak(text[start]);
                start++;
            }
            if (start > last && start + 2 < to && text[start] == '-' && text[start + 1] == ' ') {
                comma = true;
                start += 2;
            }
            if (start == last || start >= to) {
                break;
            }
            int part = -1;
            if (!comma && towns == 0) {
                part = AddressEnds.behind(text, last, to);
                towns += part > 0 ? 1 : 0;
            }
            if (part < 0) {
                part = unitEnd(text, start, to);
                part = part < 0 ? floorEnd(text, start, to) : part;
            }
            if (part < 0) {
                part = codeAndCityEnd(text, start, to, comma);
                towns += part > 0 && !Bytes.isDigit(text[part - 1]) ? 1 : 0;
            }
            if (part < 0) {
                part = AddressEnds.toldCodeEnd(text, start, to);
            }
            if (part < 0 && comma) {
                part = countryEnd(text, start, to);
            }
            if (part < 0 && !comma && towns == 0) {
                part = knownTownEnd(text, start, to);
                towns += part > 0 ? 1 : 0;
            }
            boolean alone = part < 0 && comma;
            if (alone) {
                part = cityEnd(text, start, to);
                towns++;
            }
            if (part < 0) {
                part = AddressLine.partEnd(text, start, to, comma || towns > 0);
                alone = false;
            }
            if (part < 0) {
                break;
            }
            last = part;
            sure = !alone || towns <= MOST_TOWNS ? last : sure;
        }
        return sure;
    }

    /** The end of a town that is known as one, where nothing parts it from the house before it; or -1. */
    private static int knownTownEnd(byte[] text, int start, int to) {
        int word = PersonScan.wordEnd(text, start, to);
        boolean town = word > start && PersonScan.isCapital(text, start) && TOWNS.bits(text, start, word) != 0;
        return town ? Math.max(word, cityEnd(text, start, to)) : -1;
    }

    /** {@code Germany}, {@code United Kingdom}, {@code Republic of Ireland}: the end of a country's name, or -1. */
    private static int countryEnd(byte[] text, int start, int to) {
        int word = PersonScan.wordEnd(text, start, to);
        if (word == start) {
            return -1;
        }
        if (COUNTRY_START.bits(text, start, word) != 0) {
            int end = word;
            for (int words = 1; words < MOST_WORDS && end + 1 < to && text[end] == ' '; words++) {
                int next = PersonScan.wordEnd(text, end + 1, to);
                if (next == end + 1) {
                    break;
                }
                if (COUNTRY_END.bits(text, end + 1, next) != 0) {
                    return next;
                }
                end = next;
            }
        }
        return AddressScan.isCountry(text, start, word) && word - start > 1 ? word : -1;
    }

    /** {@code 21st Floor}, {@code 2e étage}, {@code 1.º izquierda}, {@code 4.º Esq.}: the end of a floor, or -1. */
    private static int floorEnd(byte[] text, int start, int to) {
        int at = AddressScan.digitsEnd(text, start, to);
        if (at == start || at - start > 3) {
            return -1;
        }
        int sign = at + (at < to && text[at] == '.' ? 1 : 0);
        boolean ordinal = sign + 1 < to
                && text[sign] == (byte) 0xC2
                && (text[sign + 1] == (byte) 0xBA || text[sign + 1] == (byte) 0xAA);
        int space = ordinal ? sign + 2 : PersonScan.wordEnd(text, at, to);
        boolean lettered = !ordinal && space > at && space - at <= 4;
        space += !ordinal && !lettered && sign > at ? 1 : 0;
        if (space >= to || text[space] != ' ') {
            return ordinal ? space : -1;
        }
        int word = PersonScan.wordEnd(text, space + 1, to);
        boolean named = word > space + 1 && (ordinal && word - space <= 11 || FLOOR.bits(text, space + 1, word) != 0);
        if (!named) {
            return ordinal ? space : -1;
        }
        return ordinal && word < to && text[word] == '.' ? word + 1 : word;
    }

    private static boolean isBreak(byte b) {
        return b == ',' || b == '\n' || b == ';';
    }

    private static int unitEnd(byte[] text, int start, int to) {
        int at = start;
        if (text[at] == '#') {
            at++;
        } else {
            int word = PersonScan.wordEnd(text, at, to);
            if (word == at || !AddressScan.isUnit(text, at, word)) {
                return -1;
            }
            at = AddressScan.skipStop(text, word, to);
            at += at < to && text[at] == ' ' ? 1 : 0;
            at += at < to && text[at] == '#' ? 1 : 0;
        }
        int end = at;
        boolean digit = false;
        while (end < to && end - at < 6 && (Bytes.isAlphanumeric(text[end]) || text[end] == '-')) {
            digit |= Bytes.isDigit(text[end]);
            end++;
        }
        return end > at && (digit || end - at == 1) && Bytes.endsToken(text, end, to) ? end : -1;
    }

    /** {@code 10115 Berlin}, {@code 1012 AB Amsterdam}, {@code IL 62704}, {@code SW1A 1AA}, {@code D-10115 Berlin}. */
    private static int codeAndCityEnd(byte[] text, int start, int to, boolean comma) {
        int at = start;
        int word = PersonScan.wordEnd(text, at, to);
        if (word - at >= 1 && word - at <= 3 && isCapital(text[at]) && word < to) {
            boolean state = AddressScan.isState(text, at, word) && isCapital(text[word - 1]);
            if (text[word] == '-' && word - at <= 2) {
                at = word + 1;
            } else if (state && text[word] == ' ') {
                int zip = AddressScan.digitsEnd(text, word + 1, to);
                if (zip - word == 6 || zip - word == 5) {
                    return plusFour(text, zip, to);
                }
                int canadian = word + 1;
                boolean spaced = canadian + 7 <= to && isCanadian(text, canadian, canadian + 4);
                return spaced ? canadian + 7 : isJoined(text, canadian, to) ? canadian + 6 : word;
            } else if (state && comma) {
                return word;
            }
        }
        int code = AddressScan.digitsEnd(text, at, to);
        int length = code - at;
        if (length < 2 || length > 8 || length == 7) {
            return withCity(text, outwardEnd(text, start, to), to);
        }
        if (length == 2
                && code + 4 <= to
                && text[code] == '-'
                && AddressScan.digitsEnd(text, code + 1, to) == code + 4) {
            code += 4;
        } else if (length == 2) {
            return outwardEnd(text, start, to);
        } else if (length == 3 && code + 2 < to && text[code] == ' ' && Bytes.isDigit(text[code + 1])) {
            code = AddressScan.digitsEnd(text, code + 1, to);
        } else if (length == 5 && code < to && text[code] == '-') {
            code = AddressScan.digitsEnd(text, code + 1, to);
        } else if (length == 4
                && code < to
                && text[code] == '-'
                && AddressScan.digitsEnd(text, code + 1, to) == code + 4) {
            code += 4;
        } else if (length == 4 && code + 2 <= to && isCapital(text[code]) && isCapital(text[code + 1])) {
            code += 2;
        } else if (length == 4
                && code + 3 <= to
                && text[code] == ' '
                && isCapital(text[code + 1])
                && isCapital(text[code + 2])
                && Bytes.endsToken(text, code + 3, to)) {
            code += 3;
        } else if (length == 3) {
            return -1;
        }
        if (code < to && text[code] == ' ' && code + 1 < to && PersonScan.isCapital(text, code + 1)) {
            return withCity(text, code, to);
        }
        return comma && Bytes.endsToken(text, code, to) ? code : -1;
    }

    /** The end of the city behind a postcode that ends at {@code code}; {@code code} itself where none follows. */
    private static int withCity(byte[] text, int code, int to) {
        boolean follows = code > 0 && code + 1 < to && text[code] == ' ' && PersonScan.isCapital(text, code + 1);
        int city = follows ? cityEnd(text, code + 1, to) : -1;
        return city > 0 ? city : code;
    }

    private static int plusFour(byte[] text, int zip, int to) {
        boolean more = zip + 5 <= to && text[zip] == '-' && AddressScan.digitsEnd(text, zip + 1, to) == zip + 5;
        return more ? zip + 5 : zip;
    }

    /** An Irish routing key, a capital and two digits ({@code D6W} is the one without), and four characters behind it. */
    private static boolean isIrish(byte[] text, int start, int to) {
        boolean key = start + 8 <= to
                && isCapital(text[start])
                && Bytes.isDigit(text[start + 1])
                && (Bytes.isDigit(text[start + 2]) || text[start + 2] == 'W')
                && text[start + 3] == ' ';
        for (int k = 4; key && k < 8; k++) {
            key = isCapital(text[start + k]) || Bytes.isDigit(text[start + k]);
        }
        return key && Bytes.endsToken(text, start + 8, to);
    }

    /** Whether a British, Canadian or Irish postcode stands in what belongs to an address: {@code , Leeds LS1 4DY}. */
    static boolean holdsPostcode(byte[] text, int from, int to) {
        for (int at = from; at + MIN_POSTCODE < to; at++) {
            if ((text[at] == ' ' || text[at] == ',') && isCapital(text[at + 1]) && outwardEnd(text, at + 1, to) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The end of a British, Canadian or Irish postcode at {@code start}, or -1. */
    private static int outwardEnd(byte[] text, int start, int to) {
        if (isIrish(text, start, to)) {
            return start + 8;
        }
        int space = start;
        while (space < to && space - start < 5 && Bytes.isAlphanumeric(text[space])) {
            space++;
        }
        int i = space + 1;
        boolean formed = i + 3 <= to
                && text[space] == ' '
                && Bytes.isDigit(text[i])
                && isCapital(text[i + 1])
                && Bytes.endsToken(text, i + 3, to)
                && (isCanadian(text, start, i) || isBritish(text, start, i));
        return formed ? i + 3 : -1;
    }

    /** The end of one to six capitalised words, small ones between them, and of a number behind them: {@code Praha 1}. */
    private static int cityEnd(byte[] text, int start, int to) {
        int at = start;
        int end = -1;
        for (int words = 0; words < MOST_WORDS; words++) {
            int word = PersonScan.wordEnd(text, at, to);
            if (word == at || word < to && Bytes.isDigit(text[word])) {
                break;
            }
            boolean capital = PersonScan.isCapital(text, at);
            boolean state = words > 0 && word - at == 2 && isCapital(text[at + 1]);
            if (state || !capital && !(words > 0 && AddressScan.isSmall(text, at, word))) {
                break;
            }
            end = capital ? word : end;
            boolean sentence = word - at > LONGEST_SHORTENED;
            boolean stop = word + 1 < to && text[word] == '.' && PersonScan.isCapital(text, word + 1);
            at = AddressScan.skipStop(text, word, to) + (stop && !sentence ? 1 : 0);
            if (stop && !sentence) {
                continue;
            }
            if (at >= to || text[at] != ' ' && !isSlash(text, at, to) || sentence && at > word) {
                break;
            }
            at++;
        }
        return end < 0 ? end : afterCity(text, end, to);
    }

    /** {@code Ataşehir/İstanbul}. */
    private static boolean isSlash(byte[] text, int at, int to) {
        return text[at] == '/' && at + 1 < to && PersonScan.isCapital(text, at + 1);
    }

    /** The end with what stands behind a town: {@code (MI)}, {@code / SP}, {@code 1}. */
    private static int afterCity(byte[] text, int end, int to) {
        boolean province = end + 5 <= to && text[end] == ' ' && text[end + 1] == '(' && text[end + 4] == ')';
        boolean state = end + 5 <= to && Bytes.matches(text, end, to, " / ") && isCapital(text[end + 3]);
        if (province || state) {
            return end + 5;
        }
        int number = end + 1 < to && text[end] == ' ' ? AddressScan.digitsEnd(text, end + 1, to) : end;
        boolean quarter = number > end + 1 && number - end <= 3 && (number == to || isBreak(text[number]));
        return quarter ? number : end;
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}

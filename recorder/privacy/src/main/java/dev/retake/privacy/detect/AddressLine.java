package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;
import java.nio.charset.StandardCharsets;

/**
 * Finds addresses by what is around them, where no known form of a street tells: words with a number before a postcode
 * and a city, behind a word that announces an address, or with a street's kind of a country whose forms are few.
 *
 * <p>It is long by the words of many languages in its table, and by the forms of postcodes.
 */
final class AddressLine {
    /** A street's kind, before or behind its name. */
    private static final int KIND = 1;
    /** Announces an address alone. */
    private static final int CUE = 1 << 1;
    /** Announces one together with a preposition: {@code deliver to}, {@code lives at}. */
    private static final int DEED = 1 << 2;

    private static final int PREPOSITION = 1 << 3;
    /** Stands before a house number. */
    private static final int NUMBER = 1 << 4;
    /** Stands before a part of a house or of a town. */
    private static final int PART = 1 << 5;
    /** A small word within a street's name. */
    private static final int SMALL = 1 << 6;
    /** A street's kind that is nothing else, so that a number before it makes an address. */
    private static final int PLAIN_KIND = 1 << 7;

    private static final int MOST_WORDS = 6;
    private static final int LONGEST_CJK = 90;
    private static final String PLACES = "省市区區县縣路街道都府州町村郡里巷弄";

    private static final WordTable TABLE = new WordTable(512)
            .add(KIND, """
                    utca út tér körút krt sétány rakpart fasor caddesi cadde cad sokak sokağı sok sk bulvarı blv mahallesi
                    mah vei veg  allé  plads torv ulica ulice náměstí nám nábřeží třída trg cesta calea şoseaua
                    aleea ул улица просп проспект пр пер переулок бул бульвар шоссе наб набережная площадь пл вул вулиця
                    провулок бульв λεωφόρος λεωφ οδός πλατεία odos leoforos plateia jalan jl bul булевард
                        strada str bd bulevardul intrarea piața aleja ul al os plac pl
                    """)
            .add(PLAIN_KIND, """
                    avenida avda travessa alameda rodovia praça calle viale piazza estrada viela rua carrer paseo vicolo
                    travesía glorieta callejón piazzale
                    """)
            .add(CUE, """
                    address addresses adresse adressen anschrift lieferanschrift rechnungsanschrift lieferadresse
                    rechnungsadresse wohnanschrift postanschrift direccion domicilio indirizzo endereço endereco morada
                    adres afleveradres factuuradres woonadres adress leveransadress osoite adresa adresi lakcím cím
                    domicile residence residing resides adrese aadress адрес адреса адресу διεύθυνση alamat pickup dropoff
                    shipto billto deliverto located location wohnhaft domicilié domiciliée residente whereabouts
                    residenza sede indirizzi wohnt
                    """)
            .add(DEED, """
                    ship shipped deliver delivered delivery send sent lives live lived living reside moved move moving
                    office shop store home house apartment flat pick dropped drop meet visit come collected collect
                    invoice mail parcel package failed waits wait near arrived arrive relocated driver courier habite
                    vive wohne wohnt woont mora abita besuchen besuch stays staying return returned warehouse branch
                    """)
            .add(
                    PREPOSITION,
                    "at to from in near an in nach à a en zu unter by na no em ao auf til på till ul w do v do na u ve в на по")
            .add(NUMBER, "no nr n num number nº n° numer br kbr č čp д дом буд будинок house hs nro № num αρ")
            .add(PART, """
                    m bl ap apto sc et etaj col int cp d kv кв корп стр эт подъезд пом оф офис em emelet ajtó fszt st th tv mf
                    lejl kl piso pta puerta esq dto izq dcha izda loja bloco vchod patro byt kat daire unit flat suite
                    local dpto depto torre ste apt bus bte post gf c p floor lvl block blk room ph colonia barrio
                    """)
            .add(SMALL, """
                    de la le les du des d l del los las el della dei degli di da do dos das van der den het von und e y na
                    gate gata gt veg vei vej väg katu tee iela gatvė g tänav
                    u v pod nad the of and dem en aux au sur ob am im bei i a c dell nell sul al alla ii iii iv vi
                    """);

    private AddressLine() {}

    /** Whether the word {@code text[from, to)} of more than three letters is a street's kind that stands behind its name. */
    static boolean isKind(byte[] text, int from, int to) {
        return to - from > 3 && has(TABLE.bits(text, from, to), KIND);
    }

    /**
     * Whether a house number follows, with a postcode and a city or with a street's kind that is written small before it:
     * {@code Karl Johans gate 22}.
     */
    static boolean isStreetBehind(byte[] text, int end, int to) {
        int word = end + 1 < to && text[end] == ' ' ? PersonScan.wordEnd(text, end + 1, to) : end;
        if (word == end + 1 && Bytes.isDigit(text[word])) {
            int number = houseEnd(text, word, to);
            return number > 0 && codeAndCityFollow(text, number, to);
        }
        return word > end + 3
                && word + 1 < to
                && text[word] == ' '
                && Bytes.isDigit(text[word + 1])
                && has(TABLE.bits(text, end + 1, word), KIND | SMALL);
    }

    /** Looks for a street before the house number at {@code i}, behind a space. */
    static int wordsFirst(byte[] text, int floor, int i, int to, HitList out) {
        int number = houseEnd(text, i, to);
        if (number < 0) {
            return -1;
        }
        int nameEnd = beforeNumberWord(text, floor, i);
        int start = nameStart(text, floor, nameEnd);
        if (start < 0) {
            return -1;
        }
        boolean kind = hasKind(text, start, nameEnd);
        boolean coded = codeAndCityFollow(text, number, to);
        if (!kind && !coded && !isAnnounced(text, floor, start, isTownBehind(text, number, to))) {
            return -1;
        }
        int first = kind || coded ? AddressEnds.before(text, floor, withTown(text, floor, start)) : start;
        int parts = AddressEnds.parts(text, number, to);
        return hit(text, first, parts > 0 ? parts : AddressTail.end(text, number, to), out);
    }

    /** Looks for a street behind the house number {@code text[i, run)}: with a postcode and city, or announced. */
    static int numberFirst(byte[] text, int floor, int i, int run, int to, HitList out) {
        int at = houseEnd(text, i, to);
        if (at < 0) {
            return -1;
        }
        at += at < to && text[at] == ',' ? 1 : 0;
        int end = at;
        int words = 0;
        while (words < MOST_WORDS && end < to && text[end] == ' ') {
            int word = PersonScan.wordEnd(text, end + 1, to);
            boolean named = word > end + 1
                    && (PersonScan.isCapital(text, end + 1) || has(TABLE.bits(text, end + 1, word), SMALL));
            if (!named) {
                break;
            }
            end = word + (word < to && text[word] == '.' && word + 1 < to && text[word + 1] == ' ' ? 1 : 0);
            words++;
        }
        int last = text[at - 1] == ',' ? AddressEnds.parts(text, at - 1, to) : -1;
        if (last > 0) {
            return hit(text, i, last, out);
        }
        if (words == 0) {
            return -1;
        }
        int tail = AddressTail.end(text, end, to);
        boolean coded = codeAndCityFollow(text, end, to) && end < to && text[end] != ' '
                || AddressTail.holdsPostcode(text, end, tail);
        boolean town = isTownBehind(text, end, to);
        boolean kind = words > 1 && has(TABLE.bits(text, at + 1, PersonScan.wordEnd(text, at + 1, to)), PLAIN_KIND);
        boolean told = kind || isAnnounced(text, floor, i, town) && (words > 1 || town);
        if (!coded && !told) {
            return -1;
        }
        return hit(text, i, tail, out);
    }

    private static int hit(byte[] text, int start, int end, HitList out) {
        int last = end;
        while (last > start && (text[last - 1] == ' ' || text[last - 1] == ',')) {
            last--;
        }
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    /** The end of {@code 12}, {@code 12a}, {@code 12/3/12}, {@code 12-14}, {@code 12 B}; -1 for what is no such number. */
    private static int houseEnd(byte[] text, int i, int to) {
        int at = i;
        for (int groups = 0; groups < 4; groups++) {
            int digits = at;
            while (at < to && Bytes.isDigit(text[at])) {
                at++;
            }
            if (at == digits || at - digits > (groups == 0 ? 4 : 3)) {
                return -1;
            }
            if (at < to && Bytes.isAlphanumeric(text[at]) && Bytes.endsToken(text, at + 1, to)) {
                at++;
            }
            boolean more = at + 1 < to && (text[at] == '/' || text[at] == '-') && Bytes.isDigit(text[at + 1]);
            if (!more) {
                return Bytes.endsToken(text, at, to) ? at : -1;
            }
            at++;
        }
        return -1;
    }

    /** Where the name ends before the number at {@code i}, marks and a word for number left out. */
    private static int beforeNumberWord(byte[] text, int floor, int i) {
        int end = beforeMarks(text, floor, i);
        boolean ordinal = end > floor + 2 && text[end - 1] == (byte) 0xC2 && text[end - 2] == '.';
        end -= ordinal ? 2 : 0;
        int word = PersonScan.wordStart(text, floor, end);
        boolean numbered = word < end && end - word <= 8 && has(TABLE.bits(text, word, end), NUMBER);
        return numbered && word > floor ? beforeMarks(text, floor, word) : end;
    }

    private static int beforeMarks(byte[] text, int floor, int i) {
        int end = i;
        while (end > floor && i - end < 4 && (" .,:#".indexOf(text[end - 1]) >= 0 || isOrdinal(text, end))) {
            end--;
        }
        return end;
    }

    /** The second byte of the sign in {@code nº}. */
    private static boolean isOrdinal(byte[] text, int end) {
        return end > 1
                && text[end - 2] == (byte) 0xC2
                && (text[end - 1] == (byte) 0xBA || text[end - 1] == (byte) 0xB0);
    }

    /** The start of the capitalised words that end at {@code end}, small ones and kinds of streets between them; or -1. */
    private static int nameStart(byte[] text, int floor, int end) {
        int start = -1;
        int at = end;
        for (int words = 0; words < MOST_WORDS; words++) {
            int word = PersonScan.wordStart(text, floor, at);
            if (word == at) {
                break;
            }
            int bits = TABLE.bits(text, word, at);
            boolean capital = PersonScan.isCapital(text, word);
            if (has(bits, CUE) && !has(bits, KIND) || !capital && !has(bits, KIND | SMALL)) {
                break;
            }
            start = capital || has(bits, KIND) ? word : start;
            int before = word;
            while (before > floor && word - before < 2 && (text[before - 1] == ' ' || text[before - 1] == '.')) {
                before--;
            }
            if (before == word) {
                break;
            }
            at = before;
        }
        return start;
    }

    private static boolean hasKind(byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            int word = PersonScan.wordEnd(text, at, end);
            if (word > at
                    && has(TABLE.bits(text, at, word), KIND)
                    && (word - at > 2 || text[word] == '.' || text[at] < 0)) {
                return end - start > word - at + 2;
            }
            at = Math.max(word, at) + 1;
        }
        return false;
    }

    /** The start with a postcode and a town before the street: {@code 9020 Budapest, }, {@code г. Москва, }. */
    private static int withTown(byte[] text, int floor, int start) {
        if (start - 2 <= floor || text[start - 1] != ' ' || text[start - 2] != ',') {
            return start;
        }
        int end = start - 2;
        int town = PersonScan.wordStart(text, floor, end);
        if (town == end || !PersonScan.isCapital(text, town)) {
            return start;
        }
        int at = town;
        if (at - 4 >= floor && Bytes.isDigit(text[at - 2]) && text[at - 1] == ' ') {
            int digits = at - 1;
            while (digits > floor && Bytes.isDigit(text[digits - 1])) {
                digits--;
            }
            int length = at - 1 - digits;
            return length >= 4 && length <= 6 ? digits : start;
        }
        boolean abbreviated = at - 4 >= floor && text[at - 1] == ' ' && text[at - 2] == '.' && text[at - 3] < 0;
        if (!abbreviated) {
            return start;
        }
        int code = at - 6;
        while (code > floor && at - 6 - code < 6 && Bytes.isDigit(text[code - 1])) {
            code--;
        }
        boolean coded =
                code >= floor && at - 6 - code >= 5 && text[at - 6] == ',' && Bytes.startsToken(text, floor, code);
        return coded ? code : at - 4;
    }

    /** Whether a postcode and a city follow: {@code , 10115 Berlin}, {@code , 825 74 Olomouc}, {@code , 51-872 Łódź}. */
    private static boolean codeAndCityFollow(byte[] text, int end, int to) {
        int at = end;
        while (at < to && at - end < 2 && (text[at] == ',' || text[at] == ' ' || text[at] == '\n')) {
            at++;
        }
        if (at == end || at + 2 < to && text[at] >= 'A' && text[at + 1] == '-') {
            at += at == end ? 0 : 2;
        }
        int digits = 0;
        int code = at;
        while (code < to && code - at < 9 && (Bytes.isDigit(text[code]) || digits > 1 && isJoin(text, code, to))) {
            digits += Bytes.isDigit(text[code]) ? 1 : 0;
            code++;
        }
        boolean lettered = digits == 4 && code + 3 < to && text[code] == ' ' && isCapitals(text, code + 1);
        int city = lettered ? code + 4 : code + 1;
        boolean year = digits == 4 && !lettered && end < to && text[end] == ' ';
        return digits >= 4
                && digits <= 6
                && !year
                && city < to
                && (text[city - 1] == ' ')
                && PersonScan.isCapital(text, city)
                && PersonScan.wordEnd(text, city, to) - city > 2;
    }

    private static boolean isJoin(byte[] text, int i, int to) {
        return (text[i] == ' ' || text[i] == '-') && i + 1 < to && Bytes.isDigit(text[i + 1]);
    }

    private static boolean isCapitals(byte[] text, int i) {
        return text[i] >= 'A' && text[i] <= 'Z' && text[i + 1] >= 'A' && text[i + 1] <= 'Z';
    }

    /** Whether a comma and a word with a capital follow. */
    private static boolean isTownBehind(byte[] text, int end, int to) {
        return end + 2 < to
                && (text[end] == ',' && text[end + 1] == ' ' || text[end] == '\n')
                && PersonScan.isCapital(text, text[end] == ',' ? end + 2 : end + 1);
    }

    /** Whether words before {@code start} say that an address follows; a deed alone only where a town does. */
    private static boolean isAnnounced(byte[] text, int floor, int start, boolean town) {
        int at = start;
        boolean preposition = false;
        for (int words = 0; words < 4; words++) {
            int end = at;
            while (end > floor && at - end < 4 && (" :,-=\n\"'".indexOf(text[end - 1]) >= 0)) {
                end--;
            }
            int word = PersonScan.wordStart(text, floor, end);
            if (word == end) {
                return false;
            }
            int bits = TABLE.bits(text, word, end);
            if (has(bits, CUE) && words < 2 || has(bits, DEED) && preposition && town) {
                return true;
            }
            preposition |= has(bits, PREPOSITION) && words == 0;
            at = word;
        }
        return false;
    }

    /**
     * The end of another part of an address at {@code start}: a floor, a flat, a quarter, a postcode behind a city; -1
     * where something else stands there.
     *
     * @param comma whether a comma or a line's end stands before
     */
    static int partEnd(byte[] text, int start, int to, boolean comma) {
        if (text[start] == '-' && start + 2 < to && text[start + 1] == ' ') {
            int next = start + 2;
            int code = Bytes.isDigit(text[next]) ? codeEnd(text, next, to) : -1;
            boolean town = code > 0 && code + 1 < to && text[code] == ' ';
            int end = town ? capitalsEnd(text, code + 1, to) : code > 0 ? -1 : capitalsEnd(text, next, to);
            return end > 0 ? end : code;
        }
        if (Bytes.isDigit(text[start])) {
            int ordinal = ordinalEnd(text, start, to);
            return ordinal > 0 ? ordinal : codeEnd(text, start, to);
        }
        int word = PersonScan.wordEnd(text, start, to);
        if (word == start) {
            return -1;
        }
        int bits = TABLE.bits(text, start, word);
        boolean stopped = word < to && (text[word] == '.' || text[word] == ':');
        if (has(bits, PART | NUMBER) && (stopped || comma)) {
            int at = word;
            while (at < to && at - word < 8 && !Bytes.isDigit(text[at])) {
                boolean between = " .:#".indexOf(text[at]) >= 0 || at - word < 5 && PersonScan.isCapital(text, at);
                if (!between) {
                    break;
                }
                at++;
            }
            int token = at;
            while (token < to && (Bytes.isAlphanumeric(text[token]) || text[token] == '-' || text[token] == '/')) {
                token++;
            }
            if (token > at && token > word) {
                return token;
            }
            return stopped && word + 2 < to && text[word + 1] == ' ' ? capitalsEnd(text, word + 2, to) : -1;
        }
        boolean lettered =
                word - start == 1 && word + 4 <= to && Bytes.isDigit(text[word]) && Bytes.isDigit(text[word + 3]);
        if (lettered && comma) {
            int code = codeEnd(text, word, to);
            return code > 0 && code + 1 < to && text[code] == ' '
                    ? Math.max(code, capitalsEnd(text, code + 1, to))
                    : code;
        }
        return -1;
    }

    /** {@code 4º B}, {@code 1ª Esq.}, {@code 3. em. 29.}, {@code 5. tv.}. */
    private static int ordinalEnd(byte[] text, int start, int to) {
        int at = start;
        while (at < to && Bytes.isDigit(text[at])) {
            at++;
        }
        boolean sign =
                at + 1 < to && text[at] == (byte) 0xC2 && (text[at + 1] == (byte) 0xBA || text[at + 1] == (byte) 0xAA);
        boolean stop = at + 1 < to && text[at] == '.' && text[at + 1] == ' ';
        if (at - start > 2 || !sign && !stop) {
            return -1;
        }
        int next = at + 2;
        next += sign && next < to && text[next] == ' ' ? 1 : 0;
        int word = PersonScan.wordEnd(text, next, to);
        if (word == next || word - next > 6 || stop && !has(TABLE.bits(text, next, word), PART)) {
            return sign ? at + 2 : -1;
        }
        return word < to && text[word] == '.' ? word + 1 : word;
    }

    /** {@code 5142}, {@code 529544}, {@code 05206-746}. */
    private static int codeEnd(byte[] text, int start, int to) {
        int at = start;
        while (at < to && Bytes.isDigit(text[at])) {
            at++;
        }
        int length = at - start;
        if (at + 3 < to && (length == 5 || length == 3) && text[at] == '-' && Bytes.isDigit(text[at + 1])) {
            at++;
            while (at < to && Bytes.isDigit(text[at])) {
                at++;
            }
        }
        return (length >= 4 && length <= 6 || at - start == 8) && Bytes.endsToken(text, at, to) ? at : -1;
    }

    private static int capitalsEnd(byte[] text, int start, int to) {
        int at = start;
        int end = -1;
        for (int words = 0; words < 3 && at < to; words++) {
            int word = PersonScan.wordEnd(text, at, to);
            if (word == at || !PersonScan.isCapital(text, at)) {
                break;
            }
            end = word;
            at = word + 1;
            if (word < to && text[word] != ' ') {
                break;
            }
        }
        return end;
    }

    /** Looks for a Korean street, which ends in ro or gil, before the number at {@code i}. */
    static int korean(byte[] text, int floor, int i, int to, HitList out) {
        int end = i - 1;
        int number = houseEnd(text, i, to);
        if (number < 0 || end - 6 < floor || !isStreetOfKorea(text, end)) {
            return -1;
        }
        int start = end;
        for (int words = 0; words < MOST_WORDS; words++) {
            int word = start;
            while (word - 3 >= floor && (text[word - 3] & 0xFF) >= 0xEA && (text[word - 3] & 0xFF) <= 0xED) {
                word -= 3;
            }
            if (word == start) {
                break;
            }
            start = word;
            if (start <= floor || text[start - 1] != ' ' || start - 4 < floor) {
                break;
            }
            start--;
        }
        start += text[start] == ' ' ? 1 : 0;
        int last = number;
        int at = number;
        while (at + 1 < to && (text[at] == ',' || text[at] == ' ') && at - last < 3) {
            at++;
            int token = at;
            while (token < to && (Bytes.isDigit(text[token]) || text[token] < 0)) {
                token++;
            }
            if (token > at && Bytes.isDigit(text[at])) {
                last = token;
                at = token;
            }
        }
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    private static boolean isStreetOfKorea(byte[] text, int end) {
        boolean ro = text[end - 3] == (byte) 0xEB && text[end - 2] == (byte) 0xA1 && text[end - 1] == (byte) 0x9C;
        return ro || text[end - 3] == (byte) 0xEA && text[end - 2] == (byte) 0xB8 && text[end - 1] == (byte) 0xB8;
    }

    /** Looks for an address in Chinese or Japanese around the number before {@code p}, where a sign for a house stands. */
    static int ideographic(byte[] text, int floor, int p, int to, HitList out) {
        int start = p;
        int lowest = Math.max(floor, p - LONGEST_CJK);
        boolean place = false;
        while (start > lowest) {
            byte b = text[start - 1];
            if (Bytes.isDigit(b) || b == '-') {
                start--;
            } else if (start - 3 >= lowest && b < 0 && isWide(text, start - 3)) {
                start -= 3;
                place |= PLACES.indexOf(new String(text, start, 3, StandardCharsets.UTF_8)) >= 0;
            } else {
                break;
            }
        }
        if (!place) {
            return -1;
        }
        int end = p;
        while (end < to) {
            if (Bytes.isDigit(text[end]) || text[end] == '-') {
                end++;
            } else if (end + 3 <= to && isWide(text, end)) {
                end += 3;
            } else {
                break;
            }
        }
        out.add(withCode(text, floor, start), end, DataClass.ADDRESS);
        return end;
    }

    /** The start with a Japanese postcode before it: {@code 〒147-0015 }. */
    private static int withCode(byte[] text, int floor, int start) {
        int code = start - 9;
        boolean coded = code >= floor && text[start - 1] == ' ' && text[code + 3] == '-' && Bytes.isDigit(text[code]);
        for (int k = code + 4; coded && k < start - 1; k++) {
            coded = Bytes.isDigit(text[k]);
        }
        boolean marked = code - 3 >= floor && text[code - 1] == (byte) 0x92 && text[code - 2] == (byte) 0x80;
        return coded && (marked || Bytes.startsNumber(text, floor, code)) ? code : start;
    }

    /** Whether a character of the scripts of East Asia begins at {@code i}, none of its punctuation. */
    private static boolean isWide(byte[] text, int i) {
        int first = text[i] & 0xFF;
        int second = text[i + 1] & 0xFF;
        return first >= 0xE4 && first <= 0xE9 || first == 0xE3 && second >= 0x81 && second <= 0x83;
    }

    private static boolean has(int bits, int some) {
        return (bits & some) != 0;
    }
}

package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import dev.retake.privacy.detect.words.StreetEndings;
import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds postal addresses in running text: a street with its number in the forms of a dozen countries, a post-office box,
 * or a British or Canadian postcode; and with it the flat, postcode, city and state that follow.
 *
 * <p>It is long by its tables and by the number of countries: each form is a few lines, and all of them share what may follow.
 */
final class AddressScan {
    /** Stands behind a street's name: {@code Baker Street}. */
    private static final int SUFFIX = 1;
    /** Stands before a street's name and after its number: {@code 12 rue de Rivoli}. */
    private static final int FRENCH = 1 << 1;
    /** Stands before a street's name, whose number follows: {@code Calle Mayor 12}. */
    private static final int ROMANCE = 1 << 2;
    /** Stands within a street's name. */
    private static final int SMALL = 1 << 3;

    private static final int UNIT = 1 << 4;
    private static final int STATE = 1 << 5;
    private static final int BOX = 1 << 6;
    private static final int AREA = 1 << 7;
    /** A firm, a house or a prize, which bear names of people. */
    private static final int BEARER = 1 << 8;
    /** A street in itself behind a word with a capital: {@code Berliner Allee}. */
    private static final int GERMAN = 1 << 9;
    /** Begins a German street: {@code Am Markt}. */
    private static final int GERMAN_START = 1 << 10;

    private static final int COUNTRY = 1 << 11;
    /** The same as {@link #SUFFIX} where more speaks for an address. */
    private static final int WEAK_SUFFIX = 1 << 12;

    private static final int MOST_WORDS = 5;
    private static final int MOST_PARTS = 8;

    /** Letters of a word that is shortened with a stop: {@code Sta.}, {@code Sankt.} is none. */
    private static final int LONGEST_SHORTENED = 4;

    private static final WordTable TABLE = new WordTable(1024)
            .add(SUFFIX, """
                    street st road rd avenue ave av boulevard blvd lane ln drive dr court ct square sq terrace ter terr
                    crescent cres close way place pl parkway pkwy highway hwy gardens gdns grove mews row walk circle cir
                    trail trl loop quay wharf rise broadway alley plaza turnpike tpke expressway route pike
                    heights ridge crossing xing bend cove bypass esplanade parade causeway alleyway laneway
                    freeway motorway skyway throughway stravenue overpass underpass drives courts streets roads
                    """)
            .add(WEAK_SUFFIX, """
                    annex arcade bayou beach bluff bluffs bottom branch bridge brook brooks burg canyon cape ridges
                    center centre circles cliff cliffs club common commons corner corners course creek crest crossroad
                    curve dale dam divide estate estates extension fall falls ferry field fields flat flats ford forest
                    forge forges fork forks fort garden gateway glen glens green greens groves harbor harbors haven
                    hill hills hollow inlet island islands isle junction junctions key keys knoll knolls lake lakes land
                    landing light lights loaf lock locks lodge mall manor manors meadow meadows mill mills mission mount
                    mountain mountains neck orchard oval park parks pass passage path pathway pine pines plain plains
                    plazas point points port ports prairie radial ramp ranch rapid rapids rest rivers river run shoal
                    shoals shore shores spring springs spur spurs station stream summit trace track trafficway tunnel
                    union unions valley valleys via viaduct view views village villages ville vista wall walls ways well
                    wells fairway nook gully line break meander promenade copse leas vale mead end yard side camp
                    """)
            .add(FRENCH, """
                    rue avenue av ave boulevard bd blvd bld place pl chemin chem allée allées impasse imp quai cours route rte
                    square passage voie sentier ruelle faubourg esplanade promenade hameau résidence lotissement
                    """)
            .add(ROMANCE, """
                    calle c avenida avda av paseo plaza plza carrer camino carretera ctra ronda travesía callejón glorieta
                    rambla urbanización jirón carrera cuesta cañada acceso pasaje pasadizo vial retorno ampliación andador
                    viaducto corredor continuación cerrada privada circuito circunvalación diagonal prolongación periférico
                    peatonal calzada bulevar autopista r rincón costanilla alto bajada sector barrio
                    stretto canale incrocio rotonda borgo salita lungomare traversa circonvallazione vico
                    conjunto distrito setor recanto área loteamento vale vereda vila viela quadra residencial passarela
                    condomínio chácara núcleo trecho fazenda jardim ladeira parque pátio sítio trevo beco azinhaga
                    calçada escadinhas rotunda via viale piazza piazzale corso largo vicolo strada lungotevere
                    contrada rua travessa praça largo alameda estrada rodovia ul ulica aleja al plac os osiedle
                    rue boulevard place prospekt ulitsa str strada bulevardul calea
                    """)
            .add(GERMAN, """
                    straße strasse str weg platz allee gasse ring damm ufer chaussee steig pfad markt promenade
                    straat laan plein gracht kade singel dijk steenweg gatan gata vägen väg vej gade veien tie katu
                    """)
            .add(GERMAN_START, "am an im in auf unter zum zur hinter vor alter alte")
            .add(SMALL, """
                    de la le les du des d l del los las el della dei degli di da do dos das van der den het von und e y
                    st sainte saint san santa santo of the and dem en aux au sur ob vorm am im bei an i a los bajos altos
                    """)
            .add(UNIT, """
                    apt apartment suite ste unit flat floor fl room rm building bldg block piso puerta esc escalera
                    etage stock wohnung interno int scala apto apartamento andar bloco bus bte boîte étage appt bât
                    appartement level lot no box studio piano appartamento interior edif depto departamento edificio
                    letra bajo planta casa sala loja office lgh etg
                    """)
            .add(STATE, """
                    al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc
                    nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr on qc bc ab mb sk ns nb nl pe nsw vic qld
                    sa tas act nt sp rj mg rs ba
                    """)
            .add(BOX, "box postfach postbus apartado casilla postboks postilokero bp cp")
            .add(AREA, """
                    ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh
                    en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv ka kt kw ky l la ld le ll ln ls lu m me
                    mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw
                    sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze
                    """)
            .add(BEARER, """
                    street road avenue boulevard lane drive court square terrace crescent highway parkway bridge airport
                    terminal hospital clinic pharmacy church cathedral college institute academy stadium arena theatre
                    theater castle palace tower university school library museum park station foundation inc ltd llc gmbh
                    corp plc prize award awards act syndrome disease method theorem law effect principle algorithm
                    conjecture equation straße strasse platz allee weg plaza center centre hall house hotel bank motors
                    group brothers sons company international industries enterprises partners stores shop edition
                    collection chair table sofa dress lamp shirt jeans jacket bag shoes boots desk mug ring
                    """)
            .add(COUNTRY, """
                    germany france spain italy portugal netherlands belgium switzerland austria england scotland wales
                    ireland usa uk canada deutschland österreich schweiz españa italia nederland belgië belgique suisse
                    australia poland sweden norway denmark finland brasil brazil méxico mexico
                    """);

    private AddressScan() {}

    /** Whether the word {@code text[from, to)} makes the name before it that of a place, a firm or a thing. */
    static boolean isSuffix(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), BEARER);
    }

    /** Whether the word {@code text[from, to)} is a street's kind that stands before its name: {@code Calle}. */
    static boolean isStreetKind(byte[] text, int from, int to) {
        return to - from > 2 && is(TABLE.bits(text, from, to), ROMANCE | FRENCH);
    }

    /** Looks for a street behind the house number {@code text[i, run)}. */
    static int numberFirst(byte[] text, int floor, int i, int run, int to, HitList out) {
        int end = numberAndKind(text, i, run, to, out);
        return end < 0 ? AddressLine.numberFirst(text, floor, i, run, to, out) : end;
    }

    private static int numberAndKind(byte[] text, int i, int run, int to, HitList out) {
        int at = run;
        if (Bytes.isAlphanumeric(text[at]) && at + 1 < to && !Bytes.isWord(text[at + 1])) {
            at++;
        } else if ((text[at] == '-' || text[at] == '/') && at + 1 < to && Bytes.isDigit(text[at + 1])) {
            at = digitsEnd(text, at + 1, to);
        }
        int number = at;
        if (at < to && text[at] == ',') {
            at++;
        }
        if (at >= to || text[at] != ' ') {
            return -1;
        }
        at++;
        int word = PersonScan.wordEnd(text, at, to);
        int bits = word == at ? 0 : TABLE.bits(text, at, word);
        if (word - at <= 3
                && (Bytes.matchesIgnoreCase(text, at, to, "bis ") || Bytes.matchesIgnoreCase(text, at, to, "ter "))) {
            at = word + 1;
            word = PersonScan.wordEnd(text, at, to);
            bits = TABLE.bits(text, at, word);
        }
        int end = is(bits, FRENCH) ? nameEnd(text, skipStop(text, word, to), to) : -1;
        if (end < 0 && number == at - 1) {
            end = suffixEnd(text, at, to);
        }
        if (end < 0) {
            return -1;
        }
        end = extended(text, end, to);
        out.add(i, end, DataClass.ADDRESS);
        return end;
    }

    /** The end of one to four words of which the last is a street's: {@code Baker Street}; or -1. */
    private static int suffixEnd(byte[] text, int start, int to) {
        int at = start;
        for (int words = 0; words < MOST_WORDS; words++) {
            int end = PersonScan.wordEnd(text, at, to);
            if (end == at) {
                end = digitsEnd(text, at, to);
                boolean ordinal = end > at && end + 1 < to && Bytes.kind(text[end]) == Bytes.LETTER;
                end = ordinal ? end + 2 : at;
            }
            boolean capital = end > at && (PersonScan.isCapital(text, at) || Bytes.isDigit(text[at]));
            int bits = end > at ? TABLE.bits(text, at, end) : 0;
            if (end == at || !capital && !is(bits, SMALL)) {
                return -1;
            }
            boolean weak = capital && words > 0 && is(bits, WEAK_SUFFIX) && !is(bits, SUFFIX);
            if (weak && isWeakStreet(text, start, end, to)) {
                return end;
            }
            boolean compound = words == 0 && is(bits, SUFFIX) && end - at > 6 && isCompass(text, end, to);
            if (capital && is(bits, SUFFIX) && (words > 0 || compound || end - at == 8)) {
                int stop = skipStop(text, end, to);
                boolean goesOn = stop + 1 < to && text[stop] == ' ' && PersonScan.isCapital(text, stop + 1);
                int next = goesOn ? PersonScan.wordEnd(text, stop + 1, to) : stop;
                return goesOn && is(TABLE.bits(text, stop + 1, next), SUFFIX) && next - stop > 3 ? next : stop;
            }
            at = skipStop(text, end, to);
            if (at >= to || text[at] != ' ') {
                return -1;
            }
            at++;
        }
        return -1;
    }

    /** Whether a street is named after a person, or a flat or a city with its state follows. */
    private static boolean isWeakStreet(byte[] text, int start, int end, int to) {
        int first = PersonScan.wordEnd(text, start, to);
        int named = PersonWords.bits(text, start, first);
        boolean person = (named & (PersonWords.GIVEN | PersonWords.FAMILY)) != 0 && (named & PersonWords.PLAIN) == 0;
        return person || extended(text, end, to) > end + 6;
    }

    private static boolean isCompass(byte[] text, int end, int to) {
        return end + 1 < to && text[end] == ' ' && "NSEW".indexOf(text[end + 1]) >= 0;
    }

    /** The end of a street's name of small and capitalised words from the space at {@code i} on; -1 without one. */
    private static int nameEnd(byte[] text, int i, int to) {
        int at = i;
        int end = -1;
        for (int words = 0; words < MOST_WORDS && at < to && text[at] == ' '; words++) {
            int start = at + 1;
            int word = PersonScan.wordEnd(text, start, to);
            if (word == start) {
                break;
            }
            boolean capital = PersonScan.isCapital(text, start) || hasElision(text, start, word);
            if (!capital && !is(TABLE.bits(text, start, word), SMALL)) {
                break;
            }
            end = capital ? word : end;
            at = skipStop(text, word, to);
        }
        return end;
    }

    /** {@code l'Église}: a capital behind an apostrophe. */
    private static boolean hasElision(byte[] text, int start, int end) {
        return end - start > 2 && text[start + 1] == '\'' && PersonScan.isCapital(text, start + 2);
    }

    /** Looks for a street before the house number at {@code i}, a box, or a postcode around the space before it. */
    static int wordFirst(byte[] text, int floor, int i, int to, HitList out) {
        int end = kindAndNumber(text, floor, i, to, out);
        if (end < 0) {
            end = AddressLine.korean(text, floor, i, to, out);
        }
        return end < 0 ? AddressLine.wordsFirst(text, floor, i, to, out) : end;
    }

    private static int kindAndNumber(byte[] text, int floor, int i, int to, HitList out) {
        int code = postcode(text, floor, i, to, out);
        if (code > 0) {
            return code;
        }
        int number = digitsEnd(text, i, to);
        if (number - i > 5) {
            return -1;
        }
        int end = text[i - 2] == ',' || text[i - 2] == '.' ? i - 2 : i - 1;
        int word = PersonScan.wordStart(text, floor, end);
        if (word == end || text[i - 2] == ':') {
            return -1;
        }
        int bits = TABLE.bits(text, word, end);
        if (is(bits, UNIT) && PersonScan.isCapital(text, word) && end - word > 2) {
            int parts = AddressEnds.parts(text, number, to);
            int street = parts > 0 ? parts : unitFirst(text, i, to);
            if (street > 0) {
                out.add(word, street, DataClass.ADDRESS);
                return street;
            }
        }
        if (is(bits, BOX)) {
            return box(text, floor, word, end, number, to, out);
        }
        boolean stopped = text[i - 2] == '.';
        int start = text[i - 2] == ',' || number - i > 4 ? -1 : germanStart(text, floor, word, end, bits, stopped);
        if (start < 0 && !stopped) {
            start = romanceStart(text, floor, word);
        }
        if (start < 0) {
            return -1;
        }
        int last = number;
        boolean letter = last < to && Bytes.isAlphanumeric(text[last]) && Bytes.endsToken(text, last + 1, to);
        if (letter) {
            last++;
        } else if (last + 1 < to && (text[last] == '-' || text[last] == '/') && Bytes.isDigit(text[last + 1])) {
            last = digitsEnd(text, last + 1, to);
        } else if (last + 2 <= to
                && text[last] == ' '
                && last + 1 < to
                && (text[last + 1] | 0x20) >= 'a'
                && (text[last + 1] | 0x20) <= 'f'
                && Bytes.endsToken(text, last + 2, to)) {
            last += 2;
        }
        if (!Bytes.endsToken(text, last, to)) {
            return -1;
        }
        last = extended(text, last, to);
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    /** The end of the street behind the flat's number at {@code i}: {@code Flat 15, Shirley Road}; or -1. */
    private static int unitFirst(byte[] text, int i, int to) {
        int at = digitsEnd(text, i, to);
        at += at < to && Bytes.isAlphanumeric(text[at]) ? 1 : 0;
        at += at < to && text[at] == ',' ? 1 : 0;
        if (at + 1 >= to || text[at] != ' ') {
            return -1;
        }
        int number = digitsEnd(text, at + 1, to);
        number += number < to && number > at + 1 && text[number] == ' ' ? 1 : 0;
        int end = suffixEnd(text, number > at + 1 ? number : at + 1, to);
        return end < 0 ? -1 : extended(text, end, to);
    }

    private static int germanStart(byte[] text, int floor, int word, int end, int bits, boolean stopped) {
        if (is(bits, GERMAN) && word > floor + 1 && (text[word - 1] == ' ' || text[word - 1] == '-')) {
            int first = PersonScan.wordStart(text, floor, word - 1);
            return first < word - 1 && PersonScan.isCapital(text, first) ? first : -1;
        }
        if (StreetEndings.end(text, word, end, stopped)) {
            return PersonScan.isCapital(text, word) ? word : -1;
        }
        if (stopped || word <= floor + 1 || text[word - 1] != ' ' || !PersonScan.isCapital(text, word)) {
            return -1;
        }
        int first = PersonScan.wordStart(text, floor, word - 1);
        boolean article = first < word - 1 && isArticle(text, first, word - 1) && first > floor + 1;
        if (article) {
            first = PersonScan.wordStart(text, floor, first - 1);
        }
        boolean begins = first < word - 1
                && PersonScan.isCapital(text, first)
                && is(TABLE.bits(text, first, PersonScan.wordEnd(text, first, word)), GERMAN_START)
                && !Bytes.matches(text, first, word, "In ");
        return begins ? first : -1;
    }

    private static boolean isArticle(byte[] text, int from, int to) {
        return to - from == 3
                && Bytes.matches(text, from, to, "de")
                && (text[to - 1] == 'r' || text[to - 1] == 'n' || text[to - 1] == 'm');
    }

    /** The start of a street's kind some words before the one at {@code last}: {@code Calle de Alcalá}; or -1. */
    private static int romanceStart(byte[] text, int floor, int last) {
        int word = last;
        for (int words = 0; words < MOST_WORDS; words++) {
            int end = word - 1;
            if (end <= floor || text[end] != ' ' && text[end] != '/') {
                return -1;
            }
            boolean stop = text[end - 1] == '.' || text[end - 1] == ',' || text[end - 1] == '/';
            int wordEnd = stop ? end - 1 : end;
            int start = PersonScan.wordStart(text, floor, wordEnd);
            if (start == wordEnd) {
                return -1;
            }
            int bits = TABLE.bits(text, start, wordEnd);
            boolean capital = PersonScan.isCapital(text, start);
            if (is(bits, ROMANCE)
                    && (capital || wordEnd - start > 2 || stop)
                    && (wordEnd - start > 1 || stop || text[end] == '/')) {
                return start;
            }
            if (!capital && !is(bits, SMALL)) {
                return -1;
            }
            word = start;
        }
        return -1;
    }

    /** {@code P.O. Box 123}, {@code Postfach 10 20 30}. */
    private static int box(byte[] text, int floor, int word, int end, int number, int to, HitList out) {
        boolean german = end - word > 4;
        int start = word;
        if (!german) {
            int before = word - 1;
            while (before > floor && word - before < 7 && text[before - 1] != ' ' && text[before - 1] != ',') {
                before--;
            }
            boolean post = before >= floor
                    && before < word - 1
                    && (text[before] | 0x20) == 'p'
                    && (Bytes.matchesIgnoreCase(text, before, to, "po ")
                            || Bytes.matchesIgnoreCase(text, before, to, "p.o.")
                            || Bytes.matchesIgnoreCase(text, before, to, "p.o "));
            boolean french = end - word == 2 && text[word] == 'B' && text[word + 1] == 'P';
            if (!post && !french) {
                return -1;
            }
            start = post ? before : word;
        }
        int last = number;
        while (german && last + 2 < to && text[last] == ' ' && Bytes.isDigit(text[last + 1]) && last - number < 9) {
            last = digitsEnd(text, last + 1, to);
        }
        last = extended(text, last, to);
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    /** A British ({@code SW1A 1AA}) or Canadian ({@code K1A 0B1}) postcode around the space before {@code i}. */
    private static int postcode(byte[] text, int floor, int i, int to, HitList out) {
        int end = i + 3;
        if (end > to || !Bytes.endsToken(text, end, to) || !isCapital(text[i + 1])) {
            return -1;
        }
        int start = i - 1;
        while (start > floor && i - start < 6 && Bytes.isAlphanumeric(text[start - 1])) {
            start--;
        }
        if (!Bytes.startsToken(text, floor, start)) {
            return -1;
        }
        if (!isCanadian(text, start, i) && !isBritish(text, start, i)) {
            return -1;
        }
        out.add(start, end, DataClass.POSTCODE);
        return end;
    }

    private static boolean isCanadian(byte[] text, int start, int i) {
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
    private static boolean isBritish(byte[] text, int start, int i) {
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
        return district && inward && is(TABLE.bits(text, start, area), AREA);
    }

    /** Takes what belongs to an address behind its street: flat, postcode, city, state, country. */
    static int extended(byte[] text, int end, int to) {
        int last = end;
        int cities = 0;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            int start = last;
            boolean comma = false;
            while (start < to && start - last < 4 && (text[start] == ' ' || isBreak(text[start]))) {
                comma |= isBreak(text[start]);
                start++;
            }
            if (start == last || start >= to) {
                return last;
            }
            if (!comma && cities == 0) {
                int town = AddressEnds.behind(text, last, to);
                if (town > 0) {
                    last = town;
                    cities++;
                    continue;
                }
            }
            int part = unitEnd(text, start, to);
            if (part < 0) {
                part = codeAndCityEnd(text, start, to, comma);
                cities += part > 0 && !Bytes.isDigit(text[part - 1]) ? 1 : 0;
            }
            if (part < 0 && comma && cities < 2) {
                part = cityEnd(text, start, to);
                cities++;
            }
            if (part < 0 && comma) {
                int word = PersonScan.wordEnd(text, start, to);
                part = word > start && is(TABLE.bits(text, start, word), COUNTRY) && word - start > 2 ? word : -1;
            }
            if (part < 0) {
                part = AddressLine.partEnd(text, start, to, comma || cities > 0);
            }
            if (part < 0) {
                return last;
            }
            last = part;
        }
        return last;
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
            if (word == at || !is(TABLE.bits(text, at, word), UNIT)) {
                return -1;
            }
            at = skipStop(text, word, to);
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
            boolean state = is(TABLE.bits(text, at, word), STATE) && isCapital(text[word - 1]);
            if (text[word] == '-' && word - at <= 2) {
                at = word + 1;
            } else if (state && text[word] == ' ') {
                int zip = digitsEnd(text, word + 1, to);
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
        int code = digitsEnd(text, at, to);
        int length = code - at;
        if (length < 2 || length > 8 || length == 7) {
            return outwardEnd(text, start, to);
        }
        if (length == 2 && code + 4 <= to && text[code] == '-' && digitsEnd(text, code + 1, to) == code + 4) {
            code += 4;
        } else if (length == 2) {
            return outwardEnd(text, start, to);
        } else if (length == 3 && code + 2 < to && text[code] == ' ' && Bytes.isDigit(text[code + 1])) {
            code = digitsEnd(text, code + 1, to);
        } else if (length == 5 && code < to && text[code] == '-') {
            code = digitsEnd(text, code + 1, to);
        } else if (length == 4 && code < to && text[code] == '-' && digitsEnd(text, code + 1, to) == code + 4) {
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
            int city = cityEnd(text, code + 1, to);
            return city > 0 ? city : code;
        }
        return comma && Bytes.endsToken(text, code, to) ? code : -1;
    }

    private static int plusFour(byte[] text, int zip, int to) {
        boolean more = zip + 5 <= to && text[zip] == '-' && digitsEnd(text, zip + 1, to) == zip + 5;
        return more ? zip + 5 : zip;
    }

    /** The end of a British or Canadian postcode at {@code start}, or -1. */
    private static int outwardEnd(byte[] text, int start, int to) {
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

    /** The end of one to three capitalised words, small ones between them. */
    private static int cityEnd(byte[] text, int start, int to) {
        int at = start;
        int end = -1;
        for (int words = 0; words < 3; words++) {
            int word = PersonScan.wordEnd(text, at, to);
            if (word == at) {
                break;
            }
            boolean capital = PersonScan.isCapital(text, at);
            boolean state = words > 0 && word - at == 2 && isCapital(text[at + 1]);
            if (state || !capital && !(words > 0 && is(TABLE.bits(text, at, word), SMALL))) {
                break;
            }
            end = capital ? word : end;
            boolean sentence = word - at > LONGEST_SHORTENED;
            at = skipStop(text, word, to);
            if (at >= to || text[at] != ' ' || sentence && at > word) {
                break;
            }
            at++;
        }
        boolean province = end > 0 && end + 5 <= to && text[end] == ' ' && text[end + 1] == '(' && text[end + 4] == ')';
        boolean state = end > 0 && end + 5 <= to && Bytes.matches(text, end, to, " / ") && isCapital(text[end + 3]);
        return province || state ? end + 5 : end;
    }

    private static int skipStop(byte[] text, int i, int to) {
        return i + 1 < to && text[i] == '.' && (text[i + 1] == ' ' || text[i + 1] == ',') ? i + 1 : i;
    }

    private static int digitsEnd(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 12 && Bytes.isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean is(int bits, int some) {
        return (bits & some) != 0;
    }
}

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

    /** Stands behind a street in countries that lay cities out by it: {@code Queen Street West}. */
    private static final int COMPASS = 1 << 13;

    private static final int MOST_WORDS = 5;

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
                    square passage voie sentier ruelle faubourg esplanade promenade hameau résidence lotissement đường
                    phố ngõ ngách hẻm jalan lorong persiaran lebuh
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
            .add(COMPASS, "n s e w ne nw se sw north south east west northeast northwest southeast southwest")
            .add(COUNTRY, """
                    germany france spain italy portugal netherlands belgium switzerland austria england scotland wales
                    ireland usa uk canada deutschland österreich schweiz españa italia nederland belgië belgique suisse
                    australia poland sweden norway denmark finland brasil brazil méxico mexico argentina chile colombia
                    peru perú ecuador uruguay paraguay bolivia venezuela india pakistan bangladesh nepal japan china
                    taiwan korea vietnam thailand malaysia singapore indonesia philippines turkey türkiye türkei israel
                    egypt morocco maroc tunisia algeria algérie nigeria kenya ghana ethiopia uganda tanzania greece
                    ελλάδα hungary magyarország romania românia bulgaria българия serbia srbija croatia hrvatska slovenia
                    slovenija slovakia slovensko czechia česko ukraine україна украина russia россия estonia eesti latvia
                    latvija lithuania lietuva iceland ísland norge sverige danmark suomi polska luxembourg liechtenstein
                    monaco malta cyprus éire eire svizzera svájc schottland england irland italien spanien frankreich
                    niederlande belgien polen tschechien ungarn uae qatar kuwait bahrain oman jordan lebanon liban
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
        end = AddressTail.end(text, end, to);
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
                int more = goesOn && Bytes.endsToken(text, next, to) ? TABLE.bits(text, stop + 1, next) : 0;
                return is(more, COMPASS) || is(more, SUFFIX) && next - stop > 3 ? next : numberedEnd(text, stop, to);
            }
            at = skipStop(text, end, to);
            if (at >= to || text[at] != ' ') {
                return -1;
            }
            at++;
        }
        return -1;
    }

    /** The end with the number of a street before its flat or city: {@code Avenue 6 #08-45}. */
    private static int numberedEnd(byte[] text, int stop, int to) {
        int end = stop + 1 < to && text[stop] == ' ' ? digitsEnd(text, stop + 1, to) : stop;
        boolean numbered = end > stop + 1 && end - stop <= 3 && end + 2 < to;
        boolean parted =
                numbered && (text[end] == ',' || text[end + 1] == '#' || AddressEnds.behind(text, end, to) > 0);
        return parted ? end : stop;
    }

    /** Whether a street is named after a person, or a flat or a city with its state follows. */
    private static boolean isWeakStreet(byte[] text, int start, int end, int to) {
        int first = PersonScan.wordEnd(text, start, to);
        int named = PersonWords.bits(text, start, first);
        boolean person = (named & (PersonWords.GIVEN | PersonWords.FAMILY)) != 0 && (named & PersonWords.PLAIN) == 0;
        return person || AddressTail.end(text, end, to) > end + 6;
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
        int last = houseEnd(text, number, to);
        if (!Bytes.endsToken(text, last, to)) {
            return -1;
        }
        last = AddressTail.end(text, last, to);
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    /** The end with what follows a house number: {@code 12a}, {@code 15/A}, {@code 123/2/14}, {@code 5 B 12}. */
    private static int houseEnd(byte[] text, int number, int to) {
        int last = number;
        if (last < to && Bytes.isAlphanumeric(text[last]) && Bytes.endsToken(text, last + 1, to)) {
            last++;
        }
        for (int groups = 0; groups < 3 && last + 1 < to && (text[last] == '-' || text[last] == '/'); groups++) {
            int end = digitsEnd(text, last + 1, to);
            boolean lettered = end < to && Bytes.isAlphanumeric(text[end]) && Bytes.endsToken(text, end + 1, to);
            end += lettered ? 1 : 0;
            if (end == last + 1) {
                break;
            }
            last = end;
        }
        if (last + 2 <= to
                && text[last] == ' '
                && last + 1 < to
                && isStair(text[last + 1])
                && Bytes.endsToken(text, last + 2, to)) {
            last += 2;
            int flat = last + 1 < to && text[last] == ' ' ? digitsEnd(text, last + 1, to) : last;
            last = flat > last + 1 && flat - last <= 4 && (flat == to || isBreak(text[flat])) ? flat : last;
        }
        return last;
    }

    private static boolean isStair(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'h';
    }

    private static boolean isBreak(byte b) {
        return b == ',' || b == '\n' || b == ';';
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
        return end < 0 ? -1 : AddressTail.end(text, end, to);
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
        last = AddressTail.end(text, last, to);
        out.add(start, last, DataClass.ADDRESS);
        return last;
    }

    /** A British postcode, whose first half ends in a digit ({@code LS1 4DY}), around the space before {@code i}; or -1. */
    static int numberedPostcode(byte[] text, int floor, int i, int to, HitList out) {
        boolean between = i - 3 >= floor && text[i - 1] == ' ' && Bytes.isDigit(text[i - 2]);
        return between ? postcode(text, floor, i, to, out) : -1;
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
        if (!AddressTail.isCanadian(text, start, i) && !AddressTail.isBritish(text, start, i)) {
            return -1;
        }
        out.add(start, end, DataClass.POSTCODE);
        return end;
    }

    static int skipStop(byte[] text, int i, int to) {
        return i + 1 < to && text[i] == '.' && (text[i + 1] == ' ' || text[i + 1] == ',') ? i + 1 : i;
    }

    static int digitsEnd(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 12 && Bytes.isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    static boolean isState(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), STATE);
    }

    static boolean isUnit(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), UNIT);
    }

    static boolean isCountry(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), COUNTRY);
    }

    /** Whether postcodes of the United Kingdom begin so. */
    static boolean isArea(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), AREA);
    }

    /** Whether the word may stand small within the name of a street or a town. */
    static boolean isSmall(byte[] text, int from, int to) {
        return is(TABLE.bits(text, from, to), SMALL);
    }

    private static boolean is(int bits, int some) {
        return (bits & some) != 0;
    }
}

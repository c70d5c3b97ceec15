package dev.retake.privacy.pseudonym;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Replaces names of people and places word by word with invented ones, so that {@code Johnson} has one surrogate alone,
 * in a full name and in any order. Invented names are built from syllables that real names do not combine, and so are
 * recognised; words in other scripts than Latin keep their script and length.
 */
final class NameEncoder {
    private static final String[] FIRST = {
        "ba", "be", "bi", "bo", "bra", "bre", "bri", "bro", "da", "de", "di", "do", "dra", "dre", "dri", "dro", "fa",
        "fe", "fi", "fo", "ga", "ge", "gi", "go", "ha", "he", "hi", "ho", "ja", "je", "ji", "jo", "ka", "ke", "ki",
        "ko", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "pi", "po", "ra",
        "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to"
    };
    private static final String[] MIDDLE = {
        "ve", "vi", "vo", "vu", "ze", "zi", "zo", "zu", "xe", "xi", "xo", "xu", "que", "qui", "quo", "qua"
    };
    private static final String[] LAST_ONSETS = {
        "b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sk", "st", "nd"
    };
    private static final String[] LAST_RIMES = {"an", "el", "is", "or"};
    private static final String[] SHORT_ENDS = {
        "vu", "xu", "zoh", "vuh", "xim", "vum", "xul", "zul", "zyl", "xyl", "zuv"
    };
    private static final int SHORT = 4;

    private static final String PLAIN = "aeio";
    private static final String ACCENTED = "áéíó";

    /** Words in and around names that say nothing of the person. */
    private static final Set<String> PARTICLES = Set.of(
            "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin",
            "ibn", "bint", "ben", "ter", "ten", "zu", "zur", "af", "av", "y", "e", "and", "und", "et", "mr", "mrs",
            "ms", "miss", "dr", "prof", "sir", "madam", "herr", "frau", "mme", "m", "sr", "sra", "jr", "ii", "iii",
            "iv", "phd", "md", "o", "d", "st");

    /** Words in addresses that name no place. */
    private static final Set<String> ADDRESS_WORDS = Set.of(
            "street",
            "st",
            "str",
            "road",
            "rd",
            "avenue",
            "ave",
            "av",
            "lane",
            "ln",
            "drive",
            "dr",
            "boulevard",
            "blvd",
            "court",
            "ct",
            "place",
            "pl",
            "square",
            "sq",
            "terrace",
            "way",
            "highway",
            "hwy",
            "parkway",
            "pkwy",
            "circle",
            "cir",
            "close",
            "crescent",
            "north",
            "south",
            "east",
            "west",
            "n",
            "s",
            "e",
            "w",
            "ne",
            "nw",
            "se",
            "sw",
            "apt",
            "apartment",
            "suite",
            "ste",
            "unit",
            "floor",
            "fl",
            "room",
            "rm",
            "building",
            "bldg",
            "box",
            "po",
            "p",
            "o",
            "flat",
            "house",
            "no",
            "nr",
            "block",
            "rue",
            "chemin",
            "allée",
            "impasse",
            "quai",
            "calle",
            "avenida",
            "plaza",
            "paseo",
            "camino",
            "carrera",
            "via",
            "viale",
            "piazza",
            "corso",
            "rua",
            "travessa",
            "praça",
            "ulica",
            "ul",
            "straße",
            "strasse",
            "weg",
            "platz",
            "allee",
            "gasse",
            "straat",
            "laan",
            "plein",
            "gatan",
            "vägen",
            "vej",
            "gade",
            "the",
            "of",
            "and",
            "at",
            "in",
            "bis",
            "b",
            "city",
            "town",
            "county",
            "new",
            "saint",
            "de",
            "la",
            "du",
            "des",
            "del",
            "da",
            "do",
            "den",
            "van",
            "am",
            "an",
            "der",
            "im",
            "zum",
            "zur",
            "co",
            "c",
            "attn");

    /** Ends of compound street names, longest first. */
    private static final String[] STREET_ENDS = {
        "strasse", "straße", "straat", "gasse", "allee", "platz", "vägen", "gatan", "laan", "gade", "weg", "vej", "str"
    };

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;
    private final Cache<Key, String> words;

    private record Key(Purpose purpose, String lower) {}

    /** @param remembered how many words are remembered: many people share a name */
    NameEncoder(SurrogateKeys keys, ShapeEncoder shapes, int remembered) {
        this.keys = keys;
        this.shapes = shapes;
        this.words = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(remembered)
                .build();
    }

    /** A person's name: particles, titles and initials' dots stay. */
    String person(String value) {
        return words(value, Purpose.NAME, PARTICLES);
    }

    /** A street, a city or a whole address: kinds of streets, directions and units stay. */
    String place(String value) {
        return words(value, Purpose.PLACE, ADDRESS_WORDS);
    }

    private String words(String value, Purpose purpose, Set<String> kept) {
        if (isSurrogate(value)) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length() + 8);
        int i = 0;
        while (i < value.length()) {
            int start = i;
            while (i < value.length() && isWord(value, i)) {
                i++;
            }
            if (i == start) {
                out.append(value.charAt(i++));
                continue;
            }
            String word = value.substring(start, i);
            out.append(kept.contains(word.toLowerCase(Locale.ROOT)) ? word : word(word, purpose));
        }
        return out.toString();
    }

    private String word(String word, Purpose purpose) {
        if (hasDigit(word)) {
            boolean code = word.length() >= 4;
            return shapes.encode(code ? ShapeEncoder.Family.POSTCODE : ShapeEncoder.Family.NUMBER, word);
        }
        boolean state = purpose == Purpose.PLACE && word.length() == 2 && isCapitals(word);
        if (state || isInvented(word)) {
            return word;
        }
        if (word.length() == 1 || !isLatin(word)) {
            return shapes.encode(ShapeEncoder.Family.NAME, word);
        }
        String lower = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (purpose == Purpose.PLACE) {
            for (String end : STREET_ENDS) {
                if (lower.endsWith(end) && lower.length() > end.length() + 2) {
                    String stem = word.substring(0, word.length() - end.length());
                    return word(stem, purpose) + word.substring(word.length() - end.length());
                }
            }
        }
        String surrogate = words.get(new Key(purpose, lower), this::invent);
        return Letters.inCaseOf(word, isAscii(word) ? surrogate : accented(surrogate));
    }

    private String invent(Key key) {
        String lower = key.lower;
        Noise noise = new Noise(keys, key.purpose, lower);
        String surrogate = FIRST[noise.below(FIRST.length)];
        if (lower.length() <= SHORT) {
            surrogate += SHORT_ENDS[noise.below(SHORT_ENDS.length)];
        } else {
            surrogate += MIDDLE[noise.below(MIDDLE.length)]
                    + LAST_ONSETS[noise.below(LAST_ONSETS.length)]
                    + LAST_RIMES[noise.below(LAST_RIMES.length)];
        }
        return surrogate;
    }

    /** Whether every word of {@code value} that a surrogate would replace is one already. */
    static boolean isSurrogate(String value) {
        int invented = 0;
        int i = 0;
        while (i < value.length()) {
            int start = i;
            while (i < value.length() && isWord(value, i)) {
                i++;
            }
            if (i == start) {
                i++;
                continue;
            }
            String word = value.substring(start, i);
            String lower = word.toLowerCase(Locale.ROOT);
            if (isInvented(word)) {
                invented++;
            } else if (!hasDigit(word)
                    && !PARTICLES.contains(lower)
                    && !ADDRESS_WORDS.contains(lower)
                    && word.length() > (isCapitals(word) ? 2 : 1)) {
                return false;
            }
        }
        return invented > 0;
    }

    /** Whether {@code word} is built as surrogates are. */
    private static boolean isInvented(String word) {
        if (word.length() < SHORT || !hasRareLetter(word)) {
            return false;
        }
        StringBuilder plain = new StringBuilder(word.toLowerCase(Locale.ROOT));
        for (int i = 0; i < plain.length(); i++) {
            int accent = ACCENTED.indexOf(plain.charAt(i));
            if (accent >= 0) {
                plain.setCharAt(i, PLAIN.charAt(accent));
            }
        }
        String lower = stem(plain.toString());
        for (String first : FIRST) {
            if (lower.startsWith(first) && isRest(lower.substring(first.length()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasRareLetter(String word) {
        for (int i = 0; i < word.length(); i++) {
            if ("vzxqVZXQ".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String stem(String lower) {
        for (String end : STREET_ENDS) {
            if (lower.endsWith(end) && lower.length() > end.length() + 2) {
                return lower.substring(0, lower.length() - end.length());
            }
        }
        return lower;
    }

    private static boolean isRest(String rest) {
        for (String end : SHORT_ENDS) {
            if (rest.equals(end)) {
                return true;
            }
        }
        for (String middle : MIDDLE) {
            if (!rest.startsWith(middle)) {
                continue;
            }
            for (String onset : LAST_ONSETS) {
                for (String rime : LAST_RIMES) {
                    if (rest.length() == middle.length() + onset.length() + rime.length()
                            && rest.startsWith(onset, middle.length())
                            && rest.endsWith(rime)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** With its first vowel accented, as the original had an accent. */
    private static String accented(String surrogate) {
        for (int i = 0; i < surrogate.length(); i++) {
            int vowel = PLAIN.indexOf(surrogate.charAt(i));
            if (vowel >= 0) {
                return surrogate.substring(0, i) + ACCENTED.charAt(vowel) + surrogate.substring(i + 1);
            }
        }
        return surrogate;
    }

    private static boolean isWord(String text, int i) {
        int point = Letters.pointAt(text, i);
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    private static boolean hasDigit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCapitals(String word) {
        return word.chars().allMatch(Character::isUpperCase);
    }

    private static boolean isAscii(String word) {
        return word.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isLatin(String word) {
        return word.chars()
                .allMatch(c -> c < 0x80
                        || Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN
                        || Character.getType(c) == Character.NON_SPACING_MARK);
    }
}

package dev.retake.privacy.rule;

import java.util.ArrayList;
import java.util.List;

/** Splits field names of any style into lower-case words: {@code customerEmail}, {@code X-API-Key}, {@code line_2}. */
final class NameWords {
    private NameWords() {}

    static List<String> of(CharSequence written) {
        CharSequence name = Spelling.plain(written);
        List<String> words = new ArrayList<>(4);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && !Character.isSurrogate(c)) {
                flush(word, words);
                continue;
            }
            if (!word.isEmpty() && startsWord(name, i)) {
                flush(word, words);
            }
            word.append(Character.toLowerCase(c));
        }
        flush(word, words);
        return words;
    }

    /** Between letter and digit, before a capital after a small letter, and before the last capital of an acronym. */
    private static boolean startsWord(CharSequence name, int i) {
        char c = name.charAt(i);
        char before = name.charAt(i - 1);
        if (Character.isDigit(c) != Character.isDigit(before)) {
            return true;
        }
        if (!Character.isUpperCase(c)) {
            return false;
        }
        return Character.isLowerCase(before)
                || (Character.isUpperCase(before)
                        && i + 1 < name.length()
                        && Character.isLowerCase(name.charAt(i + 1))
                        && !isPluralOfAcronym(name, i + 1));
    }

    /** {@code userIDs}: the last small letter belongs to the acronym. */
    private static boolean isPluralOfAcronym(CharSequence name, int i) {
        return name.charAt(i) == 's' && (i + 1 == name.length() || !Character.isLowerCase(name.charAt(i + 1)));
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}

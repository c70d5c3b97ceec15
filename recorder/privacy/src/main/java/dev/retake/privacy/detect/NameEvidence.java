package dev.retake.privacy.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Tells texts that look like a person's name from other short texts: two to five capitalised words of which one is a
 * common given name, or a name as Chinese, Korean and Japanese write it.
 */
public final class NameEvidence {
    private static final int LONGEST = 80;
    private static final int MOST_WORDS = 5;

    /** The most common family names of one character: they cover most people in China and Korea. */
    private static final String FAMILY_CHARACTERS =
            "王李张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
                    + "김이박최정강조윤장임한오서신권황안송류홍佐藤鈴木高橋田中伊渡辺山本村小加吉";

    private static final Set<String> GIVEN = load();

    private NameEvidence() {}

    /** Whether {@code value} is one to five words of which one is a known given name. */
    public static boolean looksLikePerson(CharSequence value) {
        String text = value.toString().trim();
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        if (Character.isIdeographic(text.codePointAt(0)) || isHangul(text.charAt(0))) {
            return isEastAsian(text);
        }
        int words = 0;
        int known = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetter(c)
                    || c == '\''
                    || c == '’'
                    || c == '-'
                    || Character.getType(c) == Character.NON_SPACING_MARK) {
                continue;
            }
            if (c != ' ' && c != '.' && c != ',') {
                return false;
            }
            if (i > start) {
                String word = text.substring(start, i);
                if (!Character.isUpperCase(word.charAt(0)) && word.length() > 3) {
                    return false;
                }
                words++;
                known += isGiven(word) ? 1 : 0;
            }
            start = i + 1;
        }
        return words >= 2 && words <= MOST_WORDS && known > 0;
    }

    /** Whether {@code word}, in any case, is a common given name; of a double name the first part counts. */
    static boolean isGiven(String word) {
        int hyphen = word.indexOf('-');
        String first = hyphen > 0 ? word.substring(0, hyphen) : word;
        return GIVEN.contains(plain(first));
    }

    private static boolean isEastAsian(String text) {
        String joined = text.replace(" ", "");
        boolean letters = joined.chars().allMatch(c -> Character.isIdeographic(c) || isHangul((char) c));
        return letters
                && joined.length() >= 2
                && joined.length() <= 4
                && FAMILY_CHARACTERS.indexOf(joined.charAt(0)) >= 0;
    }

    private static boolean isHangul(char c) {
        return c >= '가' && c <= '힣';
    }

    /** Small letters without accents. */
    private static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                return Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            }
        }
        return lower;
    }

    private static Set<String> load() {
        try (InputStream in = NameEvidence.class.getResourceAsStream("given-names.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of given names is not on the class path");
            }
            return Set.of(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).trim().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.PersonWords;
import java.nio.charset.StandardCharsets;

/**
 * Tells texts that look like a person's name from other short texts: two to five capitalised words of which one is a
 * known given name and none a word of things, or a name as Chinese, Korean and Japanese write it.
 */
public final class NameEvidence {
    private static final int LONGEST = 80;
    private static final int MOST_WORDS = 5;

    /** The most common family names of one character: they cover most people in China and Korea. */
    private static final String FAMILY_CHARACTERS =
            "王李张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
                    + "김이박최정강조윤장임한오서신권황안송류홍佐藤鈴木高橋田中伊渡辺山本村小加吉";

    private static final int NAME = PersonWords.GIVEN | PersonWords.DOUBLE;

    private static final int PART = PersonWords.GIVEN | PersonWords.FAMILY | PersonWords.PARTICLE;

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
                int bits = bits(word);
                boolean name = (bits & NAME) != 0;
                if ((bits & PersonWords.PLAIN) != 0 && (bits & PART) == 0) {
                    return false;
                }
                words++;
                known += name && (bits & PersonWords.PLAIN) == 0 ? 1 : 0;
            }
            start = i + 1;
        }
        return words >= 2 && words <= MOST_WORDS && known > 0;
    }

    /** Whether {@code value} is two to four capitalised words of which none is known to be anything but a name. */
    public static boolean mayBePerson(CharSequence value) {
        if (looksLikePerson(value)) {
            return true;
        }
        String text = value.toString().trim();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.length() > LONGEST || PersonWords.isBrand(bytes, 0, bytes.length)) {
            return false;
        }
        String[] words = text.split(" ");
        for (String word : words) {
            boolean named = word.length() > 1
                    && Character.isUpperCase(word.charAt(0))
                    && word.chars().skip(1).anyMatch(Character::isLowerCase)
                    && word.chars().allMatch(c -> Character.isLetter(c) || c == '-' || c == '\'');
            byte[] letters = word.getBytes(StandardCharsets.UTF_8);
            int other = PersonWords.PLAIN | PersonWords.CUE | PersonWords.SOFT_CUE | PersonWords.DOUBLE;
            if (!named
                    || (bits(word) & other) != 0
                    || PersonScan.isThing(letters, 0, letters.length)
                    || AddressScan.isSuffix(letters, 0, letters.length)
                    || PersonScan.isFirmWord(letters, 0, letters.length)) {
                return false;
            }
        }
        return words.length >= 2 && words.length < MOST_WORDS;
    }

    /** What a word is; of a double name the first part counts. */
    private static int bits(String word) {
        int hyphen = word.indexOf('-');
        byte[] bytes = (hyphen > 0 ? word.substring(0, hyphen) : word).getBytes(StandardCharsets.UTF_8);
        return PersonWords.bits(bytes, 0, bytes.length);
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
}

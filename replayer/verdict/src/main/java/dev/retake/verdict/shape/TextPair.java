package dev.retake.verdict.shape;

import dev.retake.verdict.shape.Reading.Rename;
import dev.retake.verdict.shape.Reading.Shift;
import dev.retake.verdict.tree.FormReader;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads two texts that differ for what they may have in common: the same words around other identifiers and times. A
 * text is taken apart only as far as it must be, so that {@code ORD-2024-00017} is one identifier, and
 * {@code /orders/17?page=2} a path with an identifier and a page number.
 */
public final class TextPair {
    /** Digits alone, or letters of both cases, and what base64url adds to them. */
    private static final Pattern DRAWN =
            Pattern.compile("\\d+|(?=.*[a-z])(?=.*[A-Z])[A-Za-z]+|(?=.*[a-z][-_]?[A-Z])(?=.*[A-Z][-_]?[A-Z])[\\w-]+");

    /** Base32, base36 and their like. */
    private static final List<Pattern> ONE_CASE =
            List.of(Pattern.compile("(?=\\D*\\d)[0-9A-Z]+"), Pattern.compile("(?=\\D*\\d)[0-9a-z]+"));

    private static final Pattern PREFIX_END = Pattern.compile("[-_:.#]");
    private static final int FEWEST_RANDOM = 12;

    /** From so many characters on, what stands before a separator in a token is more likely drawn than a prefix. */
    private static final int LONG_TOKEN = 24;

    private final List<Rename> renames = new ArrayList<>();
    private final List<Shift> shifts = new ArrayList<>();
    private final FieldName name;
    private final String space;

    private TextPair(FieldName name, String space) {
        this.name = name;
        this.space = space;
    }

    /**
     * What would have to hold for the texts to mean the same, null where they plainly do not.
     *
     * @param name of the field in which they stand
     * @param space what an identifier in that field names
     */
    public static @Nullable Reading read(String before, String after, FieldName name, String space) {
        TextPair pair = new TextPair(name, space);
        return pair.whole(before, after) ? new Reading(pair.renames, pair.shifts) : null;
    }

    /** {@code text}, or only its kind where another run would have another of that kind in its place. */
    public static String skeleton(String text, FieldName name) {
        if (name.identifies() || name.isVolatile()) {
            return text.isEmpty() ? "" : "#";
        }
        TimeText time = TimeText.of(text);
        if (time != null && !time.dateOnly()) {
            return time.form();
        }
        Opaque kind = Opaque.of(text);
        return kind.strong() ? kind.name() : text;
    }

    private boolean whole(String before, String after) {
        if (before.equals(after)) {
            return true;
        }
        if (before.isEmpty() || after.isEmpty()) {
            return false;
        }
        if (before.indexOf(' ') < 0 && after.indexOf(' ') < 0) {
            boolean path = before.startsWith("/") || before.contains("://") || before.startsWith("?");
            if (path && !(Opaque.of(before).strong() && Opaque.of(after).strong())) {
                return url(before, after);
            }
            if (TimeText.of(before) == null && atom(before, after, name.identifies())) {
                return true;
            }
        }
        return tokens(before, after, name.identifies());
    }

    private boolean url(String before, String after) {
        String[] left = cut(before, '#');
        String[] right = cut(after, '#');
        String[] leftPath = cut(left[0], '?');
        String[] rightPath = cut(right[0], '?');
        return path(leftPath[0], rightPath[0]) && query(leftPath[1], rightPath[1]) && tokens(left[1], right[1], true);
    }

    private boolean path(String before, String after) {
        String[] left = before.split("/", -1);
        String[] right = after.split("/", -1);
        if (left.length != right.length) {
            return false;
        }
        String parent = "";
        for (int i = 0; i < left.length; i++) {
            String a = FormReader.decode(left[i]);
            String b = FormReader.decode(right[i]);
            if (!a.equals(b)) {
                boolean digits = Opaque.of(a) == Opaque.DIGITS && Opaque.of(b) == Opaque.DIGITS;
                if (digits) {
                    renames.add(new Rename(singular(parent), a, b, false, false));
                } else if (!part(a, b, true) && !tokens(a, b, true)) {
                    return false;
                }
            }
            parent = a;
        }
        return true;
    }

    private boolean query(String before, String after) {
        if (before.equals(after)) {
            return true;
        }
        Map<String, Tree> left = ((Tree.Obj) FormReader.read(before)).fields();
        Map<String, Tree> right = ((Tree.Obj) FormReader.read(after)).fields();
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        for (Map.Entry<String, Tree> field : left.entrySet()) {
            Tree other = right.get(field.getKey());
            if (field.getValue().equals(other)) {
                continue;
            }
            if (!(field.getValue() instanceof Tree.Text a) || !(other instanceof Tree.Text b)) {
                return false;
            }
            FieldName key = FieldName.of(field.getKey());
            Reading reading = read(a.value(), b.value(), key, key.entity());
            if (reading == null) {
                return false;
            }
            renames.addAll(reading.renames());
            shifts.addAll(reading.shifts());
        }
        return true;
    }

    private static String[] cut(String text, char at) {
        int index = text.indexOf(at);
        return index < 0 ? new String[] {text, ""} : new String[] {text.substring(0, index), text.substring(index + 1)};
    }

    /** What one of many is called: {@code order} for {@code orders}. */
    public static String singular(String plural) {
        String word = String.join("", FieldName.of(plural).words());
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 2
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** Whether words and separators are the same all along, identifiers and times aside. */
    private boolean tokens(String before, String after, boolean identifies) {
        if (before.length() > 200_000 || after.length() > 200_000) {
            return before.equals(after);
        }
        int i = 0;
        int j = 0;
        while (i < before.length() && j < after.length()) {
            TimeText left = startsWord(before, i) ? TimeText.at(before, i) : null;
            TimeText right = startsWord(after, j) ? TimeText.at(after, j) : null;
            if (left != null && right != null) {
                if (!before.regionMatches(i, after, j, Math.max(left.end() - i, right.end() - j))) {
                    shifts.add(new Shift(left, right));
                }
                i = left.end();
                j = right.end();
                continue;
            }
            int endLeft = endOfWord(before, i);
            int endRight = endOfWord(after, j);
            if (endLeft == i || endRight == j) {
                if (endLeft != i || endRight != j || before.charAt(i) != after.charAt(j)) {
                    return false;
                }
                i++;
                j++;
                continue;
            }
            String a = before.substring(i, endLeft);
            String b = after.substring(j, endRight);
            if (!a.equals(b) && !part(a, b, identifies)) {
                return false;
            }
            i = endLeft;
            j = endRight;
        }
        return i == before.length() && j == after.length();
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean inner = (c == '-' || c == '_' || c == '.')
                    && end > from
                    && end + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(end + 1));
            boolean date = inner && Character.isDigit(text.charAt(end + 1)) && TimeText.at(text, end + 1) != null;
            if (date || !Character.isLetterOrDigit(c) && !inner && c != '_') {
                break;
            }
            end++;
        }
        return end;
    }

    private boolean part(String before, String after, boolean identifies) {
        return atom(before, after, identifies) || pieces(before, after, identifies);
    }

    /** Whether both are, each as a whole, identifiers of one kind. */
    private boolean atom(String before, String after, boolean identifies) {
        Opaque left = Opaque.of(before);
        Opaque right = Opaque.of(after);
        if (left == right && left != Opaque.NONE && left.alike(before, after)) {
            boolean numbered = left == Opaque.PREFIXED_NUMBER && name.numbers();
            boolean weak = !left.strong() && !identifies && !numbered;
            renames.add(new Rename(left == Opaque.DIGITS ? space : "", before, after, weak, name.isStable()));
            return true;
        }
        if (left.strong()
                && right.strong()
                && before.length() == after.length()
                && !fixedForm(left)
                && !fixedForm(right)
                && (left != right || identifies && drawnWhole(before))) {
            renames.add(new Rename("", before, after, false, name.isStable()));
            return true;
        }
        boolean telling = identifies || before.length() >= LONG_TOKEN;
        if (telling && left.strong() != right.strong() && lessMixedByChance(before, left, after, right)) {
            renames.add(new Rename("", before, after, false, name.isStable()));
            return true;
        }
        if (identifies && mixed(left) && mixed(right) && Math.abs(before.length() - after.length()) <= 1) {
            renames.add(new Rename("", before, after, false, name.isStable()));
            return true;
        }
        return false;
    }

    /** Whether a token in this field is drawn as a whole, and what stands before a separator in it is no prefix. */
    private boolean drawnWhole(String token) {
        return !name.isStable() && token.length() >= LONG_TOKEN;
    }

    /**
     * Whether both could come from one generator though only one looks like it: among enough random texts there are some
     * without a digit, or with digits alone.
     */
    private boolean lessMixedByChance(String before, Opaque left, String after, Opaque right) {
        Opaque strong = left.strong() ? left : right;
        String sure = left.strong() ? before : after;
        String doubtful = left.strong() ? after : before;
        int prefix =
                strong == Opaque.PREFIXED_TOKEN && !drawnWhole(sure) ? PREFIX_END.split(sure, 2)[0].length() + 1 : 0;
        return before.length() == after.length()
                && before.length() - prefix >= FEWEST_RANDOM
                && !fixedForm(strong)
                && before.regionMatches(0, after, 0, prefix)
                && (DRAWN.matcher(doubtful).region(prefix, doubtful.length()).matches()
                        || oneCase(sure, doubtful, prefix));
    }

    /** Whether both are of digits and letters of one and the same case, and neither lacks the digits. */
    private static boolean oneCase(String sure, String doubtful, int from) {
        for (Pattern alphabet : ONE_CASE) {
            if (alphabet.matcher(sure).region(from, sure.length()).matches()
                    && alphabet.matcher(doubtful)
                            .region(from, doubtful.length())
                            .matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean fixedForm(Opaque kind) {
        return kind == Opaque.UUID || kind == Opaque.JWT;
    }

    private static boolean mixed(Opaque kind) {
        return kind == Opaque.SHORT_HEX || kind == Opaque.SHORT_TOKEN || kind == Opaque.TOKEN || kind == Opaque.DIGITS;
    }

    private boolean pieces(String before, String after, boolean identifies) {
        String[] left = before.split("[-_.]", -1);
        String[] right = after.split("[-_.]", -1);
        if (left.length != right.length || left.length == 1) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            if (!left[i].equals(right[i]) && !part(left[i], right[i], identifies)) {
                return false;
            }
        }
        return separators(before).equals(separators(after));
    }

    private static String separators(String text) {
        return text.replaceAll("[^-_.]+", "x");
    }
}

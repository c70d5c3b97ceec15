package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.MachineName;
import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.shape.Reading.Rename;
import dev.retake.verdict.shape.Reading.Shift;
import dev.retake.verdict.shape.TextPair;
import dev.retake.verdict.shape.TimeText;
import dev.retake.verdict.tree.Tree;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two texts or two numbers of one field. */
final class LeafDiff {
    private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(500_000_000L);
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(5_000_000_000L);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private final Frame frame;

    LeafDiff(Frame frame) {
        this.frame = frame;
    }

    /** Whether both are the same value, whatever way numbers are written in. */
    static boolean same(Tree before, Tree after) {
        if (before instanceof Tree.Num a && after instanceof Tree.Num b) {
            return a.value().compareTo(b.value()) == 0 || sameDouble(a, b);
        }
        return before.equals(after);
    }

    /** Two decimal texts of what is one binary number but for rounding in its last digits. */
    private static boolean sameDouble(Tree.Num a, Tree.Num b) {
        if (!a.fractional() && !b.fractional()
                || Math.min(a.value().precision(), b.value().precision()) < 1) {
            return false;
        }
        if (Math.max(a.value().precision(), b.value().precision()) < 15) {
            return false;
        }
        double x = a.value().doubleValue();
        double y = b.value().doubleValue();
        return Math.abs(x - y) <= 4 * Math.ulp(Math.max(Math.abs(x), Math.abs(y)));
    }

    /** What would explain that {@code after} stands in place of {@code before}, null where nothing does. */
    @Nullable
    Reading texts(String before, String after, FieldName name, String space, boolean person) {
        if (before.equalsIgnoreCase("redacted") || before.equalsIgnoreCase("[redacted]")) {
            return after.isEmpty() ? null : Reading.SAME;
        }
        if (name.isVolatile() && !before.isEmpty() && !after.isEmpty()) {
            return Reading.SAME;
        }
        if (MachineName.both(name, before, after)) {
            return Reading.SAME;
        }
        String left = frame.hosts().strip(before);
        String right = frame.hosts().strip(after);
        if (left.equals(right)) {
            return Reading.SAME;
        }
        if (frame.foreign()) {
            Reading foreign = foreign(before, after, name, person);
            if (foreign != null) {
                return foreign;
            }
        }
        return TextPair.read(left, right, name, space);
    }

    private @Nullable Reading foreign(String before, String after, FieldName name, boolean person) {
        if (after.isBlank() || before.isBlank()) {
            return null;
        }
        boolean mail = before.indexOf('@') > 0;
        if (mail != after.indexOf('@') > 0) {
            return null;
        }
        String surrogate = frame.surrogateClass().apply(before);
        if (surrogate != null) {
            return new Reading(List.of(new Rename("surrogate " + surrogate, before, after, false, true)), List.of());
        }
        boolean nameOfPerson = person && name.words().equals(List.of("name"));
        if (name.isPersonal() || nameOfPerson) {
            return new Reading(List.of(new Rename("personal " + name.words(), before, after, false, true)), List.of());
        }
        return words(before, after);
    }

    /** A text with surrogates among its words. */
    private @Nullable Reading words(String before, String after) {
        String[] left = before.split("\\s+");
        String[] right = after.split("\\s+");
        if (left.length != right.length || left.length < 2 || left.length > 2_000) {
            return null;
        }
        boolean any = false;
        for (int i = 0; i < left.length; i++) {
            if (!left[i].equals(right[i])) {
                if (frame.surrogateClass().apply(bare(left[i])) == null) {
                    return null;
                }
                any = true;
            }
        }
        return any ? Reading.SAME : null;
    }

    private static String bare(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && "(<\"'[".indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && ".,;:!?)>\"']".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(start, end);
    }

    /** What would explain that one number stands in place of the other, null where nothing does. */
    @Nullable
    Reading numbers(Tree.Num before, Tree.Num after, FieldName name, String space) {
        if (name.isVolatile() || MachineName.countsBuilds(name)) {
            return before.value().signum() == after.value().signum()
                            || before.value().signum() == 0
                            || after.value().signum() == 0
                    ? Reading.SAME
                    : null;
        }
        TimeText left = epoch(before, name);
        TimeText right = epoch(after, name);
        if (left != null && right != null) {
            return new Reading(List.of(), List.of(new Shift(left, right)));
        }
        String a = before.value().toString();
        String b = after.value().toString();
        boolean whole = before.integer()
                && after.integer()
                && before.value().signum() > 0
                && after.value().signum() > 0;
        if (whole && name.identifiesByNumber()) {
            return new Reading(List.of(new Rename(space, a, b, false, name.isStable())), List.of());
        }
        if (whole && b.equals(frame.known().get(a))) {
            return new Reading(List.of(new Rename(space, a, b, true, false)), List.of());
        }
        boolean personal =
                frame.foreign() && (name.isPersonal() || frame.surrogateClass().apply(a) != null);
        return personal
                ? new Reading(List.of(new Rename("personal " + name.words(), a, b, false, true)), List.of())
                : null;
    }

    /** Seconds, milliseconds, microseconds or nanoseconds since 1970, between 1985 and 2128. */
    static @Nullable TimeText epoch(Tree.Num number, FieldName name) {
        BigDecimal value = number.value();
        String[] units = {"epoch seconds", "epoch milliseconds", "epoch microseconds", "epoch nanoseconds"};
        for (int unit = 0; unit < units.length; unit++) {
            if (value.compareTo(FIRST_SECOND) >= 0 && value.compareTo(LAST_SECOND) < 0) {
                if (!name.tellsTime()) {
                    return null;
                }
                return new TimeText(
                        0, units[unit], 0, 0, false, value.multiply(THOUSAND).longValue());
            }
            value = value.scaleByPowerOfTen(-3);
        }
        return null;
    }
}

package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two texts line by line; what is left is one change, shown by its first line. */
final class TextDiff {
    private static final FieldName NO_NAME = FieldName.of("");

    private TextDiff() {}

    static void compare(List<String> before, List<String> after, Frame frame, List<Change> changes) {
        LeafDiff leaves = new LeafDiff(frame);
        List<Reading.Rename> renames = new ArrayList<>();
        List<Reading.Shift> shifts = new ArrayList<>();
        List<int[]> common = new ArrayList<>(Sequences.common(before, after));
        common.add(new int[] {before.size(), after.size()});
        int i = 0;
        int j = 0;
        int differing = 0;
        String firstBefore = null;
        String firstAfter = null;
        for (int[] next : common) {
            int lines = Math.max(next[0] - i, next[1] - j);
            for (int line = 0; line < lines; line++) {
                String left = i + line < next[0] ? before.get(i + line) : null;
                String right = j + line < next[1] ? after.get(j + line) : null;
                Reading reading = left == null || right == null ? null : leaves.texts(left, right, NO_NAME, "", false);
                if (reading != null) {
                    renames.addAll(reading.renames());
                    shifts.addAll(reading.shifts());
                } else if (!(blank(left) && blank(right)) && differing++ == 0) {
                    firstBefore = left;
                    firstAfter = right;
                }
            }
            i = next[0] + 1;
            j = next[1] + 1;
        }
        boolean differs = differing > 0;
        if (differs || !renames.isEmpty() || !shifts.isEmpty()) {
            changes.add(new Change(
                    ChangeKind.BODY,
                    "body",
                    shown(differs ? firstBefore : before.get(0)),
                    shown(differs ? firstAfter : after.get(0)),
                    differs ? null : new Reading(renames, shifts),
                    false,
                    "",
                    "lines:" + differing));
        }
    }

    private static boolean blank(@Nullable String line) {
        return line == null || line.isBlank();
    }

    private static @Nullable Tree shown(@Nullable String line) {
        return line == null ? null : new Tree.Text(Objects.requireNonNull(line));
    }
}

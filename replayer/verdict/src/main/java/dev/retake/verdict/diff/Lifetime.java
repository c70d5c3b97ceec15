package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.TimeText;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time by which something ends, which lies at another distance from when it began: {@code expiresAt} half an hour
 * after {@code createdAt} in the recording, and an hour after it on the target.
 *
 * @param field that holds the end
 * @param words the distances
 */
record Lifetime(String field, Tree before, Tree after, String words) {
    private static final long JITTER = 2_000;
    private static final long MINUTE = 60_000;

    private record Moment(String field, Tree value, Tree observed, long before, long after) {}

    /** The fields of an object for which that is so. */
    static List<Lifetime> changed(Tree.Obj before, Tree.Obj after) {
        List<Moment> ends = new ArrayList<>();
        Moment begin = null;
        for (Map.Entry<String, Tree> field : before.fields().entrySet()) {
            FieldName name = FieldName.of(field.getKey());
            Tree observed = after.fields().get(field.getKey());
            TimeText left = time(field.getValue(), name);
            TimeText right = observed == null ? null : time(observed, name);
            if (observed == null || left == null || right == null) {
                continue;
            }
            Moment moment = new Moment(field.getKey(), field.getValue(), observed, left.millis(), right.millis());
            if (name.endsSomething()) {
                ends.add(moment);
            } else if (begin == null || moment.before() < begin.before()) {
                begin = moment;
            }
        }
        List<Lifetime> changed = new ArrayList<>();
        for (Moment end : ends) {
            if (begin != null) {
                long recorded = end.before() - begin.before();
                long observed = end.after() - begin.after();
                boolean meant = recorded >= MINUTE && (recorded + JITTER) % MINUTE <= 2 * JITTER;
                if (meant && Math.abs(recorded - observed) > JITTER) {
                    String words = seconds(observed) + " s instead of " + seconds(recorded) + " s";
                    changed.add(new Lifetime(end.field(), end.value(), end.observed(), words));
                }
            }
        }
        return changed;
    }

    private static long seconds(long millis) {
        return Math.round(millis / 1000.0);
    }

    private static @Nullable TimeText time(Tree value, FieldName name) {
        TimeText time = value instanceof Tree.Text text
                ? TimeText.of(text.value())
                : value instanceof Tree.Num number ? LeafDiff.epoch(number, name) : null;
        return time == null || time.dateOnly() ? null : time;
    }
}

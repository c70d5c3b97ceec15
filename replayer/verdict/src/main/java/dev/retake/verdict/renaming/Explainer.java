package dev.retake.verdict.renaming;

import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.diff.FieldHistory;
import dev.retake.verdict.noise.RecordedNoise;
import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.shape.Reading.Rename;
import dev.retake.verdict.shape.Reading.Shift;
import dev.retake.verdict.shape.TimeText;
import dev.retake.verdict.tree.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges, once all of a run is known, which differences mean nothing: learn from every change first, then ask about
 * each. Not for use by several threads.
 */
public final class Explainer {
    private static final int FEW = 3;

    private final FieldHistory history;
    private final RecordedNoise noise;
    private final Clocks clocks;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, Map<String, Set<String>>> sessionsByPair = new HashMap<>();
    private final Map<String, Set<String>> fieldsByPair = new HashMap<>();

    public Explainer(FieldHistory history, RecordedNoise noise, Clocks clocks) {
        this.history = history;
        this.noise = noise;
        this.clocks = clocks;
    }

    /** What the changes of one field have in common. */
    private static final class Field {
        private final Set<String> renamed = new HashSet<>();
        private final Set<String> moved = new HashSet<>();
        private final Set<Long> movements = new HashSet<>();
        private final Set<String> formsBefore = new HashSet<>();
        private final Set<String> formsAfter = new HashSet<>();
    }

    /** Takes a change into account. */
    public void learn(String session, String operation, Change change) {
        Reading reading = change.reading();
        if (reading == null) {
            return;
        }
        String place = operation + " " + change.location();
        Field field = fields.computeIfAbsent(place, key -> new Field());
        for (Rename rename : reading.renames()) {
            field.renamed.add(rename.before());
            if (!rename.needsSupport()) {
                sessionsByPair
                        .computeIfAbsent(key(rename), key -> new HashMap<>())
                        .computeIfAbsent(rename.after(), key -> new HashSet<>())
                        .add(session);
                fieldsByPair
                        .computeIfAbsent(key(rename) + "\n" + rename.after(), key -> new HashSet<>())
                        .add(place);
            }
        }
        for (Shift shift : reading.shifts()) {
            field.moved.add(Long.toString(shift.before().millis()));
            field.movements.add(shift.after().millis() - shift.before().millis());
            field.formsBefore.add(FieldHistory.form(shift.before()));
            field.formsAfter.add(FieldHistory.form(shift.after()));
        }
    }

    private static String key(Rename rename) {
        return rename.space() + "\n" + rename.before();
    }

    /** What speaks against the change meaning nothing. */
    public record Objection(String words) {
        /** The two values say it themselves. */
        static final Objection PLAIN = new Objection("");
    }

    /** Whether the field varies in the recording itself, and the target's value is of a kind with its values. */
    public boolean isNoise(String operation, Change change) {
        return noise.explains(operation, change.location(), change.before(), change.after());
    }

    /**
     * Judges a change.
     *
     * @param names what the session shows to stand for one another
     * @return null where the change means nothing
     */
    public @Nullable Objection judge(String operation, Change change, SessionNames names) {
        if (isNoise(operation, change)) {
            return null;
        }
        if (change.kind() == ChangeKind.ORDER) {
            boolean unordered =
                    noise.isUnordered(operation, change.location()) || history.unordered(operation, change.location());
            return unordered ? null : Objection.PLAIN;
        }
        if (change.kind() == ChangeKind.TYPE) {
            boolean numbers = change.before() instanceof Tree.Num && change.after() instanceof Tree.Num;
            boolean fractions = history.fractional(operation, change.location());
            return numbers && fractions ? null : Objection.PLAIN;
        }
        Reading reading = change.reading();
        if (reading == null) {
            return Objection.PLAIN;
        }
        String place = operation + " " + change.location();
        for (Rename rename : reading.renames()) {
            Objection objection = judge(operation, change, place, rename, names);
            if (objection != null) {
                return objection;
            }
        }
        for (Shift shift : reading.shifts()) {
            Objection objection = judge(operation, change, place, shift);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private @Nullable Objection judge(
            String operation, Change change, String place, Rename rename, SessionNames names) {
        boolean bound = rename.after().equals(names.bound().get(rename.before()));
        boolean supported = rename.after().equals(names.known().get(rename.before())) || pairSeen(rename);
        Map<String, Set<String>> images = sessionsByPair.getOrDefault(key(rename), Map.of());
        if (rename.needsSupport() && !supported) {
            return Objection.PLAIN;
        }
        if (bound) {
            return null;
        }
        int same = history.same(operation, change.location());
        int renamed = field(place).renamed.size();
        // A surrogate stands in no environment but the recording, so what is equal elsewhere says nothing about it.
        boolean surrogate = rename.space().startsWith("surrogate ");
        if (!surrogate && same >= FEW && same >= FEW * renamed && !renamedElsewhere(rename, place)) {
            return new Objection("the field has the recorded identifier everywhere else");
        }
        int here = images.getOrDefault(rename.after(), Set.of()).size();
        for (Map.Entry<String, Set<String>> other : images.entrySet()) {
            boolean rule = other.getValue().size() >= FEW && other.getValue().size() >= FEW * here;
            if (rule && rename.strict() && !other.getKey().equals(rename.after())) {
                return new Objection("in most sessions the target has another identifier in its place");
            }
        }
        return null;
    }

    private boolean pairSeen(Rename rename) {
        String suffix = "\n" + rename.before() + "\n" + rename.after();
        return fieldsByPair.containsKey(rename.space() + suffix) || fieldsByPair.containsKey(suffix);
    }

    /** Whether the pair stands in a field in which the target usually has identifiers of its own. */
    private boolean renamedElsewhere(Rename rename, String place) {
        for (String other : fieldsByPair.getOrDefault(key(rename) + "\n" + rename.after(), Set.of())) {
            int space = other.indexOf(' ', other.indexOf(' ') + 1);
            int same = history.same(other.substring(0, space), other.substring(space + 1));
            if (!other.equals(place) && same < FEW * field(other).renamed.size()) {
                return true;
            }
        }
        return false;
    }

    private Field field(String place) {
        return fields.getOrDefault(place, new Field());
    }

    private @Nullable Objection judge(String operation, Change change, String place, Shift shift) {
        TimeText before = shift.before();
        TimeText after = shift.after();
        Field field = field(place);
        boolean knownForm = history.sharesForm(operation, change.location(), after)
                || field.formsBefore.contains(FieldHistory.form(after))
                || field.formsAfter.contains(FieldHistory.form(before));
        if (!FieldHistory.form(before).equals(FieldHistory.form(after)) && !knownForm) {
            return new Objection(
                    before.form().equals(after.form())
                            ? "the precision of the time changed"
                            : "the time is written as " + after.form() + " instead of " + before.form());
        }
        if (Math.abs(before.offsetMinutes() - after.offsetMinutes()) > 60) {
            return new Objection("the time is written in another time zone");
        }
        if (before.millis() == after.millis() || clocks.explain(before, after)) {
            return null;
        }
        int same = history.same(operation, change.location());
        if (before.dateOnly() || same >= FEW && same >= FEW * field.moved.size()) {
            return new Objection("the time differs by other than the clocks do");
        }
        boolean together = field.moved.size() >= FEW && field.movements.size() == 1;
        long moved = after.millis() - before.millis();
        if (clocks.offByZone(before, after) || together && Clocks.byZone(moved)) {
            return new Objection("the time is off by whole hours, as if by another time zone");
        }
        return null;
    }
}

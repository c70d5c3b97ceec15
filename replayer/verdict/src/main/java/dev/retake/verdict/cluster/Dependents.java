package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which differences may come of nothing but a step that was not done: those that such a step explains and that no
 * step shows which depends on none. A server error, a header, another type, a time written otherwise or something that no
 * response should have shown comes of no missing write.
 */
public final class Dependents {
    /** Answers about who asks and how, and not about what there is. */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(401, 403, 405, 406, 411, 413, 414, 415, 429, 431);

    private Dependents() {}

    /**
     * The symptoms that count for nothing, a part of {@code symptoms}.
     *
     * @param dependents positions of steps that depend on another which was not done; true where that may also show in a
     *     body
     * @param signedOut those of them for which the session should have been signed in by a step that was not done
     */
    public static Set<Symptom> excused(
            List<Symptom> symptoms, Map<Integer, Boolean> dependents, Set<Integer> signedOut) {
        Set<String> shownByOthers = new HashSet<>();
        for (Symptom symptom : symptoms) {
            if (!dependents.containsKey(symptom.step())) {
                shownByOthers.add(difference(symptom));
            }
        }
        Set<Symptom> excused = new HashSet<>();
        for (Symptom symptom : symptoms) {
            Boolean state = dependents.get(symptom.step());
            boolean refused = signedOut.contains(symptom.step()) && asksToSignIn(symptom.change());
            if (state != null
                    && (refused || mayComeOfIt(symptom, state))
                    && !shownByOthers.contains(difference(symptom))) {
                excused.add(symptom);
            }
        }
        return excused;
    }

    private static String difference(Symptom symptom) {
        Change change = symptom.change();
        String to = change.kind() == ChangeKind.STATUS ? " " + status(change.after()) : "";
        return change.kind() + " " + symptom.place() + to;
    }

    private static boolean mayComeOfIt(Symptom symptom, boolean state) {
        Change change = symptom.change();
        if (change.kind() == ChangeKind.STATUS) {
            int after = status(change.after());
            return status(change.before()) < 500 && after < 500 && !ABOUT_THE_REQUEST.contains(after);
        }
        if (!state || Exposure.location(change) != null) {
            return false;
        }
        boolean item = change.sayable().startsWith("items:") || change.sayable().startsWith("replaced:");
        boolean ofListedThing = change.firm() && change.location().contains("/*/");
        return switch (change.kind()) {
            case STATUS, HEADER -> false;
            case TYPE -> change.before() instanceof Tree.Null || change.after() instanceof Tree.Null;
            case ORDER -> change.sayable().isEmpty();
            case MISSING, ADDED -> item || !ofListedThing && change.sayable().isEmpty();
            case BODY -> change.sayable().isEmpty();
            case VALUE -> {
                boolean timeWrittenOtherwise = change.reading() != null
                        && !change.reading().shifts().isEmpty()
                        && !symptom.objection().isEmpty();
                yield !timeWrittenOtherwise && !change.sayable().startsWith("lasts:");
            }
        };
    }

    private static boolean asksToSignIn(Change change) {
        int after = status(change.after());
        return change.kind() == ChangeKind.STATUS && (after == 401 || after == 403 || after / 100 == 3);
    }

    private static int status(@Nullable Tree value) {
        return value instanceof Tree.Num number ? number.value().intValue() : 0;
    }
}

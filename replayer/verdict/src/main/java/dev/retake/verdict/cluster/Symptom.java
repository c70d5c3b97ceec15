package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.Change;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import org.jspecify.annotations.Nullable;

/**
 * A difference of one exchange that nothing explains.
 *
 * @param step position of the exchange in the run, by which its order is told
 * @param session id of the session
 * @param operation name of the operation
 * @param change the difference
 * @param objection what speaks against an explanation that was tried; empty where the values say it themselves
 */
public record Symptom(int step, String session, String operation, Change change, String objection) {
    private static final int TELLING = 4;
    private static final String RENAMED = "renamed:";

    String place() {
        return operation + " " + change.location();
    }

    /**
     * What happened there, where two things of one kind can happen in one place that have each their own cause: which
     * status there is now, which cookie a header is about. The same in every run.
     */
    public String happening() {
        String said = change.sayable();
        return switch (change.kind()) {
            case STATUS -> text(change.after());
            case HEADER ->
                (change.before() == null ? "new " : change.after() == null ? "gone " : "other ")
                        + (change.location().equals("header:Set-Cookie") ? said : "");
            case TYPE, VALUE, MISSING, ADDED, ORDER, BODY -> "";
        };
    }

    /** Where the value of a field that was renamed is now, null where none was. */
    @Nullable
    String placeOfNewName() {
        String said = change.sayable();
        if (!said.startsWith(RENAMED)) {
            return null;
        }
        String name = said.substring(RENAMED.length()).replace("~", "~0").replace("/", "~1");
        return operation + " "
                + change.location().substring(0, change.location().lastIndexOf('/') + 1) + name;
    }

    /** The last name in the location. */
    String leaf() {
        String[] segments = change.location().split("/");
        for (int i = segments.length - 1; i > 0; i--) {
            if (!segments[i].equals("*")) {
                return segments[i];
            }
        }
        return change.location();
    }

    /** Symptoms of other places with the same text have the same cause; null where nothing so telling is known. */
    @Nullable
    String trace() {
        String before = text(change.before());
        String after = text(change.after());
        return switch (change.kind()) {
            case STATUS -> after.matches("401|403|502|503|504") ? "status " + after : null;
            case HEADER -> change.location() + " " + before + " " + after;
            case VALUE, MISSING, ADDED, TYPE -> {
                String values = leaf() + " " + before + " " + after;
                if (!change.owner().isEmpty()) {
                    yield "owner " + change.owner() + " " + values;
                }
                boolean telling = before.length() > TELLING + 2 || after.length() > TELLING + 2;
                yield telling ? change.location() + " " + values : null;
            }
            case ORDER, BODY -> null;
        };
    }

    private static String text(@Nullable Tree value) {
        return value == null ? "" : JsonText.of(value);
    }
}

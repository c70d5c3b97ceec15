package dev.retake.verdict;

import dev.retake.verdict.Finding.Kind;
import dev.retake.verdict.Finding.Severity;
import dev.retake.verdict.cluster.Symptom;
import dev.retake.verdict.diff.Change;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in plain words what changed and how much that hurts; quotes field names and numbers of HTTP, never values. */
final class Explanation {
    private Explanation() {}

    static Kind kind(Change change) {
        return switch (change.kind()) {
            case STATUS -> Kind.STATUS;
            case HEADER -> Kind.HEADER;
            case VALUE -> Kind.FIELD_CHANGED;
            case MISSING -> Kind.FIELD_MISSING;
            case ADDED -> Kind.FIELD_ADDED;
            case TYPE -> Kind.TYPE_CHANGED;
            case ORDER -> Kind.ORDER;
            case BODY -> Kind.BODY;
        };
    }

    /** The kind of this name, null for a name of a later version. */
    static @Nullable Kind kind(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElse(null);
    }

    static Severity severity(Kind kind, Change change) {
        return switch (kind) {
            case EXPOSURE, TRANSPORT -> Severity.CRITICAL;
            case STATUS -> status(change);
            case HEADER ->
                change.sayable().isEmpty() && !change.location().equals("header:Content-Type")
                        ? Severity.MINOR
                        : Severity.MAJOR;
            case FIELD_ADDED -> change.sayable().startsWith("items:") ? Severity.MAJOR : Severity.MINOR;
            case FIELD_CHANGED, FIELD_MISSING, BODY -> Severity.MAJOR;
            case TYPE_CHANGED ->
                change.before() instanceof Tree.Num && change.after() instanceof Tree.Num
                        ? Severity.MINOR
                        : Severity.MAJOR;
            case ORDER -> change.sayable().isEmpty() ? Severity.INFO : Severity.MAJOR;
            case LATENCY -> Severity.INFO;
        };
    }

    private static Severity status(Change change) {
        int before = number(change.before());
        int after = number(change.after());
        if (after >= 500) {
            return Severity.CRITICAL;
        }
        if (before >= 500) {
            return Severity.MINOR;
        }
        return before / 100 != after / 100 ? Severity.CRITICAL : Severity.MAJOR;
    }

    private static int number(@Nullable Tree value) {
        return value instanceof Tree.Num number ? number.value().intValue() : 0;
    }

    static String sentence(Kind kind, String operation, String location, Symptom symptom) {
        Change change = symptom.change();
        String said = change.sayable();
        String detail = said.substring(said.indexOf(':') + 1);
        String what = switch (kind) {
            case STATUS -> "answers " + number(change.after()) + " instead of " + number(change.before());
            case HEADER -> header(location.substring("header:".length()), change, said, detail);
            case EXPOSURE -> "shows at " + location + " what no response should";
            case FIELD_CHANGED ->
                "has another value at " + location
                        + (said.startsWith("lasts:") ? ": it lasts " + detail : because(symptom));
            case FIELD_MISSING -> missing(location, said, detail);
            case FIELD_ADDED ->
                said.startsWith("items:")
                        ? "lists " + detail.substring(0, detail.indexOf(':')) + " more at " + location
                                + " than was recorded"
                        : "has a new field " + location;
            case TYPE_CHANGED ->
                "has " + type(change.after()) + " instead of " + type(change.before()) + " at " + location;
            case ORDER -> order(location, said, detail);
            case BODY -> body(change, said, symptom);
            case LATENCY, TRANSPORT -> "differs";
        };
        return operation + " " + what + ".";
    }

    private static String because(Symptom symptom) {
        return symptom.objection().isEmpty() ? "" : ": " + symptom.objection();
    }

    private static String header(String name, Change change, String said, String detail) {
        boolean cookie = said.startsWith("cookie:") || said.startsWith("attributes:");
        String which = cookie ? "the cookie " + detail : "the header " + name;
        if (change.after() == null) {
            return "no longer sends " + which;
        }
        if (change.before() == null) {
            return "now sends " + which;
        }
        return said.startsWith("attributes:")
                ? "sets " + which + " with other attributes"
                : "sends " + which + " with another value";
    }

    private static String missing(String location, String said, String detail) {
        if (said.startsWith("renamed:")) {
            return "no longer has " + location + ", whose value is now under '" + detail + "'";
        }
        if (said.startsWith("replaced:")) {
            return "lists other items at " + location + ": " + detail
                    + " that were recorded are gone and others are there";
        }
        if (said.startsWith("items:")) {
            String[] counts = detail.split(":");
            return "no longer lists " + counts[0] + " of " + counts[1] + " items at " + location;
        }
        return "no longer has " + location;
    }

    private static String order(String location, String said, String detail) {
        if (said.equals("columns")) {
            return "has its columns in another order";
        }
        return said.startsWith("sorted:")
                ? "no longer sorts " + location + " by '" + detail + "'"
                : "lists the same items at " + location + " in another order";
    }

    private static String body(Change change, String said, Symptom symptom) {
        if (said.startsWith("unlike:")) {
            return "answers with " + text(change.after()) + " instead of " + text(change.before());
        }
        if (said.equals("bytes")) {
            return "answers with other bytes";
        }
        return "answers with another text" + because(symptom);
    }

    private static String text(@Nullable Tree value) {
        return value instanceof Tree.Text text ? text.value() : value == null ? "nothing" : JsonText.of(value);
    }

    private static String type(@Nullable Tree value) {
        String type = value == null ? "nothing" : value.type();
        boolean vowel = type.startsWith("a") || type.startsWith("o") || type.startsWith("i");
        return type.equals("null") || type.equals("nothing") ? type : (vowel ? "an " : "a ") + type;
    }
}

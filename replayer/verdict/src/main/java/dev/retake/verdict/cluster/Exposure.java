package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.tree.Tree;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a response shows that it did not show when it was recorded and that no response should. */
public final class Exposure {
    private static final Pattern SECRET = Pattern.compile(
            "^\\$2[abxy]?\\$\\d\\d\\$|^\\$argon2|^\\{(?:bcrypt|SSHA|pbkdf2)}|-----BEGIN [A-Z ]*PRIVATE KEY|^pbkdf2[_:]"
                    + "|^AKIA[0-9A-Z]{16}$|^(?:sk|rk)_live_|^gh[pousr]_[A-Za-z0-9]{20}");
    private static final Pattern TRACE = Pattern.compile(
            "\\bat [\\w.$]+\\([\\w]+\\.(?:java|kt|scala|js|ts):\\d+|Traceback \\(most recent call last\\)|\\.py\", line \\d+"
                    + "|goroutine \\d+ \\[|ORA-\\d{5}|SQLSTATE\\[|\\bat .+\\.(?:js|ts|cs):(?:line )?\\d+");
    private static final Pattern MASKED = Pattern.compile("[*•xX#]{3,}");

    private Exposure() {}

    /** Where in the document the change shows such a thing; null where it shows none. */
    public static @Nullable String location(Change change) {
        Tree after = change.after();
        if (after == null) {
            return null;
        }
        Tree before = change.before();
        if (change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MISSING) {
            String name = change.location().substring(change.location().lastIndexOf('/') + 1);
            String below = change.kind() == ChangeKind.ADDED && !name.equals("*") ? secret(name, after) : null;
            return below == null ? null : change.location() + below;
        }
        if (change.kind() == ChangeKind.HEADER) {
            boolean secret = before == null
                    && FieldName.of(change.location().substring("header:".length()))
                            .isSecret();
            return secret ? change.location() : null;
        }
        return revealed(change, before, after) ? change.location() : null;
    }

    private static boolean revealed(Change change, @Nullable Tree before, Tree after) {
        if (!(after instanceof Tree.Text now) || change.kind() == ChangeKind.STATUS) {
            return false;
        }
        String earlier = before instanceof Tree.Text text ? text.value() : "";
        String name = change.location().substring(change.location().lastIndexOf('/') + 1);
        boolean unmasked = MASKED.matcher(earlier).find()
                && !MASKED.matcher(now.value()).find()
                && now.value().chars().anyMatch(Character::isDigit);
        boolean given = before instanceof Tree.Null && FieldName.of(name).isSecret();
        boolean secret =
                SECRET.matcher(now.value()).find() && !SECRET.matcher(earlier).find();
        boolean trace =
                TRACE.matcher(now.value()).find() && !TRACE.matcher(earlier).find();
        return unmasked || given || secret || trace;
    }

    /** The place of a secret below, empty for the value itself, null where there is none. */
    private static @Nullable String secret(String name, Tree value) {
        boolean empty = value instanceof Tree.Null
                || value instanceof Tree.Text text && text.value().isEmpty();
        if (!empty
                && value.isLeaf()
                && !(value instanceof Tree.Bool)
                && FieldName.of(name).isSecret()) {
            return "";
        }
        if (value instanceof Tree.Text text
                && (SECRET.matcher(text.value()).find()
                        || TRACE.matcher(text.value()).find())) {
            return "";
        }
        if (value instanceof Tree.Obj object) {
            for (Map.Entry<String, Tree> field : object.fields().entrySet()) {
                String below = secret(field.getKey(), field.getValue());
                if (below != null) {
                    return "/" + field.getKey().replace("~", "~0").replace("/", "~1") + below;
                }
            }
        }
        if (value instanceof Tree.Arr array) {
            for (Tree item : array.items()) {
                String below = secret("", item);
                if (below != null) {
                    return "/*" + below;
                }
            }
        }
        return null;
    }
}

package dev.retake.verdict.renaming;

import dev.retake.common.exchange.Request;
import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.Frame;
import dev.retake.verdict.shape.Reading.Rename;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers of one session: what the target has in the place of each, which must be one thing for each thing
 * throughout. Not for use by several threads.
 */
public final class SessionNames implements Frame.Identities {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\w.~+=-]+");
    private static final int LONGEST_BODY = 65_536;

    private final Map<String, String> forward = new HashMap<>();
    private final Map<String, String> back = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> bound = new HashMap<>();

    /** Recorded identifiers and what the target has in their place; a view that grows. */
    public Map<String, String> known() {
        return Collections.unmodifiableMap(known);
    }

    /** Those of them that the session's own requests use; a view that grows. */
    public Map<String, String> bound() {
        return Collections.unmodifiableMap(bound);
    }

    /** Learns from what replay put into a request in place of what was recorded. */
    public void learn(Request recorded, Request sent) {
        words(recorded.target(), sent.target());
        byte[] before = recorded.body().bytes();
        byte[] after = sent.body().bytes();
        if (before != after && before.length > 0 && Math.max(before.length, after.length) <= LONGEST_BODY) {
            words(new String(before, StandardCharsets.UTF_8), new String(after, StandardCharsets.UTF_8));
        }
    }

    private void words(String before, String after) {
        if (before.equals(after)) {
            return;
        }
        String[] left = BETWEEN_WORDS.split(before);
        String[] right = BETWEEN_WORDS.split(after);
        if (left.length == right.length) {
            for (int i = 0; i < left.length; i++) {
                if (!left[i].equals(right[i]) && !left[i].isEmpty()) {
                    known.putIfAbsent(left[i], right[i]);
                    bound.putIfAbsent(left[i], right[i]);
                }
            }
        }
    }

    @Override
    public void same(String space, String value) {
        forward.putIfAbsent(key(space, value), value);
        back.putIfAbsent(key(space, value), value);
    }

    /**
     * Takes up the renamings of a change.
     *
     * @return how one of them breaks what the session has shown before, in words; null where none does
     */
    public @Nullable String takeUp(Change change) {
        if (change.reading() == null) {
            return null;
        }
        String broken = null;
        List<Rename> renames = change.reading().renames();
        for (Rename rename : renames) {
            if (rename.needsSupport()) {
                continue;
            }
            if (change.firm()) {
                known.putIfAbsent(rename.before(), rename.after());
            }
            if (change.firm() && rename.strict()) {
                String after = forward.putIfAbsent(key(rename.space(), rename.before()), rename.after());
                String before = back.putIfAbsent(key(rename.space(), rename.after()), rename.before());
                boolean personal = rename.space().startsWith("surrogate ")
                        || rename.space().startsWith("personal ");
                if (after != null && !after.equals(rename.after())) {
                    broken = "an identifier that stays the same in the recorded session changes in the target's";
                } else if (before != null && !before.equals(rename.before()) && !personal) {
                    broken =
                            "two things that have their own identifiers in the recording have one and the same in the target";
                }
            }
        }
        return broken;
    }

    private static String key(String space, String value) {
        return space + "\n" + value;
    }
}

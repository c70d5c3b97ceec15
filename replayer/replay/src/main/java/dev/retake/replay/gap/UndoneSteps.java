package dev.retake.replay.gap;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.credential.Secrets;
import dev.retake.replay.message.RequestSlots;
import dev.retake.verdict.Dependence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one session that were recorded and not done, and what depends on them. For one thread at a time.
 *
 * <p>A step depends on a write that was not done when it is about the same resource: the thing itself, what lies below or
 * above it, or its collection; or when it names, in its request or its answer, what no exchange named before that write: an
 * upload's digest, a file's name, the id of a line in a cart. Things that the session knew before a write to their collection
 * do not come of it.
 */
public final class UndoneSteps {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final List<String> SIGN_IN =
            List.of("login", "signin", "sign-in", "sign_in", "session", "auth", "token", "sso");

    private final List<Exchange> exchanges;
    private final Mentions mentions;
    private final Map<Integer, String> roots = new HashMap<>();
    private final List<Integer> writes = new ArrayList<>();
    private final Set<Integer> failed = new HashSet<>();

    /** Of a session that is about to be played. */
    public UndoneSteps(List<Exchange> exchanges) {
        this.exchanges = List.copyOf(exchanges);
        this.mentions = new Mentions(this.exchanges);
    }

    /** {@code step}, from 0, was not done; {@code how} continues "which ...", as {@code was skipped (body-withheld)}. */
    public void add(int step, String how) {
        addRoot(step, PathTemplate.operation(request(step)) + " " + how);
    }

    /** {@code step} got no answer, so that no one knows whether it was done: what is written later depends on it. */
    public void addFailed(int step) {
        add(step, "failed");
        failed.add(step);
    }

    /** {@code step} was not done since it depends on {@code dependence}. */
    public void add(int step, Dependence dependence) {
        addRoot(step, dependence.on());
    }

    private void addRoot(int step, String root) {
        roots.put(step, root);
        if (!READS.contains(request(step).method())) {
            writes.add(step);
        }
    }

    /** Why {@code step} could not be sent: {@code why} says it, and {@code cause} is the step that it waited for. */
    public Dependence waiting(int cause, String why) {
        String root = roots.get(cause);
        String lacking = PathTemplate.operation(request(cause)) + " was not answered as recorded";
        return new Dependence(root == null ? lacking : root, why, false, false);
    }

    /**
     * What {@code step} depends on that was not done, null where nothing was left out that it depends on.
     *
     * @param status that the target answered
     */
    public @Nullable Dependence of(int step, int status) {
        Response recorded = exchanges.get(step).response();
        boolean otherStatus = recorded != null && recorded.status() != status;
        boolean asksToSignIn = otherStatus && (status == 401 || status == 403 || status / 100 == 3);
        for (int i = writes.size() - 1; i >= 0 && asksToSignIn; i--) {
            if (signsIn(request(writes.get(i)))) {
                return dependence(writes.get(i), false, true);
            }
        }
        for (int i = writes.size() - 1; i >= 0; i--) {
            int write = writes.get(i);
            boolean state = readsWhatWasWritten(step, write)
                    || mentions.answersWith(write, step)
                    || failed.contains(write) && !READS.contains(request(step).method());
            if (state || otherStatus && (mentions.firstMadeBy(write, step) || isUnknownUpload(step, write))) {
                return dependence(write, state, false);
            }
        }
        return null;
    }

    private Dependence dependence(int write, boolean state, boolean signIn) {
        String root = roots.getOrDefault(write, "");
        String why = "It depends on step " + (write + 1) + " (" + PathTemplate.operation(request(write))
                + "), which was not done: " + root + ".";
        return new Dependence(root, why, state, signIn);
    }

    private static boolean signsIn(Request request) {
        String path = request.path().toLowerCase(Locale.ROOT);
        return SIGN_IN.stream().anyMatch(path::contains) || Secrets.logsIn(RequestSlots.of(request));
    }

    private boolean readsWhatWasWritten(int step, int write) {
        Resource written = Resource.of(request(write));
        Resource read = Resource.of(request(step));
        boolean creates = request(write).method().equals("POST");
        if (written.equals(read)) {
            // Two calls of one operation are two calls; what is read there is what was written.
            return !(creates && request(step).method().equals("POST"));
        }
        if (written.segments().isEmpty() || read.segments().isEmpty()) {
            return false;
        }
        if (written.contains(read)) {
            String next = read.segments().get(written.segments().size());
            return !creates || !mentions.knownBefore(write, next);
        }
        if (read.contains(written)) {
            return true;
        }
        return creates && !written.sameKind(read) && written.collection().equals(read.collection());
    }

    /** What was uploaded is not known, and something of that kind that no one named before is not there. */
    private boolean isUnknownUpload(int step, int write) {
        Resource written = Resource.of(request(write));
        Resource read = Resource.of(request(step));
        boolean sameRoot = !written.segments().isEmpty()
                && !read.segments().isEmpty()
                && written.segments().get(0).equals(read.segments().get(0));
        return sameRoot
                && request(write).body().withheld() != null
                && !mentions.knownBefore(
                        step, read.segments().get(read.segments().size() - 1));
    }

    private Request request(int step) {
        return exchanges.get(step).request();
    }
}

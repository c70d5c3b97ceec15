package dev.retake.replay.credential;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps apart "the target refuses our credentials" from "the target refuses what it used to allow". The sanitizer put
 * surrogates in the place of passwords and keys, so an environment with data of its own refuses them; only when some
 * login with a surrogate got through are the refusals differences. Decided when the run ends. Thread-safe.
 */
public final class CredentialDoubt {
    private static final Pattern LOGIN_PAGE =
            Pattern.compile("(?i).*[/_-](?:log-?in|sign-?in|signon|sso|oauth2?|authorize|auth)\\b.*");

    private final List<Refused> refused = new ArrayList<>();
    private boolean accepted;

    /**
     * A step that the target refused.
     *
     * @param session id of its session
     * @param step position in it, from 0
     */
    public record Refused(String session, int step) {}

    /** Whether {@code observed} refuses who asks, where {@code recorded} did not. */
    public static boolean isRefusal(Response recorded, Response observed) {
        if (recorded.status() >= 400) {
            return false;
        }
        boolean sentToLogin = observed.status() >= 300
                && observed.status() < 400
                && LOGIN_PAGE.matcher(location(observed)).matches()
                && !LOGIN_PAGE.matcher(location(recorded)).matches();
        return observed.status() == 401 || observed.status() == 403 || sentToLogin;
    }

    /** A request with a recorded credential was refused. */
    public synchronized void refused(String session, int step) {
        refused.add(new Refused(session, step));
    }

    /** A login with a recorded credential got through. */
    public synchronized void accepted() {
        accepted = true;
    }

    /** Steps that say nothing about the target, since no login got through at all. */
    public synchronized List<Refused> unprovable() {
        return accepted ? List.of() : List.copyOf(refused);
    }

    private static String location(Response response) {
        Headers headers = response.headers();
        String location = headers.first("Location");
        return location == null ? "" : location;
    }
}

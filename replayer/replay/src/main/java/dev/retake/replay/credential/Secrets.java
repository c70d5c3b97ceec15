package dev.retake.replay.credential;

import dev.retake.replay.message.RequestSlots;
import dev.retake.replay.message.Slot;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows which values of a request prove who sends it. */
public final class Secrets {
    private static final Pattern PASSWORD = Pattern.compile(
            "pass(?:word|wd|phrase|code)?|pwd|pw|kennwort|passwort|secret|clientsecret|pin|otp|totp|mfacode|apikey|accesskey"
                    + "|refreshtoken|assertion|credential|.*password|.*passwd");
    private static final Pattern KEY_HEADER =
            Pattern.compile("authorization|.*api-?key|.*auth-?token|.*access-?token|x-token");
    private static final Pattern SESSION_COOKIE =
            Pattern.compile(".*sess.*|.*sid|.*token.*|.*auth.*|jwt|.*remember.*|.*login.*");

    private Secrets() {}

    /** Whether {@code slot} holds a password or its like in a form, a body or a query. */
    static boolean isPassword(Slot slot) {
        boolean named = slot.place() == Slot.Place.BODY || slot.location().startsWith("query:");
        return named && PASSWORD.matcher(normal(slot.name())).matches();
    }

    /** Whether {@code request} logs in: it carries a password, or a name and a password in its header. */
    public static boolean logsIn(RequestSlots request) {
        String authorization = request.request().headers().first("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, "basic ", 0, 6)
                || request.slots().stream().anyMatch(Secrets::isPassword);
    }

    /**
     * Whether {@code request} carries a proof of identity that the target did not hand out.
     *
     * @param handedOut locations of values that it did
     */
    public static boolean carriesOwn(RequestSlots request, Set<String> handedOut) {
        for (Slot slot : request.slots()) {
            boolean proof = isPassword(slot)
                    || slot.place() == Slot.Place.HEADER
                            && (slot.location().startsWith("cookie:") ? SESSION_COOKIE : KEY_HEADER)
                                    .matcher(slot.name().toLowerCase(Locale.ROOT))
                                    .matches();
            if (proof && !handedOut.contains(slot.location())) {
                return true;
            }
        }
        return false;
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}

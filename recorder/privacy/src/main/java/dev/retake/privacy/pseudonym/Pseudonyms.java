package dev.retake.privacy.pseudonym;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retake.common.keys.RootKey;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Gives each scope its {@link Replacement}. Nothing is stored: a surrogate is computed from the root key, the settings
 * and the value, so every process with the same key agrees. Replacements of the sessions or days in use are remembered,
 * since sessions alternate from one exchange to the next and each has keys of its own to derive. Thread-safe.
 */
public final class Pseudonyms {
    /** Values remembered for good, or for a day. */
    private static final int VALUES = 20_000;

    /** Values remembered for a session, which shows the same few. */
    private static final int VALUES_OF_SESSION = 256;

    /** Sessions remembered; one takes at most four tables of 40 KB beside its values. */
    private static final int SESSIONS = 256;

    private static final int DAYS = 2;

    private final RootKey root;
    private final PseudonymSettings settings;
    private final Replacement permanent;
    private final Cache<String, Replacement> scopes;

    private Pseudonyms(RootKey root, PseudonymSettings settings) {
        this.root = root;
        this.settings = settings;
        this.permanent = replacement("", VALUES);
        this.scopes = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(settings.scope() == Scope.SESSION ? SESSIONS : DAYS)
                .build();
    }

    public static Pseudonyms create(RootKey root, PseudonymSettings settings) {
        return new Pseudonyms(root, settings);
    }

    /**
     * The replacement for values of one session at one time.
     *
     * @param session the session's id, as it is recorded
     * @param time of the exchange, for scope {@code day}
     */
    public Replacement in(String session, Instant time) {
        return switch (settings.scope()) {
            case PERMANENT -> permanent;
            case DAY ->
                scopes.get(time.atZone(ZoneOffset.UTC).toLocalDate().toString(), day -> replacement(day, VALUES));
            case SESSION -> scopes.get(session, id -> replacement(id, VALUES_OF_SESSION));
        };
    }

    private Replacement replacement(String scope, int remembered) {
        return new Replacement(new SurrogateKeys(root, settings, scope), remembered);
    }
}

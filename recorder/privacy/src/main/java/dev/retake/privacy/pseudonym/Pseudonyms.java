package dev.retake.privacy.pseudonym;

import dev.retake.common.keys.RootKey;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Gives each scope its {@link Replacement}. Nothing is stored: a surrogate is computed from the root key, the settings
 * and the value, so every process with the same key agrees. Thread-safe.
 */
public final class Pseudonyms {
    private final RootKey root;
    private final PseudonymSettings settings;
    private final Replacement permanent;

    private Pseudonyms(RootKey root, PseudonymSettings settings) {
        this.root = root;
        this.settings = settings;
        this.permanent = new Replacement(new SurrogateKeys(root, settings, ""));
    }

    public static Pseudonyms create(RootKey root, PseudonymSettings settings) {
        return new Pseudonyms(root, settings);
    }

    /**
     * The replacement for values of one session at one time; make it once a session, not once a value.
     *
     * @param session the session's id, as it is recorded
     * @param time of the exchange, for scope {@code day}
     */
    public Replacement in(String session, Instant time) {
        return switch (settings.scope()) {
            case PERMANENT -> permanent;
            case DAY ->
                new Replacement(new SurrogateKeys(
                        root,
                        settings,
                        time.atZone(ZoneOffset.UTC).toLocalDate().toString()));
            case SESSION -> new Replacement(new SurrogateKeys(root, settings, session));
        };
    }
}

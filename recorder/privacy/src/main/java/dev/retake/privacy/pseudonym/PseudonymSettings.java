package dev.retake.privacy.pseudonym;

import dev.retake.common.config.Config;

/**
 * How surrogates are derived, beside the root key.
 *
 * @param tenant whose data it is; the same value has other surrogates for another tenant
 * @param scope for how long a value keeps its surrogate
 * @param epoch raised to give every value a new surrogate from then on
 */
public record PseudonymSettings(String tenant, Scope scope, int epoch) {
    /** All defaults. */
    public static final PseudonymSettings DEFAULTS = from(Config.defaults());

    public static PseudonymSettings from(Config config) {
        return new PseudonymSettings(
                config.get(PseudonymKeys.TENANT), config.get(PseudonymKeys.SCOPE), config.get(PseudonymKeys.EPOCH));
    }
}

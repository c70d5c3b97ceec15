package dev.retake.privacy.rule;

import java.util.Locale;

/** What becomes of a value that a rule or a detector found. */
public enum Action {
    /** Left as it is; detectors do not look at it either. */
    KEEP,
    /** Taken out, with its field. */
    DROP,
    /** Replaced by a constant of its type. */
    REDACT,
    /** Replaced by a keyed hash in hexadecimal; equal values stay equal, nothing else is kept. */
    HASH,
    /** Replaced by a surrogate of its class. */
    PSEUDONYMIZE,
    /** Made coarser: a date to its year, coordinates to a tenth of a degree, an address to its network. */
    GENERALIZE,
    /** A date or time moved by the offset of its scope, so that intervals and order hold. */
    SHIFT;

    /** The action with this name in lower case. */
    static Action ofLabel(String label) {
        for (Action candidate : values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no action " + label);
    }
}

package dev.retake.privacy.pseudonym;

/** For how long a value keeps its surrogate. */
public enum Scope {
    /** Within one session: nothing links two sessions of one person. */
    SESSION,
    /** Within one day (UTC). */
    DAY,
    /** For good: as long as the root key and the epoch stay. */
    PERMANENT
}

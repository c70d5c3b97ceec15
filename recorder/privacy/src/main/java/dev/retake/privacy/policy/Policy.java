package dev.retake.privacy.policy;

/** What becomes of a value that no rule and no detector touches. Rules and detectors go first under each. */
public enum Policy {
    /** It stays. */
    DETECT,
    /** It stays once enough sessions have had it; until then one of its shape takes its place. */
    CROWD,
    /** One of its shape takes its place, unless a rule or an {@code allow} entry says that it stays. */
    DENY
}

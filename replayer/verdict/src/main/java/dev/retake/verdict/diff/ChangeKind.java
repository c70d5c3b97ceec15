package dev.retake.verdict.diff;

/** What kind of difference there is between two responses. */
public enum ChangeKind {
    STATUS,
    HEADER,
    VALUE,
    MISSING,
    ADDED,
    TYPE,
    ORDER,
    BODY
}

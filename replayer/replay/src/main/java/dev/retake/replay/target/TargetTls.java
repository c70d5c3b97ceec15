package dev.retake.replay.target;

/**
 * How an https target is verified.
 *
 * @param verify whether its certificate must be valid for its name
 * @param caFile PEM file of authorities; empty for the Java runtime's own
 */
public record TargetTls(boolean verify, String caFile) {}

package dev.retake.common.exchange;

/**
 * An interim response (RFC 9110 §15.2), such as 103 Early Hints.
 *
 * @param status 100 to 199, never 101
 * @param headers fields in order of arrival
 */
public record Informational(int status, Headers headers) {}

package dev.retake.proxy.capture;

/**
 * What is captured of exchanges. It can only ask for less than the rest gets: whatever is captured is sanitized.
 *
 * @param enabled whether they are captured at all; they count as excluded else
 * @param bodies whether bodies are kept; they count as withheld else
 * @param bodyCap bytes of a body that are kept
 */
public record CapturePolicy(boolean enabled, boolean bodies, long bodyCap) {}

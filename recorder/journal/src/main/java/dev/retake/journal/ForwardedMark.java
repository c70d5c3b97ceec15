package dev.retake.journal;

/**
 * Counts forwarded exchanges at the moment they complete, so that a crash cannot hide those that were on their way to the
 * journal. Thread-safe and wait-free; makes no system call, so that event loops may use it.
 */
public interface ForwardedMark {
    /** Counts {@code exchanges} more. */
    void add(long exchanges);
}

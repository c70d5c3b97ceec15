package dev.retake.verdict;

/** The keyed digest that stands for a body which the recording does not hold whole. Thread-safe. */
@FunctionalInterface
public interface BodyDigest {
    /** Digest of the first {@code length} bytes of {@code body}, by the key of the recording. */
    byte[] of(byte[] body, int length);
}

package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;

/**
 * Takes values with their surrogates, as a vault does, while they are replaced. A sanitizer remembers what it replaced, so
 * a value comes at least once for each sanitizer and day, not each time that it stands somewhere. Implementations are
 * thread-safe, do not throw, and do not keep whoever sanitizes traffic waiting.
 */
public interface ReplacedValues {
    /** Whether values of this class are taken. */
    boolean wants(DataClass dataClass);

    /** Takes a value, which is this object's to wipe. */
    void add(ReplacedValue value);
}

/**
 * What the recorded service itself does not answer twice in the same way; start at
 * {@link dev.retake.verdict.noise.RecordedNoise}.
 */
@NullMarked
package dev.retake.verdict.noise;

import org.jspecify.annotations.NullMarked;

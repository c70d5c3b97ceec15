/**
 * What the target lacks because steps of a session were not done, and which later steps depend on it; start at
 * {@link dev.retake.replay.gap.UndoneSteps}.
 */
@NullMarked
package dev.retake.replay.gap;

import org.jspecify.annotations.NullMarked;

/**
 * What differs between a recorded response and the target's, before anything is explained; start at
 * {@link dev.retake.verdict.diff.ExchangeDiff}.
 */
@NullMarked
package dev.retake.verdict.diff;

import org.jspecify.annotations.NullMarked;

/** What a team has accepted; start at {@link dev.retake.verdict.baseline.Baseline}. */
@NullMarked
package dev.retake.verdict.baseline;

import org.jspecify.annotations.NullMarked;

/**
 * What a replay showed: differences, what explains them, and the findings that are left. Pure: no I/O. Start at
 * {@link dev.retake.verdict.Verdict}.
 */
@NullMarked
package dev.retake.verdict;

import org.jspecify.annotations.NullMarked;

/** Failures that a user sees: one sentence, a stable code, an exit code; start at {@link dev.retake.common.error.RetakeException}. */
@NullMarked
package dev.retake.common.error;

import org.jspecify.annotations.NullMarked;

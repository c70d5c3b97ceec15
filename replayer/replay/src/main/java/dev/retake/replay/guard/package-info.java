/** What keeps production and a suffering target safe; start at {@link dev.retake.replay.guard.TargetGuard}. */
@NullMarked
package dev.retake.replay.guard;

import org.jspecify.annotations.NullMarked;

/** Where recorded sessions come from; start at {@link dev.retake.replay.source.SessionSource}. */
@NullMarked
package dev.retake.replay.source;

import org.jspecify.annotations.NullMarked;

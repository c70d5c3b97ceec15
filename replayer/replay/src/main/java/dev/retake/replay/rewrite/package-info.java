/** How a recorded request is made fit for its target; start at {@link dev.retake.replay.rewrite.RewriteRule}. */
@NullMarked
package dev.retake.replay.rewrite;

import org.jspecify.annotations.NullMarked;

/** Message heads as bytes, split into start line and fields; start at {@link dev.retake.pipeline.head.MessageHead}. */
@NullMarked
package dev.retake.pipeline.head;

import org.jspecify.annotations.NullMarked;

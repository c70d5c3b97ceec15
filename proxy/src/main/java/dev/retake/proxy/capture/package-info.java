/** The tee: copies of what passes, inside the capture budget, without ever waiting. Start at {@link dev.retake.proxy.capture.Tap}. */
@NullMarked
package dev.retake.proxy.capture;

import org.jspecify.annotations.NullMarked;

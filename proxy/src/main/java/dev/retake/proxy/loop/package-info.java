/** What each event loop owns besides its channels: a coarse clock, timeouts, and the measure of its lag. Start at {@link dev.retake.proxy.loop.LoopTicker}. */
@NullMarked
package dev.retake.proxy.loop;

import org.jspecify.annotations.NullMarked;

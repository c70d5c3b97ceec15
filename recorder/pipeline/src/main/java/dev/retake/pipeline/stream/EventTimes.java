package dev.retake.pipeline.stream;

import dev.retake.common.exchange.EventBlock;
import dev.retake.common.exchange.Timings;
import java.util.Arrays;
import java.util.List;

/** Says when each event of an event stream was complete, from when the chunks of its body passed. */
public final class EventTimes {
    private EventTimes() {}

    /**
     * Pairs of (end of an event in {@code body}, nanoseconds since the exchange was accepted), one for each event that is
     * whole. An event has the time of the chunk that completed it, {@link Timings#UNKNOWN} where that is not known.
     *
     * @param chunkTimes pairs of (bytes of {@code body} that had passed, or less than zero where that is not known;
     *     nanoseconds), ascending
     */
    public static long[] of(byte[] body, long[] chunkTimes) {
        List<EventBlock> blocks = EventBlock.of(body);
        long[] times = new long[2 * blocks.size()];
        int length = 0;
        int chunk = 0;
        for (EventBlock block : blocks) {
            if (!block.whole()) {
                break;
            }
            while (chunk < chunkTimes.length && chunkTimes[chunk] < block.complete()) {
                chunk += 2;
            }
            times[length++] = block.end();
            times[length++] = chunk < chunkTimes.length ? chunkTimes[chunk + 1] : Timings.UNKNOWN;
        }
        return Arrays.copyOf(times, length);
    }
}

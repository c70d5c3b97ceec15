package dev.retake.pipeline;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Puts exchanges that come roughly in order into the order in which they were accepted, as far as a bounded window
 * reaches. For one thread.
 */
final class AcceptanceOrder {
    /** What heads and the objects around them take, roughly. */
    private static final int OVERHEAD = 4 * 1024;

    private final long bound;
    private final Consumer<Assembled> sink;
    private final PriorityQueue<Numbered> waiting = new PriorityQueue<>(
            Comparator.<Numbered>comparingLong(n -> n.assembled.timings().acceptedAt())
                    .thenComparingLong(Numbered::number));
    private long number;
    private long bytes;

    /** A window of about {@code bound} bytes in front of {@code sink}. */
    AcceptanceOrder(long bound, Consumer<Assembled> sink) {
        this.bound = bound;
        this.sink = sink;
    }

    private record Numbered(Assembled assembled, long number) {
        long bytes() {
            long response = assembled.response() == null
                    ? 0
                    : assembled.response().body().bytes().length;
            return OVERHEAD + assembled.request().body().bytes().length + response;
        }
    }

    void add(Assembled assembled) {
        Numbered numbered = new Numbered(assembled, number++);
        waiting.add(numbered);
        bytes += numbered.bytes();
        while (bytes > bound) {
            release();
        }
    }

    /** Gives the sink all that waits. */
    void flush() {
        while (!waiting.isEmpty()) {
            release();
        }
    }

    private void release() {
        Numbered first = waiting.remove();
        bytes -= first.bytes();
        sink.accept(first.assembled);
    }
}

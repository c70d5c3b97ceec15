package dev.retake.proxy.capture;

import dev.retake.pipeline.RawBody;
import dev.retake.pipeline.RawExchange;
import dev.retake.proxy.http1.ContentSink;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies one body as it passes. A slice that fills most of its read buffer is kept by reference, and charged with all of
 * that buffer; others are copied together, so that a stream of tiny chunks pins no more than it holds.
 */
final class BodyTee implements ContentSink {
    private static final int KEEP_FROM = 8 * 1024;
    private static final int SMALLEST_TAIL = 512;
    private static final int LARGEST_TAIL = 64 * 1024;

    private final CaptureMemory memory;
    private long cap;
    private @Nullable RawExchange exchange;
    private @Nullable RawBody body;
    private @Nullable ByteBuf tail;
    private long stored;
    private long expected;
    private boolean keeping;
    private boolean lasting;
    private boolean overBudget;
    private byte[] trailers = {};
    private int trailersLength;

    BodyTee(CaptureMemory memory) {
        this.memory = memory;
    }

    /**
     * Starts on a body that may take hours: it is charged to the share of such, and where that is used up the copy ends, and
     * not the capture of the exchange.
     */
    void beginLasting(RawExchange target, RawBody targetBody, CapturePolicy policy) {
        begin(target, targetBody, -1, policy);
        lasting = true;
    }

    /**
     * Starts on a body of which {@code length} bytes are announced, -1 where nobody knows, and of which is kept what
     * {@code policy} says.
     */
    void begin(RawExchange target, RawBody targetBody, long length, CapturePolicy policy) {
        cap = policy.bodyCap();
        exchange = target;
        body = targetBody;
        expected = length;
        stored = 0;
        keeping = policy.bodies();
        if (!keeping) {
            targetBody.withhold();
        }
        lasting = false;
        overBudget = false;
        trailersLength = 0;
    }

    /** Whether the budget did not suffice; what was kept is of no use then. */
    boolean overBudget() {
        return overBudget;
    }

    @Override
    public void content(ByteBuf buffer, int index, int length) {
        if (body == null) {
            return;
        }
        body.passed(length);
        if (!keeping) {
            return;
        }
        int taken = (int) Math.min(length, cap - stored);
        if (taken > 0 && !store(buffer, index, taken)) {
            if (lasting) {
                keeping = false;
                body.truncate();
            } else {
                fail();
            }
            return;
        }
        stored += taken;
        if (taken < length) {
            keeping = false;
            body.truncate();
        }
    }

    @Override
    public void trailer(byte b) {
        if (exchange == null || overBudget) {
            return;
        }
        if (trailersLength == trailers.length) {
            int larger = Math.max(256, 2 * trailersLength);
            if (!exchange.tryCharge(larger - trailersLength)) {
                fail();
                return;
            }
            trailers = Arrays.copyOf(trailers, larger);
        }
        trailers[trailersLength++] = b;
    }

    /** Ends the body; gives its trailer lines, null where there were none. */
    byte @Nullable [] end() {
        keepTail();
        byte[] lines = trailersLength == 0 ? null : Arrays.copyOf(trailers, trailersLength);
        clear();
        return lines;
    }

    /** Lets go without ending. */
    void clear() {
        if (tail != null) {
            tail.release();
            tail = null;
        }
        exchange = null;
        body = null;
        keeping = false;
        trailers = new byte[0];
        trailersLength = 0;
    }

    private boolean store(ByteBuf buffer, int index, int length) {
        if (length >= KEEP_FROM && length >= buffer.capacity() / 2) {
            if (!charge(buffer.capacity())) {
                return false;
            }
            keepTail();
            body().keep(buffer.retainedSlice(index, length));
            return true;
        }
        int at = index;
        int left = length;
        while (left > 0) {
            if (tail == null && !newTail(left)) {
                return false;
            }
            ByteBuf into = tail();
            int part = Math.min(left, into.writableBytes());
            into.writeBytes(buffer, at, part);
            at += part;
            left -= part;
            if (!into.isWritable()) {
                keepTail();
            }
        }
        return true;
    }

    private boolean newTail(int needed) {
        long rest = expected < 0 ? Math.max(needed, stored) : expected - stored;
        int capacity = (int) Math.max(needed, Math.min(Math.min(rest, cap - stored), LARGEST_TAIL));
        if (expected < 0) {
            capacity = (int) Math.max(capacity, Math.min(SMALLEST_TAIL, cap - stored));
        }
        if (!charge(capacity)) {
            return false;
        }
        tail = memory.room(capacity);
        return tail != null;
    }

    private void keepTail() {
        if (tail != null) {
            body().keep(tail);
            tail = null;
        }
    }

    private void fail() {
        overBudget = true;
        keeping = false;
        if (tail != null) {
            tail.release();
            tail = null;
        }
    }

    private boolean charge(long bytes) {
        return exchange != null && (lasting ? exchange.tryChargeLasting(bytes) : exchange.tryCharge(bytes));
    }

    private RawBody body() {
        return Objects.requireNonNull(body);
    }

    private ByteBuf tail() {
        return Objects.requireNonNull(tail);
    }
}

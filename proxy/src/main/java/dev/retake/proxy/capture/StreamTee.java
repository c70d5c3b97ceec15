package dev.retake.proxy.capture;

import dev.retake.common.exchange.Messages;
import dev.retake.pipeline.RawStream;
import dev.retake.proxy.loop.LoopTicker;
import io.netty.buffer.ByteBuf;

/**
 * Copies what both peers send after an upgrade, unread, up to a cap; what it cannot hold it lets pass, and the copy ends
 * there. Nothing here depends on what the bytes are: frames are found in them by the recorder.
 */
final class StreamTee {
    private final RawStream stream;
    private final LoopTicker ticker;
    private final long cap;
    private final long since;

    /** A tee into {@code stream} of at most {@code cap} bytes; {@code since} is when the exchange was accepted. */
    StreamTee(RawStream stream, LoopTicker ticker, long cap, long since) {
        this.stream = stream;
        this.ticker = ticker;
        this.cap = cap;
        this.since = since;
    }

    /** Bytes pass; the reader index of {@code buffer} stays. */
    void passed(boolean fromServer, ByteBuf buffer, int index, int length) {
        stream.passed(fromServer, length);
        if (stream.cut() != null || length == 0) {
            return;
        }
        if (ticker.lagging()) {
            stream.cut(Messages.Cut.LAG);
            return;
        }
        int taken = (int) Math.min(length, cap - stream.kept());
        if (taken > 0 && !store(fromServer, buffer, index, taken)) {
            stream.cut(Messages.Cut.BUDGET);
        } else if (taken < length) {
            stream.cut(Messages.Cut.BYTES);
        }
    }

    private boolean store(boolean fromServer, ByteBuf buffer, int index, int length) {
        if (!stream.begin(fromServer, length, System.nanoTime() - since)) {
            return false;
        }
        int at = index;
        int left = length;
        while (left > 0) {
            int part = stream.reserve(left);
            if (part == 0) {
                return false;
            }
            buffer.getBytes(at, stream.room(), stream.roomFrom(), part);
            stream.wrote(part);
            at += part;
            left -= part;
        }
        return true;
    }
}

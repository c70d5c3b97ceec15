package dev.retake.proxy.capture;

import dev.retake.pipeline.CaptureSink;
import dev.retake.proxy.loop.LoopTicker;

/**
 * What the taps of one event loop share.
 *
 * @param sink where completed exchanges go
 * @param ticker tells the time, and whether the loop lags
 * @param streams what is captured of connections that last
 * @param memory where copies of bodies lie
 */
public record CaptureLoop(CaptureSink sink, LoopTicker ticker, StreamCapture streams, CaptureMemory memory) {
    /** A tap for the client connection numbered {@code connection}. */
    public Tap tap(long connection, String clientAddress) {
        return new Tap(this, connection, clientAddress);
    }
}

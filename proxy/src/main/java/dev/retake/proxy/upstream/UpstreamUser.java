package dev.retake.proxy.upstream;

import io.netty.buffer.ByteBuf;

/** Who uses an upstream connection at a time. All calls come on the event loop that both share. */
public interface UpstreamUser {
    /** Whether its exchange came over HTTP/2, and so may go on over it. */
    boolean overHttp2();

    /** The connection that was asked for is there, and this user's. */
    void connected(UpstreamConnection connection);

    /** There will be no connection. */
    void connectFailed(ConnectFailure failure);

    /** Bytes came; the user owns the buffer. */
    void received(ByteBuf bytes);

    /** For now no more bytes come: what was written because of them should be flushed. */
    void receivedAll();

    /** The upstream will send no more, but may still read; only where half-closing was asked for. */
    void inputEnded();

    /** The connection is closed; {@code failed} where by an error, such as a reset, and not in order. */
    void closed(boolean failed);

    /** The connection takes bytes again, or takes no more for now. */
    void writabilityChanged();
}

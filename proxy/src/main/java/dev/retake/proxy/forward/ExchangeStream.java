package dev.retake.proxy.forward;

/**
 * One stream of a connection that carries many exchanges at once, as the {@link ClientConnection} that serves its one
 * exchange ends it. For the event loop of the connection.
 */
public interface ExchangeStream {
    /** All that there is of the response was written; {@link #cut} where that is no whole response. */
    void end();

    /** The response breaks off: the client must not take it for whole. */
    void cut();

    /** The client does not take what was written: the stream ends at once, with all that waits. */
    void abandon();

    /** Bytes written to it so far, counted as its channel counts what waits. */
    long written();
}

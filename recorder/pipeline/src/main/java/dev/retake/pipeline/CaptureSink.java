package dev.retake.pipeline;

/**
 * Where the proxy hands over what it has seen. Every completed exchange ends in exactly one call of this interface, so
 * that the ledger adds up. All methods may be called from any event loop; none waits, throws, or makes a system call.
 */
public interface CaptureSink {
    /** The budget that every capture draws on before it allocates. */
    CaptureBudget budget();

    /**
     * Takes over a completed exchange, and with it its buffers and its charge on the budget. What cannot be queued is
     * counted as dropped, and its session marked incomplete, by the receiver.
     */
    void completed(RawExchange exchange);

    /**
     * Counts an exchange that was forwarded and whose bytes were not kept. {@code exchange} holds what is known of it,
     * at least the request head where that was seen, so that its session can be marked incomplete.
     */
    void dropped(DropReason reason, RawExchange exchange);

    /** Counts an exchange that is not to be captured: of a trusted replayer, or of a route without capture. */
    void excluded();
}

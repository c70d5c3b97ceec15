package dev.retake.pipeline.session;

/**
 * Whom a request came from.
 *
 * @param address of the peer, without its port
 * @param connection number of its connection, unique for one run
 */
public record Client(String address, long connection) {
    /** Shows no address. */
    @Override
    public String toString() {
        return "Client[connection " + connection + "]";
    }
}

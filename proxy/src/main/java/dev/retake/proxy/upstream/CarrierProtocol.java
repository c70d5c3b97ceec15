package dev.retake.proxy.upstream;

import io.netty.channel.Channel;

/** The protocol of {@link Carrier}s, and when it is spoken. Thread-safe. */
public interface CarrierProtocol {
    /** Its name in ALPN (RFC 7301). */
    String name();

    /** Whether it is spoken with every upstream, and by every user; else with those that TLS agrees on it with. */
    boolean always();

    /** Takes over a connection that is open, and on which nothing was sent yet. */
    void begin(Channel channel, Watcher watcher);

    /** Is told what becomes of a connection; the last call is that of {@link #closed}. */
    interface Watcher {
        /** Exchanges can begin. */
        void ready(Carrier carrier);

        /** The connection is closed. */
        void closed(Carrier carrier);
    }
}

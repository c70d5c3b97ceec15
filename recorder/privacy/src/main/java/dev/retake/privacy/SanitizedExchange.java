package dev.retake.privacy;

import dev.retake.common.exchange.Exchange;

/**
 * An exchange that the {@link Sanitizer} has been through. Only this package makes one, and the journal takes nothing
 * else: that a raw exchange cannot be stored is held by the compiler.
 */
public final class SanitizedExchange {
    private final Exchange exchange;

    SanitizedExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The sanitized content. */
    public Exchange exchange() {
        return exchange;
    }
}

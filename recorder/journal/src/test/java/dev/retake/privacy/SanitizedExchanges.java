package dev.retake.privacy;

import dev.retake.common.exchange.Exchange;

/** Lets tests of the journal store content that they made up themselves, and that no sanitizer has to see. */
public final class SanitizedExchanges {
    private SanitizedExchanges() {}

    public static SanitizedExchange of(Exchange exchange) {
        return new SanitizedExchange(exchange);
    }
}

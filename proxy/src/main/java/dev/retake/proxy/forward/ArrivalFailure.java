package dev.retake.proxy.forward;

import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;

/**
 * Fired by a handler in front of a {@link ClientConnection} that ends the connection before it could bring a request.
 *
 * @param kind why, as a name in metrics
 */
public record ArrivalFailure(String kind) {
    /** A handshake's failure as a name in metrics. */
    static String ofHandshake(Throwable cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof GeneralSecurityException) {
                return "certificate";
            }
        }
        return cause instanceof ClosedChannelException ? "closed" : "handshake";
    }
}

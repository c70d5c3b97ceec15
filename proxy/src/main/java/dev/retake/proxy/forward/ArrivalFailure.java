package dev.retake.proxy.forward;

/**
 * Fired by a handler in front of a {@link ClientConnection} that ends the connection before it could bring a request.
 *
 * @param kind why, as a name in metrics
 */
public record ArrivalFailure(String kind) {}

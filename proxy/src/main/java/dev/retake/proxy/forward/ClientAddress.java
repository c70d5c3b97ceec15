package dev.retake.proxy.forward;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Fired by a handler in front of a {@link ClientConnection} once it knows who the client is.
 *
 * @param announced the client's address by a trusted proxy's word, null for that of the connection itself
 */
public record ClientAddress(@Nullable InetAddress announced) {}

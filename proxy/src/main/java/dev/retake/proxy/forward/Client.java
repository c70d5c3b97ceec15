package dev.retake.proxy.forward;

import java.net.InetAddress;

/**
 * Who asks, the same for all exchanges of a connection.
 *
 * @param rewriter makes the heads that go to the upstream
 * @param trustedReplayer whether {@code X-Retake-Run} passes
 * @param connection numbers the connection
 * @param address of the client, by its connection or a trusted proxy's word
 */
record Client(RequestRewriter rewriter, boolean trustedReplayer, long connection, InetAddress address) {}

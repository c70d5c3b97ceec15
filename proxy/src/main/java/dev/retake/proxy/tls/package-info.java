/**
 * TLS: certificates from PEM files, taken up anew when they change, and the handlers that stand in front of a client's
 * connection. Start at {@link dev.retake.proxy.tls.ListenerTls}.
 */
@NullMarked
package dev.retake.proxy.tls;

import org.jspecify.annotations.NullMarked;

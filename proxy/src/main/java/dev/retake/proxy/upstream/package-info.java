/** Connections to the upstream: addresses, TLS, connecting, and one pool for each event loop. Start at {@link dev.retake.proxy.upstream.UpstreamPool}. */
@NullMarked
package dev.retake.proxy.upstream;

import org.jspecify.annotations.NullMarked;

/**
 * The sidecar's public face: what it listens on, its settings, and its life from start to drain. Start at
 * {@link dev.retake.proxy.ProxyServer}.
 */
@NullMarked
package dev.retake.proxy;

import org.jspecify.annotations.NullMarked;

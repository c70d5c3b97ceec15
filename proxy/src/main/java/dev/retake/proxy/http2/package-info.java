/**
 * HTTP/2 at both ends of a relay that speaks HTTP/1.1: each stream's frames become the bytes of one exchange, and bytes
 * become frames again. Start at {@link dev.retake.proxy.http2.RequestStream}.
 */
@NullMarked
package dev.retake.proxy.http2;

import org.jspecify.annotations.NullMarked;

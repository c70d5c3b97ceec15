/** HTTP/1.1 as bytes: strict heads, body framing, refusals; no I/O. Start at {@link dev.retake.proxy.http1.HeadParser}. */
@NullMarked
package dev.retake.proxy.http1;

import org.jspecify.annotations.NullMarked;

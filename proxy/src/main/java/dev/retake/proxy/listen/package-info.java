/**
 * Where clients come in: who they are when another proxy stands in front (the PROXY protocol), and the
 * files of Unix sockets. Start at {@link dev.retake.proxy.listen.ProxyHeaderHandler}.
 */
@NullMarked
package dev.retake.proxy.listen;

import org.jspecify.annotations.NullMarked;

/** One client connection and the exchanges on it, relayed byte for byte. Start at {@link dev.retake.proxy.forward.ClientConnection}. */
@NullMarked
package dev.retake.proxy.forward;

import org.jspecify.annotations.NullMarked;

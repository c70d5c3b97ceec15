/** How a replayed session proves who it is; start at {@link dev.retake.replay.credential.CredentialBook}. */
@NullMarked
package dev.retake.replay.credential;

import org.jspecify.annotations.NullMarked;

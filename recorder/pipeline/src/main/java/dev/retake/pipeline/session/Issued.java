package dev.retake.pipeline.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response issued.
 *
 * @param keys identities that later requests may carry
 * @param subject whom they are for, null where nothing says so
 */
record Issued(List<IdentityKey> keys, @Nullable Subject subject) {
    /** Nothing. */
    static final Issued NOTHING = new Issued(List.of(), null);
}

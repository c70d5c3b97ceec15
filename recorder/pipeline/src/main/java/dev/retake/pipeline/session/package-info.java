/**
 * Which session an exchange belongs to: identities in requests, identities that responses issue, and the sessions that are
 * open. Start at {@link dev.retake.pipeline.session.SessionTracker}.
 */
@NullMarked
package dev.retake.pipeline.session;

import org.jspecify.annotations.NullMarked;

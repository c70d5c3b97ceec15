package dev.retake.pipeline.session;

import org.jspecify.annotations.Nullable;

/**
 * Where an exchange belongs.
 *
 * @param session id of its session
 * @param sequence its position there, from 1
 * @param identity surrogate of the session's subject, null where it is anonymous
 */
public record Placement(
        String session, int sequence, @Nullable String identity) {}

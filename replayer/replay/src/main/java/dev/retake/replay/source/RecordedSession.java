package dev.retake.replay.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session before its exchanges are read.
 *
 * @param id unique in its source
 * @param identity surrogate of its subject, null where it is anonymous
 * @param started when its first exchange began
 * @param complete whether no exchange of it was lost
 */
public record RecordedSession(String id, @Nullable String identity, Instant started, boolean complete) {}

package dev.retake.pipeline.session;

import java.time.Instant;

/** How the name of a subject is replaced, so that it reads as it does in the sanitized exchanges. */
@FunctionalInterface
public interface SubjectSurrogate {
    /** The surrogate of {@code name}, which an exchange of {@code session} named at {@code time}. */
    String of(String name, String session, Instant time);
}

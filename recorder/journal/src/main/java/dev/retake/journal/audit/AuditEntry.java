package dev.retake.journal.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done, or tried, and by whom.
 *
 * @param number from 1
 * @param verb as {@code reveal}
 * @param user the system's name of the user
 * @param reason in the user's words
 * @param subject keyed hash of what was asked for, hexadecimal; empty where the verb has none
 * @param surrogate what was asked for, where it is known to be a surrogate; else null, since it may be anything
 * @param outcome as {@code revealed}
 */
public record AuditEntry(
        long number,
        Instant time,
        String verb,
        String user,
        String reason,
        String subject,
        @Nullable String surrogate,
        String outcome) {}

package dev.retake.journal.vault;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a vault without its key.
 *
 * @param mappings one for each value, day and writer
 * @param writers openings that wrote, counted anew each day
 * @param bytes of its files
 * @param oldest first day with mappings, null where there are none
 * @param newest last day with mappings, null where there are none
 */
public record VaultStats(
        long mappings,
        long writers,
        long bytes,
        @Nullable LocalDate oldest,
        @Nullable LocalDate newest) {}

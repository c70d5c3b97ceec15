package dev.retake.pipeline;

import dev.retake.pipeline.har.HarSkip;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the entries of imported files: {@code entries = imported + dropped + sum(skipped)}.
 *
 * @param files files that were read, the last one perhaps in part
 * @param entries entries that were read
 * @param imported entries that are in the journal
 * @param dropped entries that the recorder failed on
 * @param skipped entries that are no exchange, by reason
 * @param sessions sessions that were made of them
 */
public record ImportCounts(
        int files, long entries, long imported, long dropped, Map<HarSkip, Long> skipped, int sessions) {
    public ImportCounts {
        Map<HarSkip, Long> copy = new EnumMap<>(HarSkip.class);
        copy.putAll(skipped);
        skipped = Collections.unmodifiableMap(copy);
    }
}

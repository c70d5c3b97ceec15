package dev.retake.journal;

import java.util.Map;

/**
 * Exchanges that were forwarded and not captured, since the last batch.
 *
 * @param sampledOut left out by sampling
 * @param excluded of trusted replayers
 * @param dropped by reason, as {@code queue}; a reason is of lower-case letters, digits and hyphens
 */
public record LedgerDelta(long sampledOut, long excluded, Map<String, Long> dropped) {
    /** Nothing to count. */
    public static final LedgerDelta NONE = new LedgerDelta(0, 0, Map.of());

    public LedgerDelta {
        dropped = Map.copyOf(dropped);
        dropped.keySet().forEach(LedgerDelta::checkReason);
    }

    /** Whether there is nothing to count. */
    public boolean isEmpty() {
        return sampledOut == 0 && excluded == 0 && dropped.isEmpty();
    }

    private static void checkReason(String reason) {
        boolean valid = !reason.isEmpty()
                && reason.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
        if (!valid) {
            throw new IllegalArgumentException("a reason is of lower-case letters, digits and hyphens");
        }
    }
}

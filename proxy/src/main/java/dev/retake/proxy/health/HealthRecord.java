package dev.retake.proxy.health;

import dev.retake.proxy.upstream.HealthSettings;

/** What the last checks of one address showed. It counts as healthy until enough of them failed in a row. */
final class HealthRecord {
    private final int healthyAfter;
    private final int unhealthyAfter;
    private boolean healthy = true;
    private boolean underWay;
    private int contrary;

    HealthRecord(HealthSettings settings) {
        healthyAfter = settings.healthyAfter();
        unhealthyAfter = settings.unhealthyAfter();
    }

    /** Whether a check may begin; not while one is under way. */
    boolean begins() {
        boolean begins = !underWay;
        underWay = true;
        return begins;
    }

    void ended(boolean up) {
        underWay = false;
        contrary = up == healthy ? 0 : contrary + 1;
        if (contrary >= (healthy ? unhealthyAfter : healthyAfter)) {
            healthy = !healthy;
            contrary = 0;
        }
    }

    boolean healthy() {
        return healthy;
    }
}

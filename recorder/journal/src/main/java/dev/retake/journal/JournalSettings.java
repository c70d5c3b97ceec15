package dev.retake.journal;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.time.Duration;

/**
 * How a journal is written.
 *
 * @param durability when a batch is on the disk for good
 * @param syncInterval under {@link Durability#INTERVAL}, from 1 ms to one minute
 * @param retention how long sessions are kept after their day; zero for ever
 * @param maxBytes size past which the oldest days go; 0 sets no bound
 * @param tenant whose sessions these are; every seal is bound to it
 */
public record JournalSettings(
        Durability durability, Duration syncInterval, Duration retention, long maxBytes, String tenant) {

    /** The tenant where nobody named one. */
    public static final String DEFAULT_TENANT = "default";

    public JournalSettings {
        if (syncInterval.compareTo(Duration.ofMillis(1)) < 0 || syncInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION, "journal.syncInterval must be from 1ms to 1m; change it.");
        }
    }

    /** All defaults. */
    public static JournalSettings defaults() {
        return from(Config.defaults());
    }

    /** What {@code config} says. */
    public static JournalSettings from(Config config) {
        return new JournalSettings(
                config.get(JournalKeys.DURABILITY),
                config.get(JournalKeys.SYNC_INTERVAL),
                config.get(JournalKeys.RETENTION),
                config.get(JournalKeys.MAX_BYTES),
                DEFAULT_TENANT);
    }

    /** The same settings with other durability. */
    public JournalSettings withDurability(Durability other) {
        return new JournalSettings(other, syncInterval, retention, maxBytes, tenant);
    }

    /** The same settings for a writer of old recordings, which must not remove what it has just written. */
    public JournalSettings withoutRetention() {
        return new JournalSettings(durability, syncInterval, Duration.ZERO, 0, tenant);
    }

    /** The same settings for another tenant. */
    public JournalSettings withTenant(String other) {
        return new JournalSettings(durability, syncInterval, retention, maxBytes, other);
    }
}

package dev.retake.journal;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.time.Duration;
import java.util.List;

/** The settings of the journal. */
public final class JournalKeys {
    public static final ConfigKey<Durability> DURABILITY = new ConfigKey<>(
            "journal.durability",
            ConfigType.choice(Durability.class),
            Durability.INTERVAL,
            "When a batch is synced to the disk: before it is reported (batch), at an interval, or never by us (none).");
    public static final ConfigKey<Duration> SYNC_INTERVAL = new ConfigKey<>(
            "journal.syncInterval",
            ConfigType.duration(),
            Duration.ofMillis(100),
            "How long a written batch may stay unsynced under journal.durability: interval.");
    public static final ConfigKey<Duration> RETENTION = new ConfigKey<>(
            "journal.retention",
            ConfigType.duration(),
            Duration.ofDays(30),
            "Whole days of sessions are removed, with their keys, once they are so long ago; 0s keeps them for ever.");
    public static final ConfigKey<Long> MAX_BYTES = new ConfigKey<>(
            "journal.maxBytes",
            ConfigType.size(),
            0L,
            "Past this size the oldest whole days are removed, never the current one; 0B sets no bound.");

    public static final List<ConfigKey<?>> ALL = List.of(DURABILITY, SYNC_INTERVAL, RETENTION, MAX_BYTES);

    private JournalKeys() {}
}

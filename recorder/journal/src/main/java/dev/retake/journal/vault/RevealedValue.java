package dev.retake.journal.vault;

import dev.retake.privacy.detect.DataClass;
import java.time.Instant;

/** An original that stands behind a surrogate. It has no {@code toString}: who shows it does so on purpose. */
public final class RevealedValue {
    private final DataClass dataClass;
    private final String original;
    private final Instant firstSeen;
    private final Instant lastSeen;

    RevealedValue(DataClass dataClass, String original, Instant firstSeen, Instant lastSeen) {
        this.dataClass = dataClass;
        this.original = original;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
    }

    public DataClass dataClass() {
        return dataClass;
    }

    public String original() {
        return original;
    }

    /** Within the retention. */
    public Instant firstSeen() {
        return firstSeen;
    }

    /** The first time on the last day, or when its writer began, since a value is stored once a day. */
    public Instant lastSeen() {
        return lastSeen;
    }

    RevealedValue seen(Instant time) {
        return new RevealedValue(
                dataClass,
                original,
                time.isBefore(firstSeen) ? time : firstSeen,
                time.isAfter(lastSeen) ? time : lastSeen);
    }
}

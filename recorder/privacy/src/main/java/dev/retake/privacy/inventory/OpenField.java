package dev.retake.privacy.inventory;

import dev.retake.privacy.policy.ValueKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A field of an operation with values that no rule and no detector knew, so that the policy decided: how many there were
 * and how many different ones, never which. Not thread-safe.
 */
public final class OpenField {
    private final String operation;
    private final String location;
    private long values;
    private long kept;
    private long firstSeen;
    private long lastSeen;
    private int kinds;
    private final Sketch distinct;
    private final Sketch sessions;
    private final Sketch inSessions;

    /**
     * A field as it was counted.
     *
     * @param operation {@code METHOD /path/{id}} of the sanitized exchange
     * @param location the field on whichever side: {@code query:page}, {@code body:/items/sku}
     * @param kinds one bit for each {@link ValueKind} that was met
     * @param firstSeen microseconds since the epoch
     * @param lastSeen microseconds since the epoch
     * @param distinct of values
     * @param sessions of sessions
     * @param inSessions of pairs of a session and a value
     */
    public OpenField(
            String operation,
            String location,
            long values,
            long kept,
            int kinds,
            long firstSeen,
            long lastSeen,
            Sketch distinct,
            Sketch sessions,
            Sketch inSessions) {
        this.operation = operation;
        this.location = location;
        this.values = values;
        this.kept = kept;
        this.kinds = kinds;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
        this.distinct = distinct;
        this.sessions = sessions;
        this.inSessions = inSessions;
    }

    static OpenField first(String operation, String location, long time) {
        return new OpenField(operation, location, 0, 0, 0, time, time, new Sketch(), new Sketch(), new Sketch());
    }

    void count(long value, ValueKind kind, boolean stays, long session, long time) {
        values++;
        kept += stays ? 1 : 0;
        kinds |= kind.bit();
        firstSeen = Math.min(firstSeen, time);
        lastSeen = Math.max(lastSeen, time);
        distinct.add(value);
        sessions.add(session);
        inSessions.add(session, value);
    }

    void merge(OpenField other) {
        values += other.values;
        kept += other.kept;
        kinds |= other.kinds;
        firstSeen = Math.min(firstSeen, other.firstSeen);
        lastSeen = Math.max(lastSeen, other.lastSeen);
        distinct.merge(other.distinct);
        sessions.merge(other.sessions);
        inSessions.merge(other.inSessions);
    }

    /** A copy under another name; what it counts later is not counted here. */
    OpenField as(String otherOperation, String otherLocation) {
        OpenField copy = first(otherOperation, otherLocation, firstSeen);
        copy.merge(this);
        return copy;
    }

    public String operation() {
        return operation;
    }

    public String location() {
        return location;
    }

    /** How many values it had. */
    public long values() {
        return values;
    }

    /** How many of them stayed. */
    public long kept() {
        return kept;
    }

    /** One bit for each {@link ValueKind} that was met. */
    public int kindBits() {
        return kinds;
    }

    public Set<ValueKind> kinds() {
        return Arrays.stream(ValueKind.values())
                .filter(kind -> (kinds & kind.bit()) != 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ValueKind.class)));
    }

    /** Microseconds since the epoch. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Microseconds since the epoch. */
    public long lastSeen() {
        return lastSeen;
    }

    public Sketch distinct() {
        return distinct;
    }

    public Sketch sessions() {
        return sessions;
    }

    public Sketch inSessions() {
        return inSessions;
    }
}

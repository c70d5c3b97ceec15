package dev.retake.pipeline.session;

import org.jspecify.annotations.Nullable;

/**
 * A session that may still get exchanges, as a view of its slot in {@link OpenSessions}: there are many, and what is kept
 * of each lies in columns. A view is for the call that asked for it; nothing is read through it once the session has ended
 * and another was opened. For one thread.
 */
final class OpenSession {
    private final SessionColumns columns;
    private final int slot;

    OpenSession(SessionColumns columns, int slot) {
        this.columns = columns;
        this.slot = slot;
    }

    int slot() {
        return slot;
    }

    String id() {
        return IdentityKey.hex(columns.ids.high(slot), columns.ids.low(slot));
    }

    /** Microseconds since the epoch. */
    long startedAt() {
        return columns.startedAt[slot];
    }

    /** Surrogate of its subject, null while it is anonymous. */
    @Nullable
    String identity() {
        return columns.subjects.identity(slot);
    }

    void identify(String identity) {
        columns.subjects.identify(slot, identity);
    }

    /** How many exchanges have a place in it; the last one's sequence number. */
    int exchanges() {
        return columns.exchanges[slot];
    }

    /** Gives the next exchange its place, and returns its sequence number. */
    int place() {
        return ++columns.exchanges[slot];
    }

    /** Whether it has an exchange that was not dropped afterwards. */
    boolean isRecorded() {
        return columns.exchanges[slot] > columns.unrecorded[slot];
    }

    /** Notes that an exchange with a place was dropped. */
    void unrecorded() {
        columns.unrecorded[slot]++;
    }

    boolean complete() {
        return !columns.is(slot, SessionColumns.INCOMPLETE);
    }

    void markIncomplete() {
        columns.mark(slot, SessionColumns.INCOMPLETE);
    }

    boolean ended() {
        return columns.is(slot, SessionColumns.ENDED);
    }

    void markEnded() {
        columns.mark(slot, SessionColumns.ENDED);
    }

    /** Whether an identity was issued to it. */
    boolean led() {
        return columns.is(slot, SessionColumns.LED);
    }

    void markLed() {
        columns.mark(slot, SessionColumns.LED);
    }

    /** When its last exchange came, in the tracker's nanoseconds. */
    long lastActive() {
        return columns.lastActive[slot];
    }

    void active(long now) {
        columns.lastActive[slot] = now;
    }

    /** Whether it is not captured until {@link #resumesAt}. */
    boolean stopped() {
        return columns.is(slot, SessionColumns.STOPPED);
    }

    /** In the tracker's nanoseconds. */
    long resumesAt() {
        return columns.resumesAt[slot];
    }

    void stop(long resumesAt) {
        columns.mark(slot, SessionColumns.STOPPED);
        columns.resumesAt[slot] = resumesAt;
    }

    /** Whether it is known whom it is about. */
    boolean hasSubject() {
        return columns.subjects.isKnown(slot);
    }

    /** It is about {@code subject}, unless it is known to be about somebody else. */
    void isNowAbout(SubjectKey subject) {
        columns.subjects.add(slot, subject);
    }

    /** Whether {@code subject} is known to be somebody else than the session is about. */
    boolean isAboutAnother(SubjectKey subject) {
        IdentityKey known = columns.subjects.name(slot, subject.kind());
        return known != null && !known.equals(subject.name());
    }

    /** Whether {@code subject} is known to be whom the session is about. */
    boolean isAbout(SubjectKey subject) {
        return subject.name().equals(columns.subjects.name(slot, subject.kind()));
    }

    /** Whether {@code other} is a view of the same session: views come and go, so references tell nothing. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OpenSession that && slot == that.slot && columns == that.columns;
    }

    @Override
    public int hashCode() {
        return slot;
    }
}

package dev.retake.verdict.renaming;

import dev.retake.verdict.shape.TimeText;

/**
 * When the recording and the run took place, milliseconds since the epoch: a time that a service took from its clock has
 * moved by about as much as lies between them.
 */
public record Clocks(long recordedFrom, long recordedTo, long runFrom, long runTo) {
    private static final long SLACK = 5 * 60_000L;
    private static final long DAY = 86_400_000L;
    private static final long QUARTER = 15 * 60_000L;
    private static final long FARTHEST_ZONE = 14 * 60 * 60_000L;

    /** Whether the difference is what the clocks differ by; dates get the room that days and months of calendars need. */
    boolean explain(TimeText before, TimeText after) {
        long moved = after.millis() - before.millis();
        long room = before.dateOnly() ? 3 * DAY : SLACK;
        return moved >= runFrom - recordedTo - room && moved <= runTo - recordedFrom + room;
    }

    /** Whether the recorded time was taken from the clock and the target's is off its own by whole time zones. */
    boolean offByZone(TimeText before, TimeText after) {
        boolean now = before.millis() >= recordedFrom - SLACK && before.millis() <= recordedTo + SLACK;
        long off = after.millis() < runFrom ? after.millis() - runFrom : Math.max(0, after.millis() - runTo);
        long length = runTo - runFrom;
        long rest = Math.floorMod(off + SLACK / 5, QUARTER);
        return now
                && length < QUARTER / 2
                && Math.abs(off) >= 2 * QUARTER - SLACK
                && Math.abs(off) <= FARTHEST_ZONE
                && rest <= length + 2 * SLACK / 5;
    }

    /** Whether a time is moved by whole quarters of an hour, by no more than zones lie apart. */
    static boolean byZone(long movedMillis) {
        return movedMillis != 0 && movedMillis % QUARTER == 0 && Math.abs(movedMillis) <= FARTHEST_ZONE;
    }
}

package dev.retake.journal.table;

import dev.retake.journal.record.SessionTag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the tables, numbers big-endian. They hold hashes and times, nothing of what passed.
 *
 * <pre>
 * RECORDS   day (i32) session tag (16) sequence (u32)    sealed exchange
 * SESSIONS  started (i64, microseconds) session tag      sealed row
 * INDEX     session tag                                  started
 * LEDGER    name                                         counter
 * META      'o' session tag                              started; while the session is open
 *           'u' hash of the origin (16)                  origin, see {@link Upstreams}
 *           'batch'                                      number of the last batch
 *           'forwarded'                                  forwarded exchanges, as of the last batch
 *           'run'                                        1 while a writer has the journal
 *           'earlier'                                    1 or 2 while sessions of earlier runs are open; 2 where some may
 *                                                        lack an exchange
 * </pre>
 */
public final class Keys {
    public static final int RECORD_BYTES = Integer.BYTES + SessionTag.BYTES + Integer.BYTES;
    public static final int SESSION_BYTES = Long.BYTES + SessionTag.BYTES;
    public static final int OPEN_BYTES = 1 + SessionTag.BYTES;
    public static final int UPSTREAM_BYTES = 1 + SessionTag.BYTES;

    private static final byte OPEN = 'o';
    private static final byte UPSTREAM = 'u';
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Keys() {}

    /** The day, counted from 1970-01-01, of {@code micros} since the epoch. */
    public static int day(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    /** The day that a record's key begins with. */
    public static int day(byte[] recordKey) {
        return ByteBuffer.wrap(recordKey).getInt();
    }

    /** When {@code day} begins, microseconds since the epoch. */
    public static long startOfDay(int day) {
        return day * MICROS_PER_DAY;
    }

    /** The key of one exchange. */
    public static byte[] record(int day, SessionTag session, int sequence) {
        ByteBuffer key = ByteBuffer.allocate(RECORD_BYTES).putInt(day);
        session.put(key);
        return key.putInt(sequence).array();
    }

    /** What the keys of a session's records begin with. */
    public static byte[] records(int day, SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + SessionTag.BYTES).putInt(day);
        session.put(key);
        return key.array();
    }

    /** What comes before the keys of all records of {@code day}, and after those of the day before. */
    public static byte[] recordsFrom(int day) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(day).array();
    }

    /** The key of a session's row. */
    public static byte[] session(long startedAt, SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(SESSION_BYTES).putLong(startedAt);
        session.put(key);
        return key.array();
    }

    /** What comes before the keys of all sessions that began at {@code startedAt} or later. */
    public static byte[] sessionsFrom(long startedAt) {
        return number(startedAt);
    }

    /** The key that leads from a session to its start. */
    public static byte[] index(SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(SessionTag.BYTES);
        session.put(key);
        return key.array();
    }

    /** The key that is there while a session is open. */
    public static byte[] open(SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(1 + SessionTag.BYTES).put(OPEN);
        session.put(key);
        return key.array();
    }

    /** The key of an upstream. */
    public static byte[] upstream(String origin) {
        SessionTag hash = SessionTag.of(origin);
        ByteBuffer key = ByteBuffer.allocate(1 + SessionTag.BYTES).put(UPSTREAM);
        hash.put(key);
        return key.array();
    }

    /** A number as it stands in keys and values, big-endian. */
    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** The number in {@code value}, 0 where there is none. */
    public static long numberOrZero(byte @Nullable [] value) {
        return value == null || value.length < Long.BYTES ? 0 : number(value, 0);
    }

    /** The number at {@code offset}. */
    public static long number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes, offset, Long.BYTES).getLong();
    }

    /** What the keys of open sessions begin with. */
    public static byte[] openSessions() {
        return new byte[] {OPEN};
    }

    /** What the keys of upstreams begin with. */
    public static byte[] upstreams() {
        return new byte[] {UPSTREAM};
    }

    /** The key of the last batch's number. */
    public static byte[] batch() {
        return "batch".getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of the count of forwarded exchanges. */
    public static byte[] forwarded() {
        return "forwarded".getBytes(StandardCharsets.US_ASCII);
    }

    /** The key that is not 0 while a writer has the journal. */
    public static byte[] run() {
        return "run".getBytes(StandardCharsets.US_ASCII);
    }

    /** The key that is not 0 while sessions are to be closed that an earlier run left open. */
    public static byte[] earlier() {
        return "earlier".getBytes(StandardCharsets.US_ASCII);
    }
}

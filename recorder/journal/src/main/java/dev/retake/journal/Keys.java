package dev.retake.journal;

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
 *           'u' hash of the origin (16)                  sealed origin
 *           'batch'                                      number of the last batch
 *           'forwarded'                                  forwarded exchanges, as of the last batch
 *           'run'                                        1 while a writer has the journal
 * </pre>
 */
final class Keys {
    static final int RECORD_BYTES = Integer.BYTES + SessionTag.BYTES + Integer.BYTES;
    static final int SESSION_BYTES = Long.BYTES + SessionTag.BYTES;
    static final byte[] BATCH = "batch".getBytes(StandardCharsets.US_ASCII);
    static final byte[] FORWARDED = "forwarded".getBytes(StandardCharsets.US_ASCII);
    static final byte[] RUN = "run".getBytes(StandardCharsets.US_ASCII);
    static final byte[] OPEN_SESSIONS = {'o'};
    static final int OPEN_BYTES = 1 + SessionTag.BYTES;
    static final byte[] UPSTREAMS = {'u'};
    static final int UPSTREAM_BYTES = 1 + SessionTag.BYTES;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Keys() {}

    static int day(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    static long startOfDay(int day) {
        return day * MICROS_PER_DAY;
    }

    static byte[] record(int day, SessionTag session, int sequence) {
        ByteBuffer key = ByteBuffer.allocate(RECORD_BYTES).putInt(day);
        session.put(key);
        return key.putInt(sequence).array();
    }

    /** What the keys of a session's records begin with. */
    static byte[] records(int day, SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + SessionTag.BYTES).putInt(day);
        session.put(key);
        return key.array();
    }

    static byte[] recordsFrom(int day) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(day).array();
    }

    static byte[] session(long startedAt, SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(SESSION_BYTES).putLong(startedAt);
        session.put(key);
        return key.array();
    }

    static byte[] sessionsFrom(long startedAt) {
        return number(startedAt);
    }

    static byte[] index(SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(SessionTag.BYTES);
        session.put(key);
        return key.array();
    }

    static byte[] open(SessionTag session) {
        ByteBuffer key = ByteBuffer.allocate(1 + SessionTag.BYTES).put(OPEN_SESSIONS);
        session.put(key);
        return key.array();
    }

    static byte[] upstream(String origin) {
        SessionTag hash = SessionTag.of(origin);
        ByteBuffer key = ByteBuffer.allocate(1 + SessionTag.BYTES).put(UPSTREAMS);
        hash.put(key);
        return key.array();
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long numberOrZero(byte @Nullable [] value) {
        return value == null || value.length < Long.BYTES ? 0 : number(value, 0);
    }

    static long number(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes, offset, Long.BYTES).getLong();
    }
}

package dev.retake.privacy.value;

import dev.retake.common.slot.BlockChains;
import dev.retake.common.slot.KeySlots;
import dev.retake.common.slot.LruList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What sessions gave away about whom they belong to, so that a user name that was typed at a login is known on every later
 * page, and an id has one surrogate in all exchanges of its session, whatever their fields are called. The sessions that
 * were not seen for longest are forgotten. Packed into bytes, since it outlives what the collector clears away cheaply. Not
 * thread-safe; shows no value.
 *
 * <pre>
 * record := session lesson ...
 * lesson := value surrogate
 * session, value, surrogate := length:u16 bytes
 * </pre>
 */
public final class SessionLessons {
    private static final int MOST_OF_ONE = 64;
    private static final int BLOCK_BYTES = 64;

    private final int most;
    private final KeySlots keys = new KeySlots();
    private final LruList order = new LruList();
    private final BlockChains chains = new BlockChains(BLOCK_BYTES);

    /** By the slot of a session: the first block of its record, and how many lessons it holds. */
    private int[] records = {};

    private int[] counts = {};
    private ByteBuffer record = ByteBuffer.allocate(4 * BLOCK_BYTES);
    private int known;

    /** @param most lessons of all sessions together, about 100 bytes each */
    public SessionLessons(int most) {
        this.most = most;
    }

    /** What is known of {@code session}. */
    public Lessons of(String session) {
        byte[] id = session.getBytes(StandardCharsets.UTF_8);
        int slot = keys.find(hash(id, 31), hash(id, 131));
        if (slot == KeySlots.NONE) {
            return Lessons.NONE;
        }
        byte[] read = chains.read(records[slot], record.array());
        if (read != record.array()) {
            record = ByteBuffer.wrap(read);
        }
        record.clear();
        if (!Arrays.equals(bytes(), id)) {
            return Lessons.NONE; // another one's with the same hash
        }
        order.touch(slot);
        List<Lesson> lessons = new ArrayList<>(counts[slot]);
        for (int i = 0; i < counts[slot]; i++) {
            lessons.add(new Lesson(bytes(), bytes(), true));
        }
        return new Lessons(lessons);
    }

    /**
     * Keeps what {@code learnt} has for longer than its exchange.
     *
     * @param before what is known of {@code session} so far
     */
    public void add(String session, Lessons before, Lessons learnt) {
        Lessons after = before.with(learnt, MOST_OF_ONE);
        if (after == before) {
            return;
        }
        byte[] id = session.getBytes(StandardCharsets.UTF_8);
        long high = hash(id, 31);
        long low = hash(id, 131);
        int slot = keys.find(high, low);
        if (slot == KeySlots.NONE) {
            slot = keys.add(high, low);
            if (records.length < keys.capacity()) {
                records = Arrays.copyOf(records, keys.capacity());
                counts = Arrays.copyOf(counts, keys.capacity());
            }
            order.add(slot);
        } else {
            chains.remove(records[slot]);
            known -= counts[slot];
            order.touch(slot);
        }
        write(id, after);
        records[slot] = chains.add(record.array(), record.position());
        counts[slot] = after.size();
        known += after.size();
        while (known > most && keys.size() > 1) {
            forget(order.first());
        }
    }

    private void forget(int slot) {
        known -= counts[slot];
        chains.remove(records[slot]);
        order.remove(slot);
        keys.remove(slot);
    }

    private void write(byte[] id, Lessons lessons) {
        int length = Character.BYTES + id.length;
        for (Lesson lesson : lessons.all()) {
            length += 2 * Character.BYTES + lesson.value().length + lesson.surrogate().length;
        }
        if (record.capacity() < length) {
            record = ByteBuffer.allocate(2 * length);
        }
        record.clear();
        put(id);
        for (Lesson lesson : lessons.all()) {
            put(lesson.value());
            put(lesson.surrogate());
        }
    }

    private void put(byte[] bytes) {
        record.putChar((char) bytes.length).put(bytes);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[record.getChar()];
        record.get(bytes);
        return bytes;
    }

    /** Half of a key; ids of sessions are keyed hashes mostly, and what is found is compared. */
    private static long hash(byte[] id, long factor) {
        long hash = id.length;
        for (byte b : id) {
            hash = hash * factor + b;
        }
        hash *= 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 32;
    }
}

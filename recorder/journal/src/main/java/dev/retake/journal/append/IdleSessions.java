package dev.retake.journal.append;

import dev.retake.common.keys.Aead;
import dev.retake.common.slot.BlockChains;
import dev.retake.common.slot.KeySlots;
import dev.retake.common.slot.LruList;
import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.record.RecordInput;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.RecordOutput;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.table.Operations;
import dev.retake.journal.table.SessionTally;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that no batch has been about lately, packed into bytes: there are many, and as objects they would be most of
 * what the collector has to walk. Their rows are written. Bounded: past the bound those packed longest ago are forgotten.
 * For one thread.
 *
 * <pre>
 * record := tally ({@link SessionTally#write}) number:varint key:bytes
 * </pre>
 */
final class IdleSessions {
    private static final int BOUND = 50_000;

    /** Two blocks hold what most sessions take. */
    private static final int BLOCK_BYTES = 64;

    private final Operations operations;
    private final KeySlots tags = new KeySlots();
    private final LruList order = new LruList();
    private final BlockChains chains = new BlockChains(BLOCK_BYTES);
    private final RecordOutput out = new RecordOutput();
    private byte[] read = new byte[2 * BLOCK_BYTES];

    /** By the slot of a session: the first block of its record, and the period of its key. */
    private int[] records = {};

    private int[] days = {};

    /** What sessions of one journal have in common. */
    private byte[] tenantTag = {};

    IdleSessions(Operations operations) {
        this.operations = operations;
    }

    int size() {
        return tags.size();
    }

    /** Packs {@code session}, which is not here. */
    void add(OpenSession session) {
        if (tags.size() == BOUND) {
            remove(order.first());
        }
        RecordKey key = session.key();
        tenantTag = key.tenantTag();
        out.reset();
        session.tally().write(out, operations);
        out.varint(key.number());
        out.bytes(key.aead().key());
        int slot = tags.add(session.tag().high(), session.tag().low());
        if (records.length < tags.capacity()) {
            records = Arrays.copyOf(records, tags.capacity());
            days = Arrays.copyOf(days, tags.capacity());
        }
        records[slot] = chains.add(out.array(), out.length());
        days[slot] = key.day();
        order.add(slot);
    }

    /** Unpacks a session, which is no longer here then; null where it is not here. */
    @Nullable
    OpenSession take(SessionTag tag) {
        int slot = tags.find(tag.high(), tag.low());
        return slot == KeySlots.NONE ? null : take(slot);
    }

    /** Unpacks the session that was packed longest ago; there must be one. */
    OpenSession takeEldest() {
        return take(order.first());
    }

    void clear() {
        tags.clear();
        order.clear();
        chains.clear();
    }

    /** The periods of their keys. */
    Set<Integer> days() {
        Set<Integer> found = new TreeSet<>();
        for (int slot = order.first(); slot != KeySlots.NONE; slot = order.next(slot)) {
            found.add(days[slot]);
        }
        return found;
    }

    private OpenSession take(int slot) {
        SessionTag tag = new SessionTag(tags.high(slot), tags.low(slot));
        read = chains.read(records[slot], read);
        RecordInput in = new RecordInput(read);
        try {
            SessionTally tally = SessionTally.read(in, operations);
            RecordKey key = new RecordKey(days[slot], in.integer(), new Aead(in.bytes()), tenantTag);
            remove(slot);
            return new OpenSession(tag, tally, key, false);
        } catch (UnreadableException e) {
            throw new IllegalStateException("what was packed must be readable", e);
        }
    }

    private void remove(int slot) {
        chains.remove(records[slot]);
        order.remove(slot);
        tags.remove(slot);
    }
}

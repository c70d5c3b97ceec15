package dev.retake.pipeline.session;

import dev.retake.common.slot.BlockChains;
import dev.retake.common.slot.KeySlots;
import dev.retake.journal.record.RecordInput;
import dev.retake.journal.record.RecordOutput;
import dev.retake.journal.record.UnreadableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom sessions are about, by slot: the surrogate that is their identity, and the keys of the subjects that they are known
 * by. For one thread.
 *
 * <pre>
 * record := identity:optional text count:varint (kind:fixed64 x 2 name:fixed64 x 2) ...
 * </pre>
 */
final class SessionSubjects {
    /** Enough for the identity of a session whose subject has no name. */
    private static final int BLOCK_BYTES = 32;

    private final BlockChains chains = new BlockChains(BLOCK_BYTES);
    private final RecordOutput out = new RecordOutput();
    private byte[] read = new byte[BLOCK_BYTES];

    /** The first block of a slot's record, {@link KeySlots#NONE} where there is none. */
    private int[] records = {};

    private record Known(@Nullable String identity, List<SubjectKey> subjects) {
        static final Known NOTHING = new Known(null, List.of());
    }

    /** The identity of the session in {@code slot}, null while it has none. */
    @Nullable
    String identity(int slot) {
        if (!has(slot)) {
            return null;
        }
        try {
            return input(slot).optionalText();
        } catch (UnreadableException e) {
            throw unreadable(e);
        }
    }

    void identify(int slot, String identity) {
        write(slot, new Known(identity, known(slot).subjects()));
    }

    boolean isKnown(int slot) {
        return !known(slot).subjects().isEmpty();
    }

    /** The name of the subject in the namespace {@code kind}, null where none is known. */
    @Nullable
    IdentityKey name(int slot, IdentityKey kind) {
        for (SubjectKey subject : known(slot).subjects()) {
            if (subject.kind().equals(kind)) {
                return subject.name();
            }
        }
        return null;
    }

    /** Adds {@code subject}, unless one of its kind is known. */
    void add(int slot, SubjectKey subject) {
        if (name(slot, subject.kind()) == null) {
            Known known = known(slot);
            List<SubjectKey> more = new ArrayList<>(known.subjects());
            more.add(subject);
            write(slot, new Known(known.identity(), more));
        }
    }

    /** Has the session in {@code to}, of which nothing is known, take over what is known of that in {@code from}. */
    void move(int from, int to) {
        if (has(from)) {
            reserve(to);
            records[to] = records[from];
            records[from] = KeySlots.NONE;
        }
    }

    void remove(int slot) {
        if (has(slot)) {
            chains.remove(records[slot]);
            records[slot] = KeySlots.NONE;
        }
    }

    private Known known(int slot) {
        if (!has(slot)) {
            return Known.NOTHING;
        }
        try {
            RecordInput in = input(slot);
            String identity = in.optionalText();
            int count = in.integer();
            List<SubjectKey> subjects = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                subjects.add(new SubjectKey(
                        new IdentityKey(in.fixed64(), in.fixed64()), new IdentityKey(in.fixed64(), in.fixed64())));
            }
            return new Known(identity, subjects);
        } catch (UnreadableException e) {
            throw unreadable(e);
        }
    }

    private void write(int slot, Known known) {
        remove(slot);
        out.reset();
        out.optionalText(known.identity());
        out.varint(known.subjects().size());
        for (SubjectKey subject : known.subjects()) {
            out.fixed64(subject.kind().high());
            out.fixed64(subject.kind().low());
            out.fixed64(subject.name().high());
            out.fixed64(subject.name().low());
        }
        reserve(slot);
        records[slot] = chains.add(out.array(), out.length());
    }

    private RecordInput input(int slot) {
        read = chains.read(records[slot], read);
        return new RecordInput(read);
    }

    private boolean has(int slot) {
        return slot < records.length && records[slot] != KeySlots.NONE;
    }

    private void reserve(int slot) {
        int length = records.length;
        if (slot >= length) {
            records = Arrays.copyOf(records, Math.max(2 * length, slot + 1));
            Arrays.fill(records, length, records.length, KeySlots.NONE);
        }
    }

    private static IllegalStateException unreadable(UnreadableException cause) {
        return new IllegalStateException("what was written here must be readable", cause);
    }
}

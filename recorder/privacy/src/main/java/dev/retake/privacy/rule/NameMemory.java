package dev.retake.privacy.rule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what names resolved to, keyed by their bytes. A fixed number of slots, each holding the last name that fell
 * on it: bounded whatever names traffic invents, without locks, and a lost entry costs only a second resolution.
 */
final class NameMemory {
    private static final int SLOTS = 1 << 13;

    /** The end of a longer name says as much. */
    private static final int NAME_BYTES = 96;

    private static final class Entry {
        final byte[] name;
        final ResolvedName resolved;

        Entry(byte[] name, ResolvedName resolved) {
            this.name = name;
            this.resolved = resolved;
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    ResolvedName resolve(byte[] text, int from, int to, Lexicon lexicon) {
        int start = Math.max(from, to - NAME_BYTES);
        int hash = 1;
        for (int i = start; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash * 0x9E3779B1) >>> 19;
        Entry entry = slots.get(slot);
        if (entry != null && Arrays.equals(entry.name, 0, entry.name.length, text, start, to)) {
            return entry.resolved;
        }
        byte[] name = Arrays.copyOfRange(text, start, to);
        ResolvedName resolved = lexicon.resolve(new String(name, StandardCharsets.UTF_8));
        slots.set(slot, new Entry(name, resolved));
        return resolved;
    }
}

package dev.retake.common.slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many short records of different lengths in pages of blocks of one size: a record is a chain of blocks, so that room is
 * never lost to gaps. Pages are never given back. Not thread-safe.
 */
public final class BlockChains {
    private static final int PAGE_BLOCKS = 1 << 10;

    private final int blockBytes;
    private final List<byte[]> pages = new ArrayList<>();

    /** The block that follows in its chain, {@link KeySlots#NONE} after the last; of a free block, the next free one. */
    private int[] next = {};

    private int free = KeySlots.NONE;

    /** Blocks that were ever given away. */
    private int used;

    /** @param blockBytes bytes of a block, about the length of most records */
    public BlockChains(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /**
     * Keeps a copy of the first {@code length} bytes of {@code record}, at least one.
     *
     * @return the number of the first block, by which the record is found again
     */
    public int add(byte[] record, int length) {
        int first = take();
        int block = first;
        int at = 0;
        while (true) {
            int part = Math.min(blockBytes, length - at);
            System.arraycopy(record, at, page(block), offset(block), part);
            at += part;
            if (at == length) {
                next[block] = KeySlots.NONE;
                return first;
            }
            int following = take();
            next[block] = following;
            block = following;
        }
    }

    /**
     * Copies the record that begins at block {@code first} into {@code target}, with what follows it in its last block.
     *
     * @return {@code target}, or a longer array where it is too short
     */
    public byte[] read(int first, byte[] target) {
        byte[] record = target;
        int at = 0;
        for (int block = first; block != KeySlots.NONE; block = next[block]) {
            if (record.length - at < blockBytes) {
                record = Arrays.copyOf(record, Math.max(2 * record.length, at + blockBytes));
            }
            System.arraycopy(page(block), offset(block), record, at, blockBytes);
            at += blockBytes;
        }
        return record;
    }

    /** Removes the record that begins at block {@code first}. */
    public void remove(int first) {
        int last = first;
        while (next[last] != KeySlots.NONE) {
            last = next[last];
        }
        next[last] = free;
        free = first;
    }

    /** Removes all records. */
    public void clear() {
        free = KeySlots.NONE;
        used = 0;
    }

    private int take() {
        int block = free;
        if (block != KeySlots.NONE) {
            free = next[block];
            return block;
        }
        if (used == pages.size() * PAGE_BLOCKS) {
            pages.add(new byte[PAGE_BLOCKS * blockBytes]);
        }
        if (used == next.length) {
            next = Arrays.copyOf(next, Math.max(PAGE_BLOCKS, Math.multiplyExact(2, used)));
        }
        return used++;
    }

    private byte[] page(int block) {
        return pages.get(block / PAGE_BLOCKS);
    }

    private int offset(int block) {
        return block % PAGE_BLOCKS * blockBytes;
    }
}

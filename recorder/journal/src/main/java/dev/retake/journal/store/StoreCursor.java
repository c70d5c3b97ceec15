package dev.retake.journal.store;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Walks the keys of one table in order. Holds native memory: close it. For one thread. */
public final class StoreCursor implements AutoCloseable {
    private final RocksIterator iterator;
    private final ReadOptions options;

    StoreCursor(RocksIterator iterator, ReadOptions options) {
        this.iterator = iterator;
        this.options = options;
    }

    /** Goes to the first key that is not before {@code key}. */
    public void seek(byte[] key) {
        iterator.seek(key);
    }

    /** Goes to the last key. */
    public void seekToLast() {
        iterator.seekToLast();
    }

    /** Goes to the next key. */
    public void next() {
        iterator.next();
    }

    /**
     * Whether there is a key here.
     *
     * @throws StoreException if the table is damaged here; {@link #seek} to a place behind goes on
     */
    public boolean valid() throws StoreException {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Whether there is a key here that begins with {@code prefix}. */
    public boolean validIn(byte[] prefix) throws StoreException {
        return valid()
                && Arrays.equals(prefix, 0, prefix.length, iterator.key(), 0, Math.min(prefix.length, key().length));
    }

    /** The key here; a copy. */
    public byte[] key() {
        return iterator.key();
    }

    /** The value here; a copy. */
    public byte[] value() {
        return iterator.value();
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
    }
}

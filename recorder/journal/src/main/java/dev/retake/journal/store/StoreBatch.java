package dev.retake.journal.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes that are made at once or not at all. Holds native memory: close it. For one thread. */
public final class StoreBatch implements AutoCloseable {
    private final WriteBatch batch = new WriteBatch();
    private final Map<Table, ColumnFamilyHandle> tables;

    StoreBatch(Map<Table, ColumnFamilyHandle> tables) {
        this.tables = tables;
    }

    /** Sets {@code key} to {@code value}. */
    public void put(Table table, byte[] key, byte[] value) throws StoreException {
        try {
            batch.put(JournalDb.handle(tables, table), key, value);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Adds {@code amount} to the counter {@code key}; a negative one subtracts. */
    public void add(Table table, byte[] key, long amount) throws StoreException {
        try {
            batch.merge(JournalDb.handle(tables, table), key, number(amount));
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Removes {@code key}. */
    public void delete(Table table, byte[] key) throws StoreException {
        try {
            batch.delete(JournalDb.handle(tables, table), key);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Removes every key from {@code from} to before {@code to}. */
    public void deleteRange(Table table, byte[] from, byte[] to) throws StoreException {
        try {
            batch.deleteRange(JournalDb.handle(tables, table), from, to);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** How many changes are in it. */
    public int size() {
        return batch.count();
    }

    WriteBatch batch() {
        return batch;
    }

    /** A counter's value as RocksDB's addition keeps it: little-endian. */
    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    @Override
    public void close() {
        batch.close();
    }
}

package dev.retake.journal.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * The tables of one journal or vault, opened by its owner or beside it. Writing and reading are thread-safe; closing is not, and
 * nothing may be in use then.
 */
public final class JournalDb implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private final StoreOptions options;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> handles;
    private final Map<Table, ColumnFamilyHandle> tables = new EnumMap<>(Table.class);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();

    private JournalDb(StoreOptions options, RocksDB db, List<ColumnFamilyHandle> handles) throws RocksDBException {
        this.options = options;
        this.db = db;
        this.handles = handles;
        for (ColumnFamilyHandle handle : handles) {
            String name = new String(handle.getName(), StandardCharsets.US_ASCII);
            for (Table table : Table.values()) {
                if (name.equals(new String(table.family(), StandardCharsets.US_ASCII))) {
                    tables.put(table, handle);
                }
            }
        }
    }

    /**
     * Opens or makes the database in {@code directory} as its only writer.
     *
     * @param wanted its tables, {@link Table#JOURNAL} or {@link Table#VAULT}
     */
    public static JournalDb openOwned(Path directory, Set<Table> wanted) throws StoreException {
        StoreOptions options = new StoreOptions();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db = RocksDB.open(
                    options.writing(), directory.toString(), families(directory, options, wanted, true), handles);
            return new JournalDb(options, db, handles);
        } catch (RocksDBException e) {
            options.close();
            throw new StoreException(e);
        }
    }

    /**
     * Opens the database in {@code directory} for reading, also while its owner writes.
     *
     * @param scratch a directory of this reader's own, for RocksDB's notes
     * @param wanted its tables
     */
    public static JournalDb openBeside(Path directory, Path scratch, Set<Table> wanted) throws StoreException {
        StoreOptions options = new StoreOptions();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db = RocksDB.openAsSecondary(
                    options.reading(),
                    directory.toString(),
                    scratch.toString(),
                    families(directory, options, wanted, false),
                    handles);
            return new JournalDb(options, db, handles).require(wanted);
        } catch (RocksDBException e) {
            options.close();
            throw new StoreException(e);
        }
    }

    /** Where the list of files is damaged a table may be missing from it. */
    private JournalDb require(Set<Table> wanted) throws StoreException {
        if (!tables.keySet().containsAll(wanted)) {
            close();
            throw new StoreException(StoreException.Kind.DAMAGED, "a table is missing");
        }
        return this;
    }

    /** Every family that is there has to be named; those of a newer version are opened and left alone. */
    private static List<ColumnFamilyDescriptor> families(
            Path directory, StoreOptions options, Set<Table> wanted, boolean create) throws RocksDBException {
        Set<String> names = new LinkedHashSet<>();
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, directory.toString())) {
                names.add(new String(name, StandardCharsets.US_ASCII));
            }
        }
        if (create || names.isEmpty()) {
            for (Table table : wanted) {
                names.add(new String(table.family(), StandardCharsets.US_ASCII));
            }
        }
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (String name : names) {
            descriptors.add(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), options.family(name)));
        }
        return descriptors;
    }

    /** The value at {@code key}, null where there is none. */
    public byte @Nullable [] get(Table table, byte[] key) throws StoreException {
        try {
            return db.get(handle(tables, table), key);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** The counter at {@code key}, 0 where it was never added to. */
    public long counter(Table table, byte[] key) throws StoreException {
        byte[] value = get(table, key);
        return value == null ? 0 : number(value);
    }

    /** A counter's value as a cursor shows it. */
    public static long number(byte[] value) {
        return value.length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** An empty batch. */
    public StoreBatch batch() {
        return new StoreBatch(Collections.unmodifiableMap(tables));
    }

    /** Makes the changes of {@code batch}; durable on return where {@code sync}. */
    public void write(StoreBatch batch, boolean sync) throws StoreException {
        try {
            db.write(sync ? synced : unsynced, batch.batch());
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Makes durable what was written before. */
    public void sync() throws StoreException {
        try {
            db.syncWal();
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Takes in what the owner wrote since; of a database that was opened beside it. */
    public void catchUp() throws StoreException {
        try {
            db.tryCatchUpWithPrimary();
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** A cursor on {@code table} as it is now, at no key. */
    public StoreCursor cursor(Table table) {
        ReadOptions options = new ReadOptions().setFillCache(false);
        return new StoreCursor(db.newIterator(handle(tables, table), options), options);
    }

    /** Drops the files that hold nothing but keys from {@code from} to before {@code to}. */
    public void dropFiles(Table table, byte[] from, byte[] to) throws StoreException {
        try {
            db.deleteFilesInRanges(handle(tables, table), List.of(from, to), false);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Names of the table files that make up the database now. */
    public Set<String> tableFiles() {
        Set<String> names = new TreeSet<>();
        db.getLiveFilesMetaData().forEach(file -> names.add(file.fileName().replace("/", "")));
        return names;
    }

    /** Writes all files of {@code table} anew, without what was removed. */
    public void compact(Table table) throws StoreException {
        try (CompactRangeOptions all = new CompactRangeOptions()
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            db.compactRange(handle(tables, table), null, null, all);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    /** Writes what is in memory and in the log to table files; of the owner, before it closes. */
    public void flush() throws StoreException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            db.flush(waiting, handles);
        } catch (RocksDBException e) {
            throw new StoreException(e);
        }
    }

    static ColumnFamilyHandle handle(Map<Table, ColumnFamilyHandle> tables, Table table) {
        ColumnFamilyHandle handle = tables.get(table);
        if (handle == null) {
            throw new IllegalStateException("the database has no table " + table);
        }
        return handle;
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        db.close();
        synced.close();
        unsynced.close();
        options.close();
    }
}

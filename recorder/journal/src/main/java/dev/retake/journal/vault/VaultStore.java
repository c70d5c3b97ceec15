package dev.retake.journal.vault;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.layout.OwnerLock;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.privacy.ReplacedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A vault in the hands of the one process that may change it: adds mappings, and removes those that are past their
 * retention or that somebody asks to forget. For one thread.
 */
public final class VaultStore implements AutoCloseable {
    private static final byte[] FIRST = {};

    private final VaultFiles files;
    private final OwnerLock lock;
    private final JournalDb db;
    private final Clock clock;
    private @Nullable WriterKey writer;

    private VaultStore(VaultFiles files, OwnerLock lock, JournalDb db, Clock clock) {
        this.files = files;
        this.lock = lock;
        this.db = db;
        this.clock = clock;
    }

    /**
     * Opens the vault, and makes it where there is none.
     *
     * @throws RetakeException with LOCKED where another process has it, DISK or DAMAGED where it cannot be opened
     */
    public static VaultStore open(VaultFiles files, Clock clock) {
        try {
            if (!Files.isDirectory(files.db())) {
                makePrivately(files.directory());
                makePrivately(files.db());
            }
            OwnerLock.prepare(files.owner());
            OwnerLock lock = acquire(files);
            boolean opened = false;
            try {
                JournalDb db = JournalDb.openOwned(files.db(), Table.VAULT);
                opened = true;
                return new VaultStore(files, lock, db, clock);
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        } catch (IOException e) {
            throw VaultFailures.of(files, e);
        }
    }

    /** The same, of a vault that is there. */
    public static VaultStore openExisting(VaultFiles files, Clock clock) {
        if (!Files.isDirectory(files.db())) {
            throw VaultFailures.missing(files);
        }
        return open(files, clock);
    }

    private static void makePrivately(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static OwnerLock acquire(VaultFiles files) throws IOException {
        try {
            return OwnerLock.acquire(files.owner(), files.directory());
        } catch (RetakeException e) {
            throw e.code() == ErrorCode.LOCKED ? VaultFailures.locked(files, e) : e;
        }
    }

    /** Days since 1970 in UTC. */
    int today() {
        return (int) Math.floorDiv(clock.millis(), 86_400_000L);
    }

    /**
     * Adds mappings as seen now; durable on return.
     *
     * @param recipient for whom they are sealed
     */
    void add(Collection<ReplacedValue> values, PublicKey recipient) throws StoreException {
        try (StoreBatch batch = db.batch()) {
            WriterKey current = writer;
            if (current == null || current.day() != today()) {
                WriterKey.Fresh fresh = WriterKey.fresh(today(), recipient);
                batch.put(Table.META, fresh.name(), fresh.row());
                current = fresh.key();
            }
            for (ReplacedValue value : values) {
                byte[] key = VaultEntry.key(current, value);
                batch.put(Table.MAPPINGS, key, VaultEntry.seal(current, key, value, clock.millis()));
            }
            db.write(batch, true);
            writer = current;
        }
    }

    /**
     * Removes what was last seen before {@code day}, with the keys that it was sealed under, from the files as well.
     *
     * @return whether there was anything
     */
    public boolean forgetBefore(LocalDate day) {
        try {
            return removeBefore(Math.toIntExact(day.toEpochDay()));
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        }
    }

    boolean removeBefore(int day) throws StoreException {
        if (day <= 0 || !holdsBefore(day)) {
            return false;
        }
        byte[] to = ByteBuffer.allocate(Integer.BYTES).putInt(day).array();
        try (StoreBatch batch = db.batch()) {
            batch.deleteRange(Table.MAPPINGS, FIRST, to);
            batch.deleteRange(Table.META, WriterKey.prefix(0), WriterKey.prefix(day));
            db.write(batch, true);
        }
        purge();
        return true;
    }

    private boolean holdsBefore(int day) throws StoreException {
        try (StoreCursor keys = db.cursor(Table.META)) {
            keys.seek(WriterKey.prefix(0));
            return keys.validIn(WriterKey.PREFIX) && ByteBuffer.wrap(keys.key()).getInt(WriterKey.PREFIX.length) < day;
        }
    }

    /**
     * Removes every mapping of {@code surrogates}, from the files as well.
     *
     * @param pair the vault's keys: without the private one nobody can tell which mappings these are
     * @return how many there were; one for each day and writer that saw the value
     */
    public long forget(Collection<String> surrogates, KeyPair pair) {
        long removed = 0;
        try (StoreBatch batch = db.batch()) {
            for (WriterKey of : WriterKeys.read(db, pair, files).keys()) {
                for (String surrogate : surrogates) {
                    removed += delete(VaultEntry.prefix(of, surrogate), batch);
                }
            }
            db.write(batch, true);
            if (removed > 0) {
                purge();
            }
            return removed;
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        }
    }

    private long delete(byte[] prefix, StoreBatch batch) throws StoreException {
        long found = 0;
        try (StoreCursor cursor = db.cursor(Table.MAPPINGS)) {
            for (cursor.seek(prefix); cursor.validIn(prefix); cursor.next()) {
                batch.delete(Table.MAPPINGS, cursor.key());
                found++;
            }
        }
        return found;
    }

    /** Has the store write its tables anew without what was removed, and let go of the log that still has it. */
    private void purge() throws StoreException {
        db.flush();
        db.compact(Table.MAPPINGS);
        db.compact(Table.META);
    }

    @Override
    public void close() {
        db.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw VaultFailures.of(files, e);
        }
    }
}

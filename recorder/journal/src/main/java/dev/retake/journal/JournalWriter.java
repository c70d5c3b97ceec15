package dev.retake.journal;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.append.OwnedTables;
import dev.retake.journal.layout.Descriptor;
import dev.retake.journal.layout.ForwardedFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.layout.OwnerLock;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.table.StoreFailures;
import dev.retake.privacy.inventory.FieldInventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a journal, which appends to it. Appending, reading and closing are for one thread at a time; {@link
 * #forwarded()}, {@link #durableExchanges()} and {@link #bytes()} are for any.
 *
 * <p>One thread of its own syncs at the interval of the settings; it shares nothing with the appending thread but the
 * database's own synchronization, and {@link OwnedTables} guards that the database is there.
 */
public final class JournalWriter implements AutoCloseable {
    private final JournalFiles files;
    private final OwnerLock lock;
    private final OwnedTables tables;
    private final ForwardedFile forwarded;
    private final JournalSettings settings;
    private final BackgroundErrors errors;
    private final @Nullable ScheduledExecutorService syncing;
    private final KeySet keys;
    private @Nullable InventoryKeeper inventory;
    private boolean closed;

    private JournalWriter(
            JournalFiles files,
            KeySet keys,
            OwnerLock lock,
            OwnedTables tables,
            ForwardedFile forwarded,
            JournalSettings settings,
            BackgroundErrors errors) {
        this.files = files;
        this.keys = keys;
        this.lock = lock;
        this.tables = tables;
        this.forwarded = forwarded;
        this.settings = settings;
        this.errors = errors;
        this.syncing = settings.durability() == Durability.INTERVAL ? startSyncing() : null;
    }

    /**
     * Opens the journal at {@code directory}, or makes a new one.
     *
     * @throws RetakeException with LOCKED where another process owns it, KEY where {@code keys} do not open it, FORMAT
     *     where it is of a newer format, DAMAGED where it needs salvaging, INPUT where the directory holds something
     *     else, DISK where it cannot be written
     */
    public static JournalWriter open(
            Path directory, KeySet keys, JournalSettings settings, Clock clock, BackgroundErrors errors) {
        JournalFiles files = JournalFiles.of(directory);
        try {
            prepare(files);
            OwnerLock lock = OwnerLock.acquire(files.owner(), files.directory());
            boolean opened = false;
            try {
                JournalWriter writer = open(files, lock, keys, settings, clock, errors);
                opened = true;
                return writer;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw cannotWrite(files, e);
        } catch (StoreException e) {
            throw StoreFailures.opening(files.directory(), e);
        }
    }

    /** Whether there is a journal at {@code directory}, or what is left of one. */
    public static boolean isThere(Path directory) {
        JournalFiles files = JournalFiles.of(directory);
        return Files.exists(files.descriptor()) || Files.exists(files.db());
    }

    private static JournalWriter open(
            JournalFiles files,
            OwnerLock lock,
            KeySet keys,
            JournalSettings settings,
            Clock clock,
            BackgroundErrors errors)
            throws IOException, StoreException {
        Descriptor descriptor = Descriptor.read(files);
        if (descriptor == null) {
            descriptor = Descriptor.create(keys);
            descriptor.write(files);
        } else if (!Files.exists(files.descriptorCopy())) {
            descriptor.write(files); // the keyring was removed: what it opened is lost, what follows need not be
        }
        descriptor.requireKeys(keys, files.directory());
        OwnedTables tables = OwnedTables.open(files, keys, settings, clock, errors);
        ForwardedFile forwarded = tables.forwarded();
        return new JournalWriter(files, keys, lock, tables, forwarded, settings, errors);
    }

    private static void prepare(JournalFiles files) throws IOException {
        Path directory = files.directory();
        if (!Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else if (!Files.isDirectory(directory)) {
            throw new RetakeException(
                    ErrorCode.INPUT, directory + " is a file, not a journal; give another directory with --journal.");
        }
        if (!Files.exists(files.owner()) && !Files.exists(files.descriptor()) && !isEmpty(directory)) {
            throw new RetakeException(
                    ErrorCode.INPUT,
                    directory + " is not a journal and not empty; give another directory with --journal.");
        }
        OwnerLock.prepare(files.owner());
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private ScheduledExecutorService startSyncing() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "retake-journal-sync");
            thread.setDaemon(true);
            return thread;
        });
        long interval = settings.syncInterval().toNanos();
        var unused = executor.scheduleWithFixedDelay(this::syncQuietly, interval, interval, TimeUnit.NANOSECONDS);
        return executor;
    }

    private void syncQuietly() {
        try {
            tables.syncIfDirty();
        } catch (StoreException | RuntimeException | Error e) {
            // Whatever it is, it must not end the syncing that follows.
            errors.report("sync the journal", e);
        }
    }

    /**
     * Writes {@code batch} as a whole.
     *
     * @throws JournalUnavailableException nothing of it counts as written; the next call opens the journal again, so call
     *     it about once a second at most until it succeeds
     * @throws IllegalArgumentException if a sequence number of a session was used before; nothing is written
     */
    public void append(JournalBatch batch) throws JournalUnavailableException {
        try {
            tables.append(batch);
            if (inventory != null) {
                inventory.saveIfDue();
            }
        } catch (StoreException e) {
            throw StoreFailures.appending(files.directory(), e);
        } catch (IOException e) {
            throw StoreFailures.appending(files.directory(), e);
        }
    }

    /**
     * Keeps {@code fields} with the journal: what is known of earlier runs is loaded into it now, and it is saved every ten
     * seconds and at the end, by the thread that appends.
     */
    public void keep(FieldInventory fields) {
        inventory = new InventoryKeeper(files.inventory(), keys, fields, errors);
    }

    /** Makes everything that was appended durable, whatever {@link Durability} says. */
    public void sync() throws JournalUnavailableException {
        try {
            tables.syncIfDirty();
        } catch (StoreException e) {
            throw StoreFailures.appending(files.directory(), e);
        }
    }

    /**
     * Where the recorder counts each completed exchange, captured or not, when it completes. Stays valid after {@link
     * #close()}, without effect.
     */
    public ForwardedMark forwarded() {
        return forwarded;
    }

    /** How many exchanges of this writer's batches are durable. */
    public long durableExchanges() {
        return tables.durableExchanges();
    }

    /** What is recorded of the session {@code id}, for a recorder that goes on with it; empty where it cannot be read. */
    public Optional<Session> session(String id) throws JournalUnavailableException {
        try {
            return tables.session(id);
        } catch (StoreException e) {
            throw StoreFailures.appending(files.directory(), e);
        }
    }

    /** Notes that {@code origin} (as {@code https://api.example.com:443}) is production, durably. */
    public void recordUpstream(String origin) throws JournalUnavailableException {
        try {
            tables.recordUpstream(origin);
        } catch (StoreException e) {
            throw StoreFailures.appending(files.directory(), e);
        } catch (IOException e) {
            throw StoreFailures.appending(files.directory(), e);
        }
    }

    /** Bytes on disk, keyring included. */
    public long bytes() {
        try {
            return files.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes the sessions that are still open, syncs, and lets go of the journal.
     *
     * @throws RetakeException DISK where the last writes failed; the journal is let go of all the same
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (inventory != null) {
            inventory.save();
        }
        if (syncing != null) {
            syncing.shutdown();
        }
        try (lock) {
            tables.close();
        } catch (IOException e) {
            throw cannotWrite(files, e);
        } catch (StoreException e) {
            throw StoreFailures.closing(files.directory(), e);
        }
    }

    /**
     * Lets go of a journal that is no longer where it was opened, without another write. What was not durable is not
     * recorded; {@link #durableExchanges()} stays as it is.
     */
    public void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        if (syncing != null) {
            syncing.shutdown();
        }
        try (lock) {
            tables.abandon();
        } catch (IOException e) {
            errors.report("let go of the journal", e);
        }
    }

    private static RetakeException cannotWrite(JournalFiles files, IOException e) {
        return new RetakeException(
                ErrorCode.DISK,
                "Cannot write the journal " + files.directory()
                        + "; check the directory, its permissions and the room.",
                e);
    }
}

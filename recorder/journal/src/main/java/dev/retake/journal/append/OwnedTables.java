package dev.retake.journal.append;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.Durability;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.Session;
import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.keyring.KeyringReader;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.layout.ForwardedFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.layout.Place;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.Upstreams;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tables in the hands of their owner: appends batches, and after a failure opens the tables again with the failed batch
 * taken back, so that what was reported as not written is not there.
 *
 * <p>Appending is for one thread; {@link #syncIfDirty()} for any. The lock guards that the database is not closed while
 * another thread syncs it, and nothing else.
 */
public final class OwnedTables {
    /** How long to close sessions of earlier runs: at once, with each batch, and at the end. */
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final JournalFiles files;
    private final JournalSettings settings;
    private final KeySet keys;
    private final KeyringWriter keyring;
    private final Retention retention;
    private final DictionaryTrainer dictionaries;
    private final RecordSealer sealer;
    private final RecordOpener opener;
    private final Lock lock = new ReentrantLock();
    private final ForwardedFile forwarded;
    private final List<Place> places;
    private final EarlierSessions earlier;

    private JournalDb db;
    private SessionTables tables;
    private OpenSessions sessions;
    private long batchNumber;
    private @Nullable BatchPlan undecided;
    private boolean isOpen = true;
    private long durableForwarded;
    private volatile boolean broken;
    private final AtomicLong appended = new AtomicLong();
    private volatile long durable;

    private OwnedTables(JournalFiles files, KeySet keys, JournalSettings settings, Clock clock, BackgroundErrors errors)
            throws StoreException, IOException {
        this.files = files;
        this.settings = settings;
        this.keys = keys;
        this.keyring = new KeyringWriter(files.keyring(), keys, settings.tenant(), clock);
        DictionaryFiles dictionaryFiles = new DictionaryFiles(files, keys);
        dictionaryFiles.complete();
        this.retention = new Retention(files, settings, keyring, dictionaryFiles, clock);
        this.dictionaries = new DictionaryTrainer(dictionaryFiles, Keys.day(clock.millis() * 1_000), errors);
        this.sealer = new RecordSealer(dictionaries);
        this.opener = new RecordOpener(new KeyringReader(files.keyring(), keys), dictionaryFiles);
        this.db = JournalDb.openOwned(files.db(), Table.JOURNAL);
        this.tables = new SessionTables(db, opener);
        this.sessions = new OpenSessions(tables, keyring);
        boolean opened = false;
        try {
            this.batchNumber = Keys.numberOrZero(db.get(Table.META, Keys.batch()));
            new Recovery(db, tables, keyring, sealer).run(ForwardedFile.read(files.forwarded()));
            this.earlier = EarlierSessions.in(db, keyring, sealer);
            earlier.close(db, tables, FIRST_NANOS);
            this.places = List.of(Place.of(files.owner()), Place.of(files.db()), Place.of(files.keyring()));
            this.forwarded =
                    ForwardedFile.open(files.forwarded(), Ledger.read(db).accounted());
            opened = true;
        } finally {
            if (!opened) {
                db.close();
            }
        }
    }

    /** Opens the tables, and settles what a crash left. */
    public static OwnedTables open(
            JournalFiles files, KeySet keys, JournalSettings settings, Clock clock, BackgroundErrors errors)
            throws StoreException, IOException {
        return new OwnedTables(files, keys, settings, clock, errors);
    }

    /** The count of forwarded exchanges. */
    public ForwardedFile forwarded() {
        return forwarded;
    }

    /** How many exchanges that were appended here are durable. */
    public long durableExchanges() {
        return durable;
    }

    /** Writes {@code batch} as a whole; after a failure nothing of it is there, or will not be once the tables are open again. */
    public void append(JournalBatch batch) throws StoreException, IOException {
        requireInPlace();
        reopenIfBroken();
        forwarded.follow();
        BatchPlan plan = new BatchPlan(batchNumber + 1);
        boolean planned = false;
        boolean written = false;
        try (StoreBatch changes = db.batch()) {
            earlier.close(db, tables, EACH_NANOS);
            retention.runIfDue(db, opener, sessions);
            plan.fill(changes, batch, sessions, tables, sealer);
            changes.put(Table.META, Keys.forwarded(), Keys.number(forwarded.get()));
            planned = true;
            db.write(changes, settings.durability() == Durability.BATCH);
            written = true;
        } finally {
            if (!written) {
                sessions.forgetAll();
                undecided = planned ? plan : null;
                broken |= planned;
            }
        }
        batchNumber = plan.number();
        plan.closed().forEach(sessions::forget);
        sessions.packIdle();
        appended.addAndGet(plan.exchanges());
        if (settings.durability() == Durability.BATCH && isInPlace()) {
            durable = appended.get();
        }
    }

    /** Makes what was appended durable, and the count of forwarded exchanges with it. */
    public void syncIfDirty() throws StoreException {
        lock.lock();
        try {
            long before = appended.get();
            long count = forwarded.get();
            if (isOpen && !broken && (before != durable || count != durableForwarded) && isInPlace()) {
                forwarded.follow();
                sync(count);
                if (isInPlace()) {
                    durable = before;
                    durableForwarded = count;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The count goes with it, so that a loss of power cannot hide more than one interval's exchanges. */
    private void sync(long count) throws StoreException {
        boolean synced = false;
        try (StoreBatch changes = db.batch()) {
            changes.put(Table.META, Keys.forwarded(), Keys.number(count));
            db.write(changes, true);
            synced = true;
        } finally {
            broken |= !synced;
        }
    }

    /** What is recorded of the session {@code id}; empty also where it cannot be read. */
    public Optional<Session> session(String id) throws StoreException {
        if (broken) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(tables.session(id));
        } catch (UnreadableException e) {
            return Optional.empty(); // the writer goes on as if it were new; verifying names the damage
        }
    }

    /** Notes that {@code origin} is production, durably. */
    public void recordUpstream(String origin) throws StoreException, IOException {
        requireInPlace();
        reopenIfBroken();
        try (StoreBatch changes = db.batch()) {
            new Upstreams(keys).put(changes, origin);
            db.write(changes, true);
        }
    }

    private boolean isInPlace() {
        return places.stream().allMatch(Place::isUnchanged);
    }

    /** What is written to files that no path leads to would count as kept, and nobody would ever read it. */
    private void requireInPlace() throws StoreException {
        if (!isInPlace()) {
            throw new StoreException(StoreException.Kind.GONE, "the journal was moved or removed");
        }
    }

    private void reopenIfBroken() throws StoreException, IOException {
        if (!broken) {
            return;
        }
        lock.lock();
        try {
            if (isOpen) {
                db.close();
                isOpen = false;
            }
            db = JournalDb.openOwned(files.db(), Table.JOURNAL);
            isOpen = true;
            tables = new SessionTables(db, opener);
            sessions = new OpenSessions(tables, keyring);
            batchNumber = Keys.numberOrZero(db.get(Table.META, Keys.batch()));
            BatchPlan failed = undecided;
            if (failed != null && batchNumber == failed.number()) {
                takeBack(failed);
            }
            db.sync();
            durable = appended.get();
            undecided = null;
            broken = false;
        } finally {
            lock.unlock();
        }
    }

    /** The batch was reported as not written and is there: its write had reached the log, and then its sync failed. */
    private void takeBack(BatchPlan failed) throws StoreException, IOException {
        try (StoreBatch changes = db.batch()) {
            failed.undo(changes);
            db.write(changes, true);
        }
        try (StoreBatch changes = db.batch()) {
            for (String id : failed.touched()) {
                if (tables.startedAt(SessionTag.of(id)).isPresent()) {
                    OpenSession session = sessions.get(id, 0);
                    session.tally().markIncomplete();
                    BatchPlan.putRow(changes, session, sealer);
                }
            }
            db.write(changes, true);
        }
        sessions.forgetAll();
    }

    /** Closes the sessions that are open and the tables. */
    public void close() throws StoreException, IOException {
        lock.lock();
        try {
            requireInPlace();
            reopenIfBroken();
            boolean alone = earlier.close(db, tables, LAST_NANOS);
            new Recovery(db, tables, keyring, sealer).end(sessions, alone);
            db.flush(); // the files of a closed journal are listed with their sizes, so a cut one is noticed
            durable = appended.get();
            forwarded.settle(Ledger.read(db).accounted());
        } finally {
            release();
            lock.unlock();
        }
    }

    /** Lets go of the tables without another write: they are no longer where they were opened. */
    public void abandon() throws IOException {
        lock.lock();
        try {
            release();
            forwarded.abandon();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        if (isOpen) {
            db.close();
            isOpen = false;
        }
        dictionaries.close();
        sealer.close();
        opener.close();
    }
}

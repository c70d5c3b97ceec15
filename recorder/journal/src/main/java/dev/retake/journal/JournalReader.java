package dev.retake.journal;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.keyring.KeyringReader;
import dev.retake.journal.layout.Descriptor;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.layout.ForwardedFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.query.SessionQuery;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionCount;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.StoreFailures;
import dev.retake.journal.table.Upstreams;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal, also while a recorder writes it, as of its opening or its last {@link #refresh()}. What it reports it
 * has first made durable. It never changes the journal. For one thread at a time.
 */
public final class JournalReader implements AutoCloseable {
    private static final int MAX_DAMAGE = 1_000;

    /** A file can go between being listed and being opened, when the writer compacts; then the list is read again. */
    private static final int ATTEMPTS = 5;

    private static final int ATTEMPTS_WHILE_OPENING = 50;
    private static final long PAUSE_NANOS = 20_000_000;

    private final JournalFiles files;
    private final KeySet keys;
    private final Path scratch;
    private final JournalDb db;
    private final RecordOpener opener;
    private final SessionTables tables;
    private final List<Damage> damage = new ArrayList<>();
    private final Set<StoreCursor> cursors = new HashSet<>();
    private boolean closed;

    private JournalReader(JournalFiles files, KeySet keys, Path scratch, JournalDb db) {
        this.files = files;
        this.keys = keys;
        this.scratch = scratch;
        this.db = db;
        this.opener = new RecordOpener(new KeyringReader(files.keyring(), keys), new DictionaryFiles(files, keys));
        this.tables = new SessionTables(db, opener);
    }

    /**
     * Opens the journal at {@code directory}.
     *
     * @throws RetakeException with INPUT where there is no journal, KEY where {@code keys} do not open it, FORMAT where it
     *     is of a newer format, DAMAGED where it needs salvaging, DISK where it cannot be read
     */
    public static JournalReader open(Path directory, KeySet keys) {
        JournalFiles files = JournalFiles.of(directory);
        Descriptor.require(files).requireKeys(keys, files.directory());
        return openTables(files, keys);
    }

    /** Opens the journal in {@code files} without a look at its descriptor. */
    static JournalReader openTables(JournalFiles files, KeySet keys) {
        JournalReader reader = openOnce(files, keys);
        for (int attempt = 1; attempt < ATTEMPTS_WHILE_OPENING && reader.countsTwice(); attempt++) {
            reader.close();
            LockSupport.parkNanos(PAUSE_NANOS);
            reader = openOnce(files, keys);
        }
        return reader;
    }

    /**
     * Whether more is accounted for than was forwarded. While an owner opens a journal after a crash it moves the log to
     * tables, and for that moment a reader sees its additions in both.
     */
    private boolean countsTwice() {
        try {
            long accounted = Ledger.read(db).accounted();
            OptionalLong forwarded = ForwardedFile.read(files.forwarded());
            return forwarded.isPresent() && accounted > forwarded.getAsLong();
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    private static JournalReader openOnce(JournalFiles files, KeySet keys) {
        Path scratch;
        try {
            scratch = Files.createTempDirectory("retake-reader");
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK, "Cannot make a temporary directory; check java.io.tmpdir and its room.", e);
        }
        JournalReader reader = null;
        boolean opened = false;
        try {
            reader = new JournalReader(files, keys, scratch, openDb(files, scratch));
            reader.refresh();
            opened = true;
            return reader;
        } catch (StoreException e) {
            throw StoreFailures.opening(files.directory(), e);
        } finally {
            if (!opened && reader != null) {
                reader.close();
            } else if (!opened) {
                delete(scratch);
            }
        }
    }

    private static JournalDb openDb(JournalFiles files, Path scratch) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return JournalDb.openBeside(files.db(), scratch, Table.JOURNAL);
            } catch (StoreException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS); // its owner may be making its tables just now
            }
        }
    }

    /** Takes in what was written since. */
    public void refresh() {
        try {
            db.catchUp();
            makeDurable();
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** What was read from the log may not be on the disk yet; any process can see to it. */
    private void makeDurable() throws IOException {
        if (Files.getFileStore(files.db()).isReadOnly()) {
            return;
        }
        for (Path log : files.dbFiles(".log")) {
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (NoSuchFileException e) {
                // Its content has gone to a table, which is synced before the log is removed.
            }
        }
    }

    /**
     * The sessions of which an exchange satisfies {@code query}, oldest first. Close the stream. Memory does not grow with
     * the journal. Sessions that cannot be read are passed over, and listed by {@link #damage()}.
     */
    public Stream<Session> sessions(SessionQuery query) {
        StoreCursor cursor = open(db.cursor(Table.SESSIONS));
        return new SessionWalk(this, cursor, query).stream().onClose(() -> close(cursor));
    }

    /** The session whose row {@code cursor} is at, if it satisfies {@code query}; null where it does not or is damaged. */
    @Nullable
    Session select(StoreCursor cursor, SessionQuery query) {
        SessionTag tag = SessionTag.read(cursor.key(), Long.BYTES);
        String place = "session " + Long.toHexString(tag.high());
        try {
            Session session = tables.whole(cursor.value(), tag);
            place = "session " + session.id();
            return query.isAll() || query.mayMatch(session) && hasMatch(session, tag, query) ? session : null;
        } catch (UnreadableException e) {
            note(new Damage(place, String.valueOf(e.getMessage())));
            return null;
        } catch (StoreException e) {
            note(new Damage(place, "is in a damaged table"));
            return null;
        }
    }

    private boolean hasMatch(Session session, SessionTag tag, SessionQuery query)
            throws StoreException, UnreadableException {
        boolean[] found = {false};
        tables.visit(session.startedAt(), tag, exchange -> {
            found[0] = query.matches(session, exchange);
            return !found[0];
        });
        return found[0];
    }

    void note(Damage found) {
        if (damage.size() < MAX_DAMAGE && !damage.contains(found)) {
            damage.add(found);
        }
    }

    /** The session {@code id}, empty where there is none. */
    public Optional<Session> session(String id) {
        try {
            return Optional.ofNullable(tables.session(id));
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        } catch (UnreadableException e) {
            throw unreadable(id, e);
        }
    }

    /**
     * The exchanges of the session {@code id} in order; none where there is no such session. Close the stream. An
     * exchange that cannot be read ends it with a RetakeException of code DAMAGED that names the place.
     */
    public Stream<Exchange> exchanges(String id) {
        SessionTag tag = SessionTag.of(id);
        try {
            OptionalLong startedAt = tables.startedAt(tag);
            if (startedAt.isEmpty()) {
                return Stream.empty();
            }
            byte[] prefix = Keys.records(Keys.day(startedAt.getAsLong()), tag);
            StoreCursor cursor = open(db.cursor(Table.RECORDS));
            return new ExchangeWalk(this, id, cursor, prefix).stream().onClose(() -> close(cursor));
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        }
    }

    /** The exchange of session {@code id} that {@code cursor} is at. */
    Exchange exchange(String id, StoreCursor cursor) {
        try {
            return tables.exchange(cursor);
        } catch (UnreadableException e) {
            throw unreadable(id, e);
        }
    }

    /** Ledger and size. */
    public JournalStats stats() {
        try {
            Ledger ledger = Ledger.read(db);
            // The count is read after the ledger, so that what a recorder does meanwhile shows as unknown, not as less.
            long forwarded = Math.max(
                    ForwardedFile.read(files.forwarded()).orElse(0),
                    Keys.numberOrZero(db.get(Table.META, Keys.forwarded())));
            long accounted = ledger.accounted();
            forwarded = Math.max(forwarded, accounted);
            SessionCount sessions = SessionCount.of(db);
            return new JournalStats(
                    forwarded,
                    ledger.get(Ledger.CAPTURED),
                    ledger.get(Ledger.SAMPLED_OUT),
                    ledger.get(Ledger.EXCLUDED),
                    ledger.dropped(),
                    ledger.get(Ledger.UNKNOWN) + forwarded - accounted,
                    ledger.get(Ledger.TRUNCATED),
                    ledger.get(Ledger.WITHHELD),
                    ledger.get(Ledger.EXPIRED),
                    sessions.count(),
                    files.bytes(),
                    sessions.oldest(),
                    sessions.newest(),
                    ledger.get(Ledger.UNCLEAN_ENDS));
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    /** Origins that were recorded as production, in order of their names. */
    public List<String> upstreams() {
        try {
            return new Upstreams(keys).read(db);
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        } catch (UnreadableException e) {
            throw new RetakeException(
                    ErrorCode.DAMAGED,
                    "The journal " + files.directory() + " is damaged: " + e.getMessage()
                            + ", so it cannot be said what is production; record it anew.",
                    e);
        }
    }

    /** The counters. */
    Ledger ledger() {
        try {
            return Ledger.read(db);
        } catch (StoreException e) {
            throw StoreFailures.reading(files.directory(), e);
        }
    }

    /** Reads everything, and says what is wrong with it. */
    TableCheck check() {
        return new TableCheck(db, opener, tables).run();
    }

    /** Names of the files that the tables are in now. */
    Set<String> tableFiles() {
        return db.tableFiles();
    }

    /** What {@link #sessions} had to pass over so far; at most 1,000 places. */
    public List<Damage> damage() {
        return List.copyOf(damage);
    }

    RetakeException failed(StoreException e) {
        return StoreFailures.reading(files.directory(), e);
    }

    private RetakeException unreadable(String id, UnreadableException e) {
        return new RetakeException(
                ErrorCode.DAMAGED,
                "Session " + id + " of the journal " + files.directory() + " is damaged: " + e.getMessage()
                        + "; retake journal salvage saves the rest.",
                e);
    }

    private RetakeException cannotRead(IOException e) {
        return new RetakeException(
                ErrorCode.DISK, "Cannot read the journal " + files.directory() + "; check its permissions.", e);
    }

    private StoreCursor open(StoreCursor cursor) {
        cursors.add(cursor);
        return cursor;
    }

    private void close(StoreCursor cursor) {
        if (cursors.remove(cursor)) {
            cursor.close();
        }
    }

    /** Lets go of the journal. Streams that are still open end here. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(cursors).forEach(this::close);
            db.close();
            opener.close();
            delete(scratch);
        }
    }

    private static void delete(Path scratch) {
        try (Stream<Path> entries = Files.walk(scratch)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            // A temporary directory without content from the journal: the system clears it away.
            scratch.toFile().deleteOnExit();
        }
    }
}

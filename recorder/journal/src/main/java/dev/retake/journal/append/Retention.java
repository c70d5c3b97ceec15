package dev.retake.journal.append;

import dev.retake.journal.JournalSettings;
import dev.retake.journal.keyring.KeyringFiles;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Removes whole days of sessions, with their files and their keys, once they are old or too much. For one thread. */
final class Retention {
    private static final long CHECK_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int CHUNK = 1_000;

    private final JournalFiles files;
    private final JournalSettings settings;
    private final KeyringWriter keyring;
    private final DictionaryFiles dictionaries;
    private final Clock clock;
    private final ClockSteps steps;
    private long checkAt = System.nanoTime();

    Retention(
            JournalFiles files,
            JournalSettings settings,
            KeyringWriter keyring,
            DictionaryFiles dictionaries,
            Clock clock) {
        this.files = files;
        this.settings = settings;
        this.keyring = keyring;
        this.dictionaries = dictionaries;
        this.clock = clock;
        this.steps = new ClockSteps(clock, System::nanoTime);
    }

    /**
     * Removes what is due, at most twice a minute, and nothing for an hour after the clock was stepped. A day on which one
     * of the {@code open} sessions began stays.
     */
    void runIfDue(JournalDb db, RecordOpener opener, OpenSessions open) throws StoreException, IOException {
        if (System.nanoTime() - checkAt < 0) {
            return;
        }
        checkAt = System.nanoTime() + CHECK_NANOS;
        if (!steps.isTrusted()) {
            return;
        }
        long now = clock.millis();
        Set<Integer> openDays = open.days();
        int today = Keys.day(now * 1_000);
        OptionalInt day = dayFrom(db, 0);
        while (day.isPresent()) {
            if (isExpired(day.getAsInt(), now) && !openDays.contains(day.getAsInt())) {
                drop(db, opener, day.getAsInt());
            }
            day = dayFrom(db, Keys.startOfDay(day.getAsInt() + 1));
        }
        OptionalInt oldest = dayFrom(db, 0);
        boolean tooMuch = settings.maxBytes() > 0 && files.bytes() > settings.maxBytes();
        if (tooMuch && oldest.isPresent() && oldest.getAsInt() < today && !openDays.contains(oldest.getAsInt())) {
            drop(db, opener, oldest.getAsInt());
        }
        int first = dayFrom(db, 0).orElse(today);
        dropUnusedKeys(first, now);
        dropUnusedDictionaries(first);
    }

    /** Sessions that were imported after their day count from then on. */
    private boolean isExpired(int day, long now) throws IOException {
        long dayEnded = Keys.startOfDay(day + 1) / 1_000;
        long recorded = KeyringFiles.lastIssued(files.keyring(), day) * 1_000;
        return !settings.retention().isZero()
                && Math.max(dayEnded, recorded) + settings.retention().toMillis() <= now;
    }

    /** The first day from {@code startedAt} on of which there are sessions. */
    private static OptionalInt dayFrom(JournalDb db, long startedAt) throws StoreException {
        try (StoreCursor cursor = db.cursor(Table.SESSIONS)) {
            cursor.seek(Keys.sessionsFrom(startedAt));
            return cursor.valid() ? OptionalInt.of(Keys.day(Keys.number(cursor.key(), 0))) : OptionalInt.empty();
        }
    }

    private void drop(JournalDb db, RecordOpener opener, int day) throws StoreException, IOException {
        byte[] from = Keys.sessionsFrom(Keys.startOfDay(day));
        byte[] to = Keys.sessionsFrom(Keys.startOfDay(day + 1));
        boolean more = true;
        while (more) {
            more = dropSessions(db, opener, from, to);
        }
        byte[] recordsFrom = Keys.recordsFrom(day);
        byte[] recordsTo = Keys.recordsFrom(day + 1);
        try (StoreBatch changes = db.batch()) {
            changes.deleteRange(Table.RECORDS, recordsFrom, recordsTo);
            db.write(changes, true);
        }
        db.dropFiles(Table.RECORDS, recordsFrom, recordsTo);
        keyring.destroy(day);
    }

    /** Removes some sessions that begin from {@code from} to before {@code to}; whether there may be more. */
    private static boolean dropSessions(JournalDb db, RecordOpener opener, byte[] from, byte[] to)
            throws StoreException {
        try (StoreBatch changes = db.batch();
                StoreCursor cursor = db.cursor(Table.SESSIONS)) {
            long end = Keys.number(to, 0);
            long exchanges = 0;
            int sessions = 0;
            cursor.seek(from);
            while (sessions < CHUNK && cursor.valid() && Keys.number(cursor.key(), 0) < end) {
                SessionTag tag = SessionTag.read(cursor.key(), Long.BYTES);
                changes.delete(Table.SESSIONS, cursor.key());
                changes.delete(Table.INDEX, Keys.index(tag));
                changes.delete(Table.META, Keys.open(tag));
                exchanges += exchanges(opener, cursor.value());
                sessions++;
                cursor.next();
            }
            Ledger.add(changes, Map.of(Ledger.EXPIRED, exchanges), 1);
            db.write(changes, true);
            return sessions == CHUNK;
        }
    }

    private static int exchanges(RecordOpener opener, byte[] row) {
        try {
            return opener.session(row).exchanges();
        } catch (UnreadableException e) {
            return 0; // damaged, so not to be counted; verifying has named it
        }
    }

    /** Keys of days before {@code oldest} serve nothing: the process ended between removing a day and its keys. */
    private void dropUnusedKeys(int oldest, long now) throws IOException {
        for (int day : KeyringFiles.days(files.keyring()).keySet()) {
            if (day < oldest && isExpired(day, now)) {
                keyring.destroy(day);
            }
        }
    }

    /** A dictionary serves until its successor came into use, so for sessions that began no later than that day. */
    private void dropUnusedDictionaries(int oldest) throws IOException {
        Map.Entry<Integer, Integer> previous = null;
        for (Map.Entry<Integer, Integer> dictionary : dictionaries.days().entrySet()) {
            if (previous != null && dictionary.getValue() < oldest) {
                dictionaries.delete(previous.getKey());
            }
            previous = dictionary;
        }
    }
}

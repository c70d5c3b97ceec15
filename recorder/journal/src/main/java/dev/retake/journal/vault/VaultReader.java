package dev.retake.journal.vault;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a vault, also while a sidecar adds to it. For one thread. */
public final class VaultReader implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final VaultFiles files;
    private final Path scratch;
    private final JournalDb db;

    private VaultReader(VaultFiles files, Path scratch, JournalDb db) {
        this.files = files;
        this.scratch = scratch;
        this.db = db;
    }

    /** @throws RetakeException with INPUT where there is no vault, DISK or DAMAGED where it cannot be opened */
    public static VaultReader open(VaultFiles files) {
        if (!Files.isDirectory(files.db())) {
            throw VaultFailures.missing(files);
        }
        Path scratch;
        try {
            scratch = Files.createTempDirectory("retake-vault");
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK, "Cannot make a temporary directory; check java.io.tmpdir and its room.", e);
        }
        boolean opened = false;
        try {
            VaultReader reader = new VaultReader(files, scratch, openDb(files, scratch));
            opened = true;
            return reader;
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        } finally {
            if (!opened) {
                delete(scratch);
            }
        }
    }

    /** A file may go, because its owner is done with it, between being listed and being opened. */
    private static JournalDb openDb(VaultFiles files, Path scratch) throws StoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                JournalDb db = JournalDb.openBeside(files.db(), scratch, Table.VAULT);
                db.catchUp();
                return db;
            } catch (StoreException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * The originals behind {@code surrogate}, which a class whose surrogates are fewer than its values may have more than
     * one of; the one seen last comes first. Empty where the vault knows none.
     *
     * @throws RetakeException with KEY where {@code pair} opens nothing in it, DAMAGED where what there is for the
     *     surrogate cannot be opened
     */
    public List<RevealedValue> reveal(String surrogate, KeyPair pair) {
        Map<String, RevealedValue> found = new LinkedHashMap<>();
        int damaged = 0;
        try {
            for (WriterKey writer : WriterKeys.read(db, pair, files).keys()) {
                byte[] prefix = VaultEntry.prefix(writer, surrogate);
                try (StoreCursor cursor = db.cursor(Table.MAPPINGS)) {
                    for (cursor.seek(prefix); cursor.validIn(prefix); cursor.next()) {
                        try {
                            VaultEntry entry = VaultEntry.open(writer, cursor.key(), cursor.value());
                            Instant seen = Instant.ofEpochMilli(entry.seen());
                            found.merge(
                                    entry.dataClass().label() + '\0' + entry.original(),
                                    new RevealedValue(entry.dataClass(), entry.original(), seen, seen),
                                    (known, other) -> known.seen(seen));
                        } catch (SealBrokenException e) {
                            damaged++;
                        }
                    }
                }
            }
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        }
        if (found.isEmpty() && damaged > 0) {
            throw new RetakeException(
                    ErrorCode.DAMAGED,
                    "The vault " + files.directory()
                            + " has what was asked for, and it is damaged; it cannot be saved.");
        }
        List<RevealedValue> values = new ArrayList<>(found.values());
        values.sort(Comparator.comparing(RevealedValue::lastSeen).reversed());
        return values;
    }

    /** What can be said of it without a key. */
    public VaultStats stats() {
        long mappings = 0;
        long writers = 0;
        LocalDate oldest = null;
        LocalDate newest = null;
        try (StoreCursor entries = db.cursor(Table.MAPPINGS);
                StoreCursor keys = db.cursor(Table.META)) {
            for (entries.seek(new byte[0]); entries.valid(); entries.next()) {
                mappings++;
                newest = day(entries.key());
                oldest = oldest == null ? newest : oldest;
            }
            for (keys.seek(WriterKey.PREFIX); keys.validIn(WriterKey.PREFIX); keys.next()) {
                writers++;
            }
            return new VaultStats(
                    mappings, writers, JournalFiles.of(files.directory()).bytes(), oldest, newest);
        } catch (StoreException e) {
            throw VaultFailures.of(files, e);
        } catch (IOException e) {
            throw VaultFailures.of(files, e);
        }
    }

    private static @Nullable LocalDate day(byte[] key) {
        return key.length < Integer.BYTES
                ? null
                : LocalDate.ofEpochDay(ByteBuffer.wrap(key).getInt());
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        db.close();
        delete(scratch);
    }
}

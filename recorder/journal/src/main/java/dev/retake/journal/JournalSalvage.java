package dev.retake.journal;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.keyring.KeyringFiles;
import dev.retake.journal.keyring.KeyringReader;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.layout.Descriptor;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.layout.ForwardedFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.layout.OwnerLock;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.TenantTag;
import dev.retake.journal.salvage.Carver;
import dev.retake.journal.salvage.Rebuild;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.StoreFailures;
import dev.retake.journal.table.Upstreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Saves from a damaged journal whatever is whole, into a new one; the damaged one is not touched. */
public final class JournalSalvage {
    /** Exchanges that were captured and could not be saved count as dropped for this reason. */
    public static final String DAMAGED = "damaged";

    private final JournalFiles in;
    private final JournalFiles out;
    private final KeySet keys;

    private JournalSalvage(JournalFiles in, JournalFiles out, KeySet keys) {
        this.in = in;
        this.out = out;
        this.keys = keys;
    }

    /**
     * What was saved.
     *
     * @param sessions sessions of which something was saved
     * @param exchanges exchanges that were saved
     * @param lost exchanges that were counted as captured and could not be found; 0 also where the count itself is lost
     */
    public record Saved(long sessions, long exchanges, long lost) {}

    /**
     * Salvages {@code in} to {@code out}, which must not exist, under the same keys.
     *
     * @throws RetakeException with INPUT where {@code in} is no journal or {@code out} exists, LOCKED where another
     *     process writes to {@code in}, KEY where {@code keys} do not open it, DISK where {@code out} cannot be written
     */
    public static Saved salvage(Path in, Path out, KeySet keys) {
        JournalSalvage salvage = new JournalSalvage(JournalFiles.of(in), JournalFiles.of(out), keys);
        try {
            salvage.requirePlaces();
            return salvage.run();
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK,
                    "Cannot salvage to " + out + "; check the directory, its permissions and the room.",
                    e);
        } catch (StoreException e) {
            throw StoreFailures.opening(salvage.out.directory(), e);
        }
    }

    private void requirePlaces() throws IOException {
        if (!Files.isDirectory(in.db()) && !Files.exists(in.descriptor())) {
            throw new RetakeException(
                    ErrorCode.INPUT, "There is no journal at " + in.directory() + "; check the path.");
        }
        if (Files.exists(out.directory()) || Files.exists(out.keyring())) {
            throw new RetakeException(
                    ErrorCode.INPUT, out.directory() + " exists already; name a directory that does not.");
        }
        OwnerLock.requireFree(in.owner(), in.directory());
        if (Descriptor.intact(in.descriptor(), in.directory())
                || Descriptor.intact(in.descriptorCopy(), in.directory())) {
            Descriptor.require(in).requireKeys(keys, in.directory());
        }
    }

    private Saved run() throws IOException, StoreException {
        Optional<byte[]> tenant = new KeyringReader(in.keyring(), keys).tenantTag();
        Files.createDirectories(out.directory());
        Descriptor.create(keys).write(out);
        KeyringWriter keyring = new KeyringWriter(
                out.keyring(), keys, tenant.orElse(TenantTag.of(JournalSettings.DEFAULT_TENANT)), this::issuedBefore);
        Ledger known = knownLedger();
        try (RecordOpener damaged =
                        new RecordOpener(new KeyringReader(in.keyring(), keys), new DictionaryFiles(in, keys));
                RecordOpener saved =
                        new RecordOpener(new KeyringReader(out.keyring(), keys), new DictionaryFiles(out, keys));
                RecordSealer sealer = RecordSealer.plain();
                JournalDb db = JournalDb.openOwned(out.db(), Table.JOURNAL)) {
            Rebuild rebuild = new Rebuild(db, saved, sealer, keyring, keys);
            new Carver(damaged, new Upstreams(keys)).carve(in, rebuild);
            rebuild.settle();
            long lost = Math.max(0, known.get(Ledger.CAPTURED) - known.get(Ledger.EXPIRED) - rebuild.exchanges());
            writeLedger(db, known, rebuild.counts(), lost);
            db.flush();
            return new Saved(rebuild.sessions(), rebuild.exchanges(), lost);
        }
    }

    /** What is saved is kept no longer for it. */
    private long issuedBefore(int day) {
        try {
            return KeyringFiles.lastIssued(in.keyring(), day);
        } catch (IOException e) {
            return 0; // then what is saved counts by its day
        }
    }

    /** The ledger of the damaged journal, empty where it cannot be read. */
    private Ledger knownLedger() {
        try (JournalReader reader = JournalReader.openTables(in, keys)) {
            return reader.ledger();
        } catch (RetakeException e) {
            return Ledger.empty(); // its damage is why this runs
        }
    }

    private void writeLedger(JournalDb db, Ledger known, Map<String, Long> counted, long lost)
            throws IOException, StoreException {
        Map<String, Long> counts = new HashMap<>(known.all());
        counts.putAll(Map.of(Ledger.CAPTURED, 0L, Ledger.TRUNCATED, 0L, Ledger.WITHHELD, 0L));
        counts.putAll(counted);
        counts.merge(Ledger.CAPTURED, known.get(Ledger.EXPIRED), Long::sum);
        counts.merge(Ledger.DROPPED + DAMAGED, lost, Long::sum);
        Ledger ledger = Ledger.of(counts);
        long forwarded = ForwardedFile.read(in.forwarded()).orElse(0);
        counts.merge(Ledger.UNKNOWN, Math.max(0, forwarded - ledger.accounted()), Long::sum);
        try (StoreBatch changes = db.batch()) {
            Ledger.add(changes, counts, 1);
            db.write(changes, true);
        }
        long accounted = Ledger.of(counts).accounted();
        ForwardedFile.open(out.forwarded(), accounted).settle(accounted);
    }
}

package dev.retake.journal;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.keyring.KeyringCheck;
import dev.retake.journal.layout.Descriptor;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.layout.ForwardedFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.store.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every byte of a journal and says what is damaged; changes nothing, and works while a recorder writes. */
public final class JournalVerifier {
    private static final int MAX_DAMAGE = 10_000;

    private JournalVerifier() {}

    /**
     * What a verification found.
     *
     * @param sessions how many sessions were read
     * @param exchanges how many exchanges were read whole
     * @param damage what is wrong, at most 10,000 places; empty where the journal is sound
     */
    public record Findings(long sessions, long exchanges, List<Damage> damage) {
        public Findings {
            damage = List.copyOf(damage);
        }
    }

    /**
     * Verifies the journal at {@code directory}.
     *
     * @throws RetakeException with INPUT where there is no journal, KEY where {@code keys} do not open it, FORMAT where it
     *     is of a newer format, DISK where it cannot be read
     */
    public static Findings verify(Path directory, KeySet keys) {
        JournalFiles files = JournalFiles.of(directory);
        List<Damage> damage = new ArrayList<>();
        try {
            if (checkDescriptor(files, damage)) {
                Descriptor.require(files).requireKeys(keys, files.directory());
            }
            named(files.keyring().getFileName() + "/", KeyringCheck.damage(files.keyring()), damage);
            named("", new DictionaryFiles(files, keys).damage(), damage);
            checkForwarded(files, damage);
            TableCheck tables = checkTables(files, keys, damage);
            return new Findings(
                    tables == null ? 0 : tables.sessions(),
                    tables == null ? 0 : tables.exchanges(),
                    damage.subList(0, Math.min(damage.size(), MAX_DAMAGE)));
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK, "Cannot read the journal " + files.directory() + "; check its permissions.", e);
        }
    }

    /** Whether at least one copy can be read. */
    private static boolean checkDescriptor(JournalFiles files, List<Damage> damage) {
        if (!Files.isDirectory(files.directory()) || !Files.exists(files.descriptor()) && !Files.exists(files.db())) {
            Descriptor.require(files);
        }
        boolean first = Descriptor.intact(files.descriptor(), files.directory());
        boolean second = Descriptor.intact(files.descriptorCopy(), files.directory());
        if (!first) {
            damage.add(new Damage("JOURNAL", "is damaged"));
        }
        if (!second) {
            damage.add(new Damage(files.keyring().getFileName() + "/JOURNAL", "is damaged"));
        }
        return first || second;
    }

    private static void checkForwarded(JournalFiles files, List<Damage> damage) throws IOException {
        if (ForwardedFile.read(files.forwarded()).isEmpty()) {
            damage.add(new Damage("forwarded", "is damaged, so exchanges that were lost in a crash are not counted"));
        }
    }

    private static @Nullable TableCheck checkTables(JournalFiles files, KeySet keys, List<Damage> damage)
            throws IOException {
        if (!Files.isDirectory(files.db())) {
            damage.add(new Damage("db", "is gone"));
            return null;
        }
        try (JournalReader reader = JournalReader.openTables(files, keys)) {
            named("db/", StoreFiles.damage(files.db(), reader.tableFiles()), damage);
            TableCheck tables = reader.check();
            damage.addAll(tables.damage());
            return tables;
        } catch (RetakeException e) {
            Map<String, String> broken = StoreFiles.damage(files.db(), null);
            named("db/", broken, damage);
            damage.add(new Damage("db", "cannot be opened as a whole"));
            return null;
        }
    }

    private static void named(String prefix, Map<String, String> found, List<Damage> damage) {
        found.forEach((name, what) -> damage.add(new Damage(prefix + name, what)));
    }
}

package dev.retake.journal.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Checks the database's files one by one, whether or not they make a database. */
public final class StoreFiles {
    private static final String TABLE = ".sst";

    private StoreFiles() {}

    /**
     * What is wrong, as the rest of a sentence, by name of file. Files that go meanwhile are passed over.
     *
     * @param tables the table files that count; null where that is not known, then all are checked
     */
    public static Map<String, String> damage(Path directory, @Nullable Set<String> tables) throws IOException {
        Map<String, String> damage = new TreeMap<>();
        Path list = directory.resolve("CURRENT");
        String current = Files.exists(list) ? Files.readString(list).trim() : "";
        if (!current.matches("MANIFEST-\\d+") || !Files.exists(directory.resolve(current))) {
            damage.put("CURRENT", "does not name the list of files");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (tables == null || !name.endsWith(TABLE) || tables.contains(name)) {
                    check(file, name, damage);
                }
            }
        }
        return damage;
    }

    private static void check(Path file, String name, Map<String, String> damage) throws IOException {
        try {
            if (name.endsWith(TABLE)) {
                checkTable(file, name, damage);
            } else if (name.endsWith(".blob")) {
                long at = BlobFile.damagedAt(file);
                if (at >= 0) {
                    damage.put(name, "is damaged at byte " + at);
                }
            } else if (name.endsWith(".log") || name.startsWith("MANIFEST-")) {
                LogFile log = LogFile.read(file);
                if (log.damagedAt() >= 0) {
                    damage.put(name, "is damaged at byte " + log.damagedAt());
                } else if (log.isTorn() && name.startsWith("MANIFEST-")) {
                    damage.put(name, "ends in the middle of an entry");
                }
            }
        } catch (NoSuchFileException e) {
            damage.remove(name); // compacted away
        } catch (EOFException e) {
            damage.put(name, "ends too early");
        }
    }

    private static void checkTable(Path file, String name, Map<String, String> damage) {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            if (Files.exists(file)) {
                damage.put(name, "is damaged");
            }
        }
    }
}

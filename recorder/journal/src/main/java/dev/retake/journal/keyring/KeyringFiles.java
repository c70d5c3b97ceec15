package dev.retake.journal.keyring;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Where the keyring of a journal is, and which days it has. */
public final class KeyringFiles {
    private static final String SUFFIX = ".keys";

    private KeyringFiles() {}

    /** {@code DIR.keyring} beside the journal {@code DIR}. */
    public static Path directoryFor(Path journal) {
        Path absolute = journal.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".keyring");
    }

    static Path file(Path directory, int day) {
        return directory.resolve(LocalDate.ofEpochDay(day) + SUFFIX);
    }

    /** The keyring's files by day; none where there is no keyring. */
    public static NavigableMap<Integer, Path> days(Path directory) throws IOException {
        NavigableMap<Integer, Path> days = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return days;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                day(file.getFileName().toString()).ifPresent(day -> days.put(day, file));
            }
        }
        return days;
    }

    private static OptionalInt day(String name) {
        try {
            LocalDate day = LocalDate.parse(name.substring(0, name.length() - SUFFIX.length()));
            return OptionalInt.of(Math.toIntExact(day.toEpochDay()));
        } catch (DateTimeException e) {
            return OptionalInt.empty(); // some other file, not of the keyring
        }
    }

    /** Makes {@code directory}, for its owner alone, unless it is there. */
    public static void createPrivately(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** When the last keys of {@code day} were issued, seconds since the epoch; 0 where that cannot be told. */
    public static long lastIssued(Path directory, int day) throws IOException {
        Path file = file(directory, day);
        if (!Files.exists(file)) {
            return 0;
        }
        int last = (int) ((Files.size(file) - 1) / KeyBlock.BYTES);
        return KeyBlock.issuedAt(KeyringReader.read(file, last));
    }
}

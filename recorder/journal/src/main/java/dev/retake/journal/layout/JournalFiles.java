package dev.retake.journal.layout;

import dev.retake.journal.keyring.KeyringFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a journal are.
 *
 * <pre>
 * DIR/JOURNAL      what this is: format, id, key check ({@link Descriptor})
 * DIR/owner        locked by the process that writes; holds its pid ({@link OwnerLock})
 * DIR/forwarded    the count of forwarded exchanges, mapped into memory ({@link ForwardedFile})
 * DIR/db/          the tables ({@link dev.retake.journal.store.JournalDb})
 * DIR/inventory    which fields carry what, sealed ({@link dev.retake.journal.InventoryFile})
 * DIR/dictionaries/ what the compressor has learnt, sealed
 * DIR.keyring/     copies of JOURNAL and of the dictionaries, and the wrapped data keys by day
 * </pre>
 */
public record JournalFiles(Path directory) {

    /** The parts of the journal at {@code directory}. */
    public static JournalFiles of(Path directory) {
        return new JournalFiles(directory.toAbsolutePath().normalize());
    }

    public Path descriptor() {
        return directory.resolve("JOURNAL");
    }

    public Path descriptorCopy() {
        return keyring().resolve("JOURNAL");
    }

    public Path owner() {
        return directory.resolve("owner");
    }

    public Path forwarded() {
        return directory.resolve("forwarded");
    }

    public Path inventory() {
        return directory.resolve("inventory");
    }

    public Path db() {
        return directory.resolve("db");
    }

    public Path dictionaries() {
        return directory.resolve("dictionaries");
    }

    public Path keyring() {
        return KeyringFiles.directoryFor(directory);
    }

    /** The database's files whose names end with {@code suffix}, in order of their names. */
    public List<Path> dbFiles(String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(db(), "*" + suffix)) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    /** Bytes of all files, those of the keyring included. */
    public long bytes() throws IOException {
        Sum sum = new Sum();
        Files.walkFileTree(directory, sum);
        if (Files.isDirectory(keyring())) {
            Files.walkFileTree(keyring(), sum);
        }
        return sum.bytes;
    }

    /** Makes the entries of {@code directory} durable. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Adds up file sizes; files that go while it looks count nothing. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}

package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.scan.ByteScanner;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.ScanListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every byte of files, and of all files under directories, names included; notes which directories are journals. */
final class FileScan {
    private final Canaries canaries;
    private final DetectedClasses classes;
    private final ScanFindings findings;
    private final ProgressLine progress;
    private final @Nullable Path ignored;
    private final byte[] chunk = new byte[128 * 1024];
    private final List<Path> journals = new ArrayList<>();

    /**
     * A scan.
     *
     * @param ignored a file that is not read, because it holds the planted values; null for none
     */
    FileScan(
            Canaries canaries,
            DetectedClasses classes,
            ScanFindings findings,
            ProgressLine progress,
            @Nullable Path ignored) {
        this.canaries = canaries;
        this.classes = classes;
        this.findings = findings;
        this.progress = progress;
        this.ignored = ignored;
    }

    /** Reads {@code path}, a file or a directory. Links inside a directory are not followed. */
    void read(Path path) {
        if (!Files.exists(path)) {
            throw new RetakeException(ErrorCode.INPUT, "There is nothing at " + path + "; check the path.");
        }
        try {
            Files.walkFileTree(path.toRealPath(), new Visitor(path));
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.DISK, "Cannot read " + path + "; check its permissions.", e);
        }
    }

    /** Reads a stream to its end. */
    void read(String name, InputStream stream) throws IOException {
        findings.readFile();
        try (ByteScanner scanner = ByteScanner.of(canaries, classes, listener(name))) {
            int count;
            while ((count = stream.read(chunk)) >= 0) {
                scanner.feed(chunk, 0, count);
                findings.readBytes(count);
                progress.show(() -> "scanning: %,d files, %,d MB, %,d leaks; %s"
                        .formatted(findings.files(), findings.bytes() / 1_000_000, findings.leaks(), name));
            }
            scanner.end();
        }
    }

    /** The journals among what was read. */
    List<Path> journals() {
        return List.copyOf(journals);
    }

    private ScanListener listener(String name) {
        return new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                findings.leaked(name, null, leak);
            }

            @Override
            public void unread(String reason) {
                findings.unread(name, reason);
            }
        };
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path given;
        private @Nullable Path real;

        Visitor(Path given) {
            this.given = given;
        }

        /** The path as the user would write it. */
        private String name(Path path) {
            Path root = real;
            return root == null || root.equals(path)
                    ? given.toString()
                    : given.resolve(root.relativize(path)).toString();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (real == null) {
                real = directory;
            } else {
                fileName(directory);
            }
            if (Files.exists(directory.resolve("JOURNAL")) && Files.isDirectory(directory.resolve("db"))) {
                journals.add(Path.of(name(directory)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (real == null) {
                real = file;
            }
            fileName(file);
            if (!attributes.isRegularFile() || ignored != null && Files.isSameFile(file, ignored)) {
                return FileVisitResult.CONTINUE;
            }
            String name = name(file);
            try (InputStream in = Files.newInputStream(file)) {
                read(name, in);
            } catch (NoSuchFileException e) {
                // Whoever owns it removed it while the tree was walked: it is not there to leak.
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                findings.unread(name, "cannot be read");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            if (!(failure instanceof NoSuchFileException)) {
                findings.unread(name(file), "cannot be read");
            }
            return FileVisitResult.CONTINUE;
        }

        /** A name that leaks is not shown: the place is the directory that it stands in. */
        private void fileName(Path path) {
            Path parent = path.getParent();
            String place = "a file name in " + (parent == null || path.equals(real) ? "the path given" : name(parent));
            byte[] name = String.valueOf(path.getFileName()).getBytes(StandardCharsets.UTF_8);
            try (ByteScanner scanner = ByteScanner.of(canaries, classes, listener(place))) {
                scanner.feed(name, 0, name.length);
                scanner.end();
            }
        }
    }
}

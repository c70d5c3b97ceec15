package dev.retake.journal.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a path led to. A directory can be moved or removed under a process that writes in it; its open files then
 * take writes as before, and nobody ever finds them.
 */
public final class Place {
    private final Path path;
    private final @Nullable Object key;

    private Place(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /** What {@code path} leads to now. */
    public static Place of(Path path) throws IOException {
        return new Place(path, key(path));
    }

    /** Whether the path still leads there. One system call. */
    public boolean isUnchanged() {
        try {
            return Objects.equals(key(path), key);
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}

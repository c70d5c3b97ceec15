package dev.retake.journal.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of a file system that is in memory ({@code /dev/shm}), which outlives the process and never waits for a disk. Its
 * name is random; at byte 64 it says which directory it counts for, so that it is not taken for that of a copied journal.
 */
final class LivePage {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int BYTES = 4_096;
    private static final int NAME_BYTES = 16;
    private static final int OWNER = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] name;
    private final MappedByteBuffer page;

    private LivePage(byte[] name, MappedByteBuffer page) {
        this.name = name;
        this.page = page;
    }

    /** A page of zeros for {@code file}, whose directory exists; null where the system has no such place. */
    static @Nullable LivePage create(Path file) {
        byte[] owner = owner(file);
        byte[] name = new byte[NAME_BYTES];
        RANDOM.nextBytes(name);
        Path path = path(HexFormat.of().formatHex(name));
        try {
            if (owner == null || !Files.getFileStore(MEMORY).type().equals("tmpfs")) {
                return null;
            }
            try (FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer zeros =
                        ByteBuffer.allocate(BYTES).position(OWNER).put(owner).clear();
                while (zeros.hasRemaining()) {
                    channel.write(zeros, zeros.position());
                }
                MappedByteBuffer page = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
                page.order(ByteOrder.LITTLE_ENDIAN);
                return new LivePage(name, page);
            }
        } catch (IOException | UnsupportedOperationException e) {
            delete(HexFormat.of().formatHex(name)); // no such place, or no room in it: the file itself is counted in
            return null;
        }
    }

    MappedByteBuffer page() {
        return page;
    }

    void putName(ByteBuffer into, int at) {
        into.put(at, name);
    }

    void delete() {
        delete(HexFormat.of().formatHex(name));
    }

    /** The name that stands in {@code content} at {@code at}; null where there is none. */
    static @Nullable String named(byte[] content, int at) {
        if (content.length < at + NAME_BYTES) {
            return null;
        }
        byte[] name = Arrays.copyOfRange(content, at, at + NAME_BYTES);
        return Arrays.equals(name, new byte[NAME_BYTES]) ? null : HexFormat.of().formatHex(name);
    }

    /** What is in the page {@code name}; null where it is gone or not that of {@code file}. */
    static byte @Nullable [] read(@Nullable String name, Path file) {
        byte[] owner = name == null ? null : owner(file);
        if (name == null || owner == null) {
            return null;
        }
        try {
            byte[] content = Files.readAllBytes(path(name));
            int end = Math.min(content.length, OWNER + owner.length + 1);
            return Arrays.equals(
                            Arrays.copyOfRange(content, OWNER, Math.max(OWNER, end)),
                            Arrays.copyOf(owner, owner.length + 1))
                    ? content
                    : null;
        } catch (IOException e) {
            return null; // the process ended in order, or the machine did
        }
    }

    static void delete(@Nullable String name) {
        if (name != null) {
            try {
                Files.deleteIfExists(path(name));
            } catch (IOException e) {
                return; // a page of memory is left until the machine restarts
            }
        }
    }

    private static Path path(String name) {
        return MEMORY.resolve("retake-" + name);
    }

    /** Device and inode of the directory of {@code file}; null where there is no such thing. */
    private static byte @Nullable [] owner(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        try {
            Object key = directory == null
                    ? null
                    : Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            return key == null ? null : key.toString().getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return null;
        }
    }
}

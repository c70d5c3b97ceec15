package dev.retake.journal.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
 * name is random; at byte 64 it says which directory it counts for, so that it is not taken for that of a copied journal, and
 * at byte 256 where that is, so that the page of a journal that is no more can be told.
 */
final class LivePage {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int BYTES = 4_096;
    private static final int NAME_BYTES = 16;
    private static final int OWNER = 64;
    private static final int PLACE = 256;
    private static final String PREFIX = "retake-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] name;
    private final MappedByteBuffer page;

    private LivePage(byte[] name, MappedByteBuffer page) {
        this.name = name;
        this.page = page;
    }

    /** An empty page for {@code file}, whose directory exists; null where the system has no such place. */
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
                ByteBuffer start = ByteBuffer.allocate(BYTES).put(OWNER, owner);
                byte[] place = String.valueOf(file.toAbsolutePath().getParent()).getBytes(StandardCharsets.UTF_8);
                if (place.length < BYTES - PLACE) {
                    start.put(PLACE, place);
                }
                while (start.hasRemaining()) {
                    channel.write(start, start.position());
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

    /**
     * Deletes pages, as far as this user may, of journals that are no longer where they were: their processes were killed, and
     * nobody will open those journals again. A process that still counts in one goes on doing so, for it has it mapped.
     */
    static void deleteOrphans() {
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(MEMORY, PREFIX + "*")) {
            for (Path page : pages) {
                if (isOrphan(page)) {
                    Files.deleteIfExists(page);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // another user's, or taken away meanwhile: the next journal that is opened goes on
        }
    }

    private static boolean isOrphan(Path page) throws IOException {
        if (!Files.isReadable(page) || Files.size(page) != BYTES) {
            return false;
        }
        byte[] content = Files.readAllBytes(page);
        String place = text(content, PLACE);
        if (place.isEmpty()) {
            return false;
        }
        try {
            byte[] there = owner(Path.of(place, "any"));
            return there == null || !new String(there, StandardCharsets.US_ASCII).equals(text(content, OWNER));
        } catch (InvalidPathException e) {
            return false; // written where names of files are written otherwise
        }
    }

    /** From {@code at} to the next zero. */
    private static String text(byte[] content, int at) {
        int end = at;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return new String(content, at, end - at, StandardCharsets.UTF_8);
    }

    private static Path path(String name) {
        return MEMORY.resolve(PREFIX + name);
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

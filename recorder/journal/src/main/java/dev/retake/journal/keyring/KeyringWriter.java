package dev.retake.journal.keyring;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.TenantTag;
import dev.retake.journal.record.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * Gives out new data keys. A block of keys is on the disk for good before the first of them is given out, so no record
 * can outlive its key, and one sync serves 128 sessions. For one thread, in the process that owns the journal.
 */
public final class KeyringWriter {
    private final Path directory;
    private final KeySet keys;
    private final byte[] tenantTag;
    private final IntToLongFunction issuing;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Current> current = new HashMap<>();

    /** Gives out keys from the keyring in {@code directory}, which is made when the first is needed. */
    public KeyringWriter(Path directory, KeySet keys, String tenant, Clock clock) {
        this(directory, keys, TenantTag.of(tenant), day -> clock.instant().getEpochSecond());
    }

    /** The same for a tenant of whom only the tag is known, with keys that count as issued when {@code issuing} says. */
    public KeyringWriter(Path directory, KeySet keys, byte[] tenantTag, IntToLongFunction issuing) {
        this.directory = directory;
        this.keys = keys;
        this.tenantTag = tenantTag.clone();
        this.issuing = issuing;
    }

    /** A data key that nothing was sealed under, in the period {@code day}. */
    public RecordKey next(int day) throws IOException {
        Current block = current.get(day);
        if (block == null || block.used == KeyBlock.KEYS) {
            block = append(day);
            current.put(day, block);
        }
        try {
            return block.block.key(block.first + block.used++);
        } catch (UnreadableException e) {
            throw new IllegalStateException("a key block that was just made must be readable", e);
        }
    }

    /** Destroys the keys of {@code day}: what they sealed can no longer be read, wherever it was copied to. */
    public void destroy(int day) throws IOException {
        current.remove(day);
        if (Files.deleteIfExists(KeyringFiles.file(directory, day))) {
            sync(directory);
        }
    }

    private Current append(int day) throws IOException {
        KeyringFiles.createPrivately(directory);
        Path file = KeyringFiles.file(directory, day);
        boolean made = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            // Rounded up: a block that was cut off by a crash or by damage keeps its place and its numbers.
            int index = Math.toIntExact((channel.size() + KeyBlock.BYTES - 1) / KeyBlock.BYTES);
            byte[] fresh = new byte[KeyBlock.KEYS * Aead.KEY_BYTES];
            random.nextBytes(fresh);
            KeyBlock block = KeyBlock.create(day, index, issuing.applyAsLong(day), tenantTag, keys, fresh);
            write(channel, block, (long) index * KeyBlock.BYTES);
            if (made) {
                sync(directory);
                sync(Objects.requireNonNull(directory.toAbsolutePath().getParent()));
            }
            return new Current(block, index * KeyBlock.KEYS);
        }
    }

    /** Leaves nothing behind of a block that a full disk refuses: none of its keys is in use, and it would read as damage. */
    private static void write(FileChannel channel, KeyBlock block, long position) throws IOException {
        long before = channel.size();
        ByteBuffer bytes = ByteBuffer.wrap(block.bytes());
        boolean written = false;
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
            channel.force(true);
            written = true;
        } finally {
            if (!written) {
                channel.truncate(before);
            }
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class Current {
        private final KeyBlock block;
        private final int first;
        private int used;

        Current(KeyBlock block, int first) {
            this.block = block;
            this.first = first;
        }
    }
}

package dev.retake.journal.keyring;

import dev.retake.common.keys.KeySet;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds data keys by day and number, and remembers those used last. For one thread. */
public final class KeyringReader implements RecordOpener.Keys {
    private static final int BLOCKS_KEPT = 128;
    private static final int KEYS_KEPT = 1_024;

    private final Path directory;
    private final KeySet keys;
    private final Map<Long, KeyBlock> blocks = new Recent<>(BLOCKS_KEPT);
    private final Map<Long, RecordKey> found = new Recent<>(KEYS_KEPT);

    public KeyringReader(Path directory, KeySet keys) {
        this.directory = directory;
        this.keys = keys;
    }

    @Override
    public RecordKey key(int day, int number) throws UnreadableException {
        RecordKey known = found.get(id(day, number));
        if (known != null) {
            return known;
        }
        if (number < 0) {
            throw new UnreadableException("names a key that cannot be");
        }
        RecordKey key = block(day, number / KeyBlock.KEYS).key(number);
        found.put(id(day, number), key);
        return key;
    }

    /** The tag of the tenant whose keys these are; empty where no key can be read. */
    public Optional<byte[]> tenantTag() throws IOException {
        for (Map.Entry<Integer, Path> day : KeyringFiles.days(directory).entrySet()) {
            for (int index = 0; (long) index * KeyBlock.BYTES < Files.size(day.getValue()); index++) {
                try {
                    return Optional.of(block(day.getKey(), index).tenantTag());
                } catch (UnreadableException e) {
                    // Another block may do.
                }
            }
        }
        return Optional.empty();
    }

    private KeyBlock block(int day, int index) throws UnreadableException {
        KeyBlock known = blocks.get(id(day, index));
        if (known != null) {
            return known;
        }
        Path file = KeyringFiles.file(directory, day);
        try {
            KeyBlock block = KeyBlock.read(day, index, read(file, index), keys);
            blocks.put(id(day, index), block);
            return block;
        } catch (NoSuchFileException e) {
            throw new UnreadableException("needs the keyring " + file.getFileName() + ", which is gone", e);
        } catch (IOException e) {
            throw new UnreadableException("needs the keyring " + file.getFileName() + ", which cannot be read", e);
        } catch (UnreadableException e) {
            throw new UnreadableException("needs the keyring " + file.getFileName() + ", which " + e.getMessage(), e);
        }
    }

    /** Block {@code index} of {@code file}, shorter where the file ends in it. */
    static byte[] read(Path file, int index) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(KeyBlock.BYTES);
            long position = (long) index * KeyBlock.BYTES;
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = channel.read(bytes, position + bytes.position());
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    private static long id(int day, int number) {
        return (long) day << 32 | number & 0xffff_ffffL;
    }

    /** Keeps the entries that were used last. */
    private static final class Recent<V> extends LinkedHashMap<Long, V> {
        private static final long serialVersionUID = 1;

        private final int kept;

        Recent(int kept) {
            super(16, 0.75f, true);
            this.kept = kept;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
            return size() > kept;
        }
    }
}

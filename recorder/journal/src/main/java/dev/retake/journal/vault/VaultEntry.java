package dev.retake.journal.vault;

import dev.retake.common.keys.SealBrokenException;
import dev.retake.privacy.ReplacedValue;
import dev.retake.privacy.detect.DataClass;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One mapping as it is stored.
 *
 * <pre>
 * key    day (4) writer (8) keyed hash of the surrogate (16) keyed hash of class and original (8)
 * value  version (1) AES-256-GCM(plain; "retake vault entry 1" key)
 * plain  seen, ms since 1970 (8)  class (1 + n)  original (4 + n)  zeros up to a multiple of 32
 * </pre>
 *
 * The day comes first, so that what is past its retention goes by range, without any key. It holds an original, so it has
 * no {@code toString}.
 */
final class VaultEntry {
    static final int SURROGATE_BYTES = 16;
    static final int ORIGINAL_BYTES = 8;

    private static final byte VERSION = 1;
    private static final int PADDED_TO = 32;
    private static final byte[] ASSOCIATED = "retake vault entry 1".getBytes(StandardCharsets.US_ASCII);

    private final long seen;
    private final DataClass dataClass;
    private final String original;

    private VaultEntry(long seen, DataClass dataClass, String original) {
        this.seen = seen;
        this.dataClass = dataClass;
        this.original = original;
    }

    long seen() {
        return seen;
    }

    DataClass dataClass() {
        return dataClass;
    }

    String original() {
        return original;
    }

    /** Keys of entries that {@code writer} made for {@code surrogate} begin so. */
    static byte[] prefix(WriterKey writer, String surrogate) {
        return ByteBuffer.allocate(Integer.BYTES + WriterKey.ID_BYTES + SURROGATE_BYTES)
                .putInt(writer.day())
                .put(writer.id())
                .put(writer.hash(surrogate.getBytes(StandardCharsets.UTF_8), SURROGATE_BYTES))
                .array();
    }

    static byte[] key(WriterKey writer, ReplacedValue value) {
        byte[] label = value.dataClass().label().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = ByteBuffer.allocate(label.length + 1 + value.original().length)
                .put(label)
                .put((byte) 0)
                .put(value.original())
                .array();
        byte[] prefix = prefix(writer, value.surrogate());
        byte[] key = ByteBuffer.allocate(prefix.length + ORIGINAL_BYTES)
                .put(prefix)
                .put(writer.hash(whole, ORIGINAL_BYTES))
                .array();
        Arrays.fill(whole, (byte) 0);
        return key;
    }

    static byte[] seal(WriterKey writer, byte[] key, ReplacedValue value, long seen) {
        byte[] label = value.dataClass().label().getBytes(StandardCharsets.US_ASCII);
        int length = Long.BYTES + 1 + label.length + Integer.BYTES + value.original().length;
        ByteBuffer plain = ByteBuffer.allocate((length + PADDED_TO - 1) / PADDED_TO * PADDED_TO)
                .putLong(seen)
                .put((byte) label.length)
                .put(label)
                .putInt(value.original().length)
                .put(value.original());
        byte[] sealed = writer.seal().seal(plain.array(), associated(key));
        Arrays.fill(plain.array(), (byte) 0);
        return ByteBuffer.allocate(1 + sealed.length).put(VERSION).put(sealed).array();
    }

    /** @throws SealBrokenException if it was changed or moved, or is of a version that this one does not know */
    static VaultEntry open(WriterKey writer, byte[] key, byte[] value) throws SealBrokenException {
        if (value.length < 1 || value[0] != VERSION) {
            throw new SealBrokenException("an entry of an unknown version");
        }
        byte[] plain = writer.seal().open(Arrays.copyOfRange(value, 1, value.length), associated(key));
        try {
            ByteBuffer in = ByteBuffer.wrap(plain);
            long seen = in.getLong();
            byte[] label = new byte[in.get()];
            in.get(label);
            byte[] original = new byte[in.getInt()];
            in.get(original);
            return new VaultEntry(
                    seen,
                    DataClass.ofLabel(new String(label, StandardCharsets.US_ASCII)),
                    new String(original, StandardCharsets.UTF_8));
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new SealBrokenException("an entry of an unknown form");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] associated(byte[] key) {
        return ByteBuffer.allocate(ASSOCIATED.length + key.length)
                .put(ASSOCIATED)
                .put(key)
                .array();
    }
}

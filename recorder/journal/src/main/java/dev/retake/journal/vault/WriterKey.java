package dev.retake.journal.vault;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.Hkdf;
import dev.retake.common.keys.HmacSha256;
import dev.retake.common.keys.KeyWrap;
import dev.retake.common.keys.SealBrokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key that one writer seals its entries of one day under. Random; it leaves the writer's memory wrapped for the
 * vault's public key alone, so that a writer can read what it wrote on this day, and nothing that was written before.
 *
 * <pre>
 * in the table of keys:  "writer" day (4) id (8)  ->  version (1) wrapped data key ({@link KeyWrap}), associated: this key
 * from the data key:     HKDF "retake vault seal" seals entries, HKDF "retake vault index" finds them
 * </pre>
 */
final class WriterKey {
    static final byte[] PREFIX = "writer".getBytes(StandardCharsets.US_ASCII);
    static final int ID_BYTES = 8;

    private static final byte VERSION = 1;

    private final int day;
    private final byte[] id;
    private final Aead seal;
    private final HmacSha256 index;

    private WriterKey(int day, byte[] id, byte[] dataKey) {
        this.day = day;
        this.id = id;
        byte[] sealing = Hkdf.derive(dataKey, "retake vault seal", Aead.KEY_BYTES);
        byte[] finding = Hkdf.derive(dataKey, "retake vault index", Aead.KEY_BYTES);
        this.seal = new Aead(sealing);
        this.index = new HmacSha256(finding);
        Arrays.fill(sealing, (byte) 0);
        Arrays.fill(finding, (byte) 0);
        Arrays.fill(dataKey, (byte) 0);
    }

    /** A new key for {@code day}, and what of it is stored. */
    static Fresh fresh(int day, PublicKey recipient) {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        byte[] dataKey = Aead.newKey();
        byte[] name = name(day, id);
        byte[] wrapped = KeyWrap.wrap(recipient, dataKey, name);
        byte[] row = ByteBuffer.allocate(1 + wrapped.length)
                .put(VERSION)
                .put(wrapped)
                .array();
        return new Fresh(new WriterKey(day, id, dataKey), name, row);
    }

    /**
     * The key that is stored as {@code row} under {@code name}.
     *
     * @throws SealBrokenException if it was changed, moved or wrapped for another pair
     */
    static WriterKey opened(byte[] name, byte[] row, KeyPair pair) throws SealBrokenException {
        if (name.length != PREFIX.length + Integer.BYTES + ID_BYTES || row.length < 1 || row[0] != VERSION) {
            throw new SealBrokenException("no key of a writer");
        }
        byte[] dataKey = KeyWrap.unwrap(pair, Arrays.copyOfRange(row, 1, row.length), name);
        if (dataKey.length != Aead.KEY_BYTES) {
            throw new SealBrokenException("no key of a writer");
        }
        byte[] id = Arrays.copyOfRange(name, name.length - ID_BYTES, name.length);
        return new WriterKey(ByteBuffer.wrap(name).getInt(PREFIX.length), id, dataKey);
    }

    /** A key and its row in the table of keys. */
    static final class Fresh {
        private final WriterKey key;
        private final byte[] name;
        private final byte[] row;

        private Fresh(WriterKey key, byte[] name, byte[] row) {
            this.key = key;
            this.name = name;
            this.row = row;
        }

        WriterKey key() {
            return key;
        }

        byte[] name() {
            return name;
        }

        byte[] row() {
            return row;
        }
    }

    int day() {
        return day;
    }

    byte[] id() {
        return id;
    }

    Aead seal() {
        return seal;
    }

    /** Keyed hash of {@code text}: the first {@code length} bytes of it. */
    byte[] hash(byte[] text, int length) {
        return Arrays.copyOf(index.of(text), length);
    }

    /** Names of the keys of {@code day} begin so. */
    static byte[] prefix(int day) {
        return ByteBuffer.allocate(PREFIX.length + Integer.BYTES)
                .put(PREFIX)
                .putInt(day)
                .array();
    }

    private static byte[] name(int day, byte[] id) {
        return ByteBuffer.allocate(PREFIX.length + Integer.BYTES + ID_BYTES)
                .put(PREFIX)
                .putInt(day)
                .put(id)
                .array();
    }
}

package dev.retake.journal.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A session's id in keys: the first 16 bytes of its SHA-256, whatever the id's length. The id is a keyed hash itself.
 *
 * @param high first 8 bytes, big-endian
 * @param low last 8 bytes
 */
public record SessionTag(long high, long low) {
    /** Bytes in a key. */
    public static final int BYTES = 16;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(SessionTag::digest);

    /** The tag of the session {@code id}. */
    public static SessionTag of(String id) {
        ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(id.getBytes(StandardCharsets.UTF_8)));
        return new SessionTag(hash.getLong(), hash.getLong());
    }

    /** Reads the tag at {@code offset}. */
    public static SessionTag read(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, BYTES);
        return new SessionTag(buffer.getLong(), buffer.getLong());
    }

    /** Appends the tag. */
    public void put(ByteBuffer target) {
        target.putLong(high).putLong(low);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}

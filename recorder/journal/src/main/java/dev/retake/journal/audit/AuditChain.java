package dev.retake.journal.audit;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.HmacSha256;
import dev.retake.common.keys.KeySet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Keyed hashes that tie each line of an audit log to all before it. Its key is derived from the journal's seal key. */
final class AuditChain {
    /** What the first line follows. */
    static final String START = "0".repeat(64);

    private static final String PURPOSE = "retake audit chain";
    private static final int SUBJECT_BYTES = 16;

    private final HmacSha256 mac;

    private AuditChain(HmacSha256 mac) {
        this.mac = mac;
    }

    /** @throws RetakeException with KEY where {@code keys} lack that seal key */
    static AuditChain of(KeySet keys, int sealKey) {
        byte[] key = keys.deriveFromSealKey(sealKey, PURPOSE);
        if (key == null) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "The audit log was written under seal key " + sealKey
                            + ", which the key set lacks; pass the journal's with --keys FILE.");
        }
        return new AuditChain(new HmacSha256(key));
    }

    /** The link of a line, from that of the line before. */
    String next(String before, String body) {
        return HexFormat.of().formatHex(of("line", before + body));
    }

    /** Proof that the log has so many entries and bytes, and ends with {@code last}. */
    String head(long entries, long length, String last) {
        return HexFormat.of().formatHex(of("head", last + entries + " " + length));
    }

    /** Tells equal subjects without saying what they are. */
    String subject(String asked) {
        return HexFormat.of().formatHex(of("subject", asked), 0, SUBJECT_BYTES);
    }

    private byte[] of(String use, String text) {
        byte[] name = use.getBytes(StandardCharsets.US_ASCII);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return mac.of(ByteBuffer.allocate(name.length + 1 + utf8.length)
                .put(name)
                .put((byte) 0)
                .put(utf8)
                .array());
    }
}

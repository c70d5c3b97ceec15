package dev.retake.journal.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.Aead;
import dev.retake.journal.Session;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Turns an exchange or a session into a sealed record. Holds native memory and buffers; for one thread. */
public final class RecordSealer implements AutoCloseable {
    private static final int LEVEL = 1;
    private static final int WORTH_COMPRESSING = 64;
    private static final int KEPT_BUFFER = 1 << 20;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false);
    private RecordOutput content = new RecordOutput();
    private byte[] packed = new byte[8_192];

    /** The record of {@code exchange}, whose session is {@code session}. */
    public byte[] seal(Exchange exchange, SessionTag session, RecordKey key) {
        content.reset();
        ExchangeCodec.write(exchange, content);
        return seal(Frame.EXCHANGE, session, exchange.sequence(), key);
    }

    /** The row of {@code session}; a higher revision replaces a lower one. */
    public byte[] seal(Session session, SessionTag tag, int revision, RecordKey key) {
        content.reset();
        SessionRow.write(session, content);
        return seal(Frame.SESSION, tag, revision, key);
    }

    private byte[] seal(int kind, SessionTag session, int sequence, RecordKey key) {
        int length = compress();
        boolean smaller = length > 0 && length < content.length();
        byte[] plain = smaller ? packed : content.array();
        int plainLength = smaller ? length : content.length();
        Frame frame = new Frame(
                kind,
                Frame.FORMAT,
                smaller ? Frame.ZSTD : 0,
                key.day(),
                session,
                sequence,
                key.number(),
                plainLength + Aead.OVERHEAD_BYTES);
        ByteBuffer record = ByteBuffer.allocate(frame.totalBytes());
        frame.put(record);
        record.put(key.aead().seal(plain, 0, plainLength, associated(record.array(), 0, key.tenantTag())));
        shrink();
        return record.array();
    }

    private int compress() {
        if (content.length() < WORTH_COMPRESSING) {
            return 0;
        }
        int bound = Math.toIntExact(Zstd.compressBound(content.length()));
        if (packed.length < bound) {
            packed = new byte[Math.max(2 * packed.length, bound)];
        }
        return zstd.compressByteArray(packed, 0, packed.length, content.array(), 0, content.length());
    }

    /** One large record must not pin its buffers for ever. */
    private void shrink() {
        if (packed.length > KEPT_BUFFER) {
            packed = new byte[8_192];
        }
        if (content.array().length > KEPT_BUFFER) {
            content = new RecordOutput();
        }
    }

    static byte[] associated(byte[] bytes, int offset, byte[] tenantTag) {
        byte[] associated = Arrays.copyOf(tenantTag, TenantTag.BYTES + Frame.HEAD_BYTES);
        System.arraycopy(bytes, offset, associated, TenantTag.BYTES, Frame.HEAD_BYTES);
        return associated;
    }

    @Override
    public void close() {
        zstd.close();
    }
}

package dev.retake.journal.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.Session;
import java.util.Arrays;

/** Opens what {@link RecordSealer} sealed. Holds native memory; for one thread. */
public final class RecordOpener implements AutoCloseable {
    /** Where the key of a record comes from. */
    public interface Keys {
        /**
         * The data key numbered {@code number} of {@code day}.
         *
         * @throws UnreadableException if it is lost, damaged or destroyed
         */
        RecordKey key(int day, int number) throws UnreadableException;
    }

    private static final int MAX_CONTENT_BYTES = 1 << 30;

    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final Keys keys;

    public RecordOpener(Keys keys) {
        this.keys = keys;
    }

    /** The exchange in {@code record}. */
    public Exchange exchange(byte[] record) throws UnreadableException {
        return ExchangeCodec.read(content(Frame.EXCHANGE, record, 0));
    }

    /** The session in {@code record}. */
    public Session session(byte[] record) throws UnreadableException {
        return SessionRow.read(content(Frame.SESSION, record, 0));
    }

    /** The exchange in the record at {@code offset}. */
    public Exchange exchange(byte[] bytes, int offset) throws UnreadableException {
        return ExchangeCodec.read(content(Frame.EXCHANGE, bytes, offset));
    }

    /** The session in the record at {@code offset}. */
    public Session session(byte[] bytes, int offset) throws UnreadableException {
        return SessionRow.read(content(Frame.SESSION, bytes, offset));
    }

    private byte[] content(int kind, byte[] bytes, int offset) throws UnreadableException {
        Frame frame = Frame.at(bytes, offset, bytes.length);
        if (frame == null || frame.kind() != kind) {
            throw new UnreadableException("is not a record");
        }
        if (frame.format() > Frame.FORMAT) {
            throw new UnreadableException("is of the newer record format " + frame.format());
        }
        RecordKey key = keys.key(frame.day(), frame.key());
        int from = offset + Frame.HEAD_BYTES;
        byte[] sealed = Arrays.copyOfRange(bytes, from, from + frame.length());
        byte[] plain;
        try {
            plain = key.aead().open(sealed, RecordSealer.associated(bytes, offset, key.tenantTag()));
        } catch (SealBrokenException e) {
            throw new UnreadableException("has a broken seal", e);
        }
        return (frame.flags() & Frame.ZSTD) == 0 ? plain : decompress(plain);
    }

    private byte[] decompress(byte[] plain) throws UnreadableException {
        long size = Zstd.getFrameContentSize(plain);
        if (size <= 0 || size > MAX_CONTENT_BYTES) {
            throw new UnreadableException("has a compressed size out of range");
        }
        try {
            return zstd.decompress(plain, (int) size);
        } catch (ZstdException e) {
            throw new UnreadableException("does not decompress", e);
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}

package dev.retake.journal.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.Session;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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

    /** Where a dictionary comes from. */
    public interface Dictionaries {
        /**
         * The dictionary numbered {@code number}.
         *
         * @throws UnreadableException if it is lost or damaged
         */
        Dictionary dictionary(int number) throws UnreadableException;
    }

    private static final int MAX_CONTENT_BYTES = 1 << 30;

    /** One for each dictionary, and one, numbered 0, without. */
    private final Map<Integer, ZstdDecompressCtx> contexts = new HashMap<>();

    private final Keys keys;
    private final Dictionaries dictionaries;

    public RecordOpener(Keys keys, Dictionaries dictionaries) {
        this.keys = keys;
        this.dictionaries = dictionaries;
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
        return (frame.flags() & Frame.ZSTD) == 0 ? plain : decompress(plain, frame.dictionary());
    }

    private byte[] decompress(byte[] plain, int dictionary) throws UnreadableException {
        long size = Zstd.getFrameContentSize(plain);
        if (size <= 0 || size > MAX_CONTENT_BYTES) {
            throw new UnreadableException("has a compressed size out of range");
        }
        try {
            return context(dictionary).decompress(plain, (int) size);
        } catch (ZstdException e) {
            throw new UnreadableException("does not decompress", e);
        }
    }

    private ZstdDecompressCtx context(int dictionary) throws UnreadableException {
        ZstdDecompressCtx known = contexts.get(dictionary);
        if (known == null) {
            byte[] bytes =
                    dictionary == 0 ? null : dictionaries.dictionary(dictionary).bytes();
            known = new ZstdDecompressCtx();
            if (bytes != null) {
                known.loadDict(bytes);
            }
            contexts.put(dictionary, known);
        }
        return known;
    }

    @Override
    public void close() {
        contexts.values().forEach(ZstdDecompressCtx::close);
        contexts.clear();
    }
}

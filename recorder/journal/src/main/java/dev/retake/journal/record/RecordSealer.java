package dev.retake.journal.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.Aead;
import dev.retake.journal.Session;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Turns an exchange or a session into a sealed record. Holds native memory and buffers; for one thread. */
public final class RecordSealer implements AutoCloseable {
    private static final int LEVEL = 1;
    private static final int WORTH_COMPRESSING = 64;
    private static final int KEPT_BUFFER = 1 << 20;

    /** Where dictionaries come from, and what they are learnt from. */
    public interface Learning {
        /** Shows the content of an exchange; {@code content} is used again afterwards. */
        void sample(byte[] content, int length);

        /** The dictionary to compress with, null where there is none yet. */
        @Nullable
        Dictionary current();
    }

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false);
    private final Learning learning;
    private @Nullable Dictionary dictionary;
    private @Nullable ZstdDictCompress loaded;
    private RecordOutput content = new RecordOutput();
    private byte[] packed = new byte[8_192];

    /** A sealer that learns and uses dictionaries by {@code learning}. */
    public RecordSealer(Learning learning) {
        this.learning = learning;
    }

    /** A sealer that uses no dictionary. */
    public static RecordSealer plain() {
        return new RecordSealer(new Learning() {
            @Override
            public void sample(byte[] content, int length) {
                // Nothing is learnt.
            }

            @Override
            public @Nullable Dictionary current() {
                return null;
            }
        });
    }

    /** The record of {@code exchange}, whose session is {@code session}. */
    public byte[] seal(Exchange exchange, SessionTag session, RecordKey key) {
        content.reset();
        ExchangeCodec.write(exchange, content);
        learning.sample(content.array(), content.length());
        return seal(Frame.EXCHANGE, session, exchange.sequence(), key);
    }

    /** The row of {@code session}; a higher revision replaces a lower one. */
    public byte[] seal(Session session, SessionTag tag, int revision, RecordKey key) {
        content.reset();
        SessionRow.write(session, content);
        return seal(Frame.SESSION, tag, revision, key);
    }

    private byte[] seal(int kind, SessionTag session, int sequence, RecordKey key) {
        useDictionary(learning.current());
        int length = compress();
        boolean smaller = length > 0 && length < content.length();
        byte[] plain = smaller ? packed : content.array();
        int plainLength = smaller ? length : content.length();
        Frame frame = new Frame(
                kind,
                Frame.FORMAT,
                smaller ? flags() : 0,
                key.day(),
                session,
                sequence,
                key.number(),
                plainLength + Aead.OVERHEAD_BYTES);
        ByteBuffer record = ByteBuffer.allocate(frame.totalBytes());
        frame.put(record);
        byte[] associated = associated(record.array(), 0, key.tenantTag());
        key.aead().seal(plain, 0, plainLength, associated, record.array(), record.position());
        shrink();
        return record.array();
    }

    private int flags() {
        Dictionary used = dictionary;
        return Frame.ZSTD | (used == null ? 0 : used.number() << Frame.DICTIONARY_SHIFT);
    }

    private void useDictionary(@Nullable Dictionary wanted) {
        Dictionary used = dictionary;
        if (wanted == null || used != null && used.number() == wanted.number()) {
            return;
        }
        ZstdDictCompress prepared = new ZstdDictCompress(wanted.bytes(), LEVEL);
        zstd.loadDict(prepared);
        closeLoaded();
        loaded = prepared;
        dictionary = wanted;
    }

    private void closeLoaded() {
        if (loaded != null) {
            loaded.close();
        }
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
        closeLoaded();
    }
}

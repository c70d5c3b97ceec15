package dev.retake.privacy.scan;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/** Zstandard (RFC 8878) with a window of at most 8 MiB. */
final class ZstdDecoder implements StreamDecoder {
    private static final int CHUNK = 16 * 1024;
    private static final int WINDOW_LOG = 23;

    private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();
    private final ByteBuffer input = ByteBuffer.allocateDirect(CHUNK);
    private final ByteBuffer output = ByteBuffer.allocateDirect(4 * CHUNK);
    private final byte[] room = new byte[4 * CHUNK];

    ZstdDecoder() {
        decoder.setLongMax(WINDOW_LOG);
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Output out) {
        int at = from;
        try {
            while (at < to) {
                int count = Math.min(to - at, CHUNK);
                input.clear();
                input.put(bytes, at, count).flip();
                at += count;
                boolean drained = true;
                while (input.hasRemaining() || !drained) {
                    output.clear();
                    boolean ended = decoder.decompressDirectByteBufferStream(output, input);
                    drained = output.hasRemaining();
                    output.flip();
                    int length = output.remaining();
                    output.get(room, 0, length);
                    if (length > 0 && !out.put(room, length) || ended) {
                        return false;
                    }
                }
            }
            return true;
        } catch (ZstdException e) {
            // Chance put the first bytes there, or its dictionary is elsewhere.
            return false;
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}

package dev.retake.common.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.retake.common.coding.Decoded.End;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The content codings that can be taken off, each by its decoder. */
enum Coding {
    /** Any number of members (RFC 1952 §2.2). */
    GZIP("gzip") {
        @Override
        End decode(byte[] input, int length, Output output) {
            try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(input, 0, length), CHUNK)) {
                while (true) {
                    byte[] room = output.room();
                    if (output.full()) {
                        return stream.read() < 0 ? End.WHOLE : End.BOUND;
                    }
                    int count = stream.read(room, output.length(), room.length - output.length());
                    if (count < 0) {
                        return End.WHOLE;
                    }
                    output.wrote(count);
                }
            } catch (EOFException e) {
                return End.CUT;
            } catch (IOException e) {
                return End.BROKEN;
            }
        }
    },

    /** The zlib format (RFC 9110 §8.4.1.2), or raw deflate, as some servers have always sent it. */
    DEFLATE("deflate") {
        @Override
        End decode(byte[] input, int length, Output output) {
            Inflater inflater = new Inflater(!hasZlibHeader(input, length));
            try {
                inflater.setInput(input, 0, length);
                while (!inflater.finished()) {
                    byte[] room = output.room();
                    if (output.full()) {
                        return inflater.inflate(new byte[1]) == 0 && inflater.finished() ? End.WHOLE : End.BOUND;
                    }
                    int count = inflater.inflate(room, output.length(), room.length - output.length());
                    output.wrote(count);
                    if (count == 0 && !inflater.finished()) {
                        return inflater.needsDictionary() ? End.BROKEN : End.CUT;
                    }
                }
                return End.WHOLE;
            } catch (DataFormatException e) {
                return End.BROKEN;
            } finally {
                inflater.end();
            }
        }
    },

    /** Brotli (RFC 7932); unknown where its native library is not there for the platform. */
    BROTLI("br") {
        @Override
        End decode(byte[] input, int length, Output output) {
            if (!Brotli4jLoader.isAvailable()) {
                return End.UNKNOWN;
            }
            DecoderJNI.Wrapper decoder;
            try {
                decoder = new DecoderJNI.Wrapper(CHUNK);
            } catch (IOException e) {
                return End.UNKNOWN;
            }
            try {
                return pull(decoder, input, length, output);
            } finally {
                decoder.destroy();
            }
        }
    },

    /** Zstandard (RFC 8878) with a window of at most 8 MiB (RFC 9659 §3). */
    ZSTD("zstd") {
        @Override
        End decode(byte[] input, int length, Output output) {
            ByteBuffer from = ByteBuffer.allocateDirect(Math.min(length, CHUNK));
            ByteBuffer to = ByteBuffer.allocateDirect(4 * CHUNK);
            try (ZstdDecompressCtx decoder = new ZstdDecompressCtx()) {
                decoder.setLongMax(ZSTD_WINDOW_LOG);
                boolean frameEnded = false;
                boolean drained = true;
                from.limit(0);
                int read = 0;
                while (true) {
                    if (!from.hasRemaining() && drained) {
                        if (read == length) {
                            return frameEnded ? End.WHOLE : End.CUT;
                        }
                        from.clear();
                        int count = Math.min(from.capacity(), length - read);
                        from.put(input, read, count).flip();
                        read += count;
                    }
                    to.clear();
                    frameEnded = decoder.decompressDirectByteBufferStream(to, from);
                    drained = to.hasRemaining();
                    to.flip();
                    if (!copy(to, output)) {
                        return End.BOUND;
                    }
                }
            } catch (ZstdException e) {
                return End.BROKEN;
            }
        }
    };

    private static final int CHUNK = 16 * 1024;
    private static final int ZSTD_WINDOW_LOG = 23;

    private final String token;

    Coding(String token) {
        this.token = token;
    }

    /** Its name in {@code Content-Encoding}. */
    String token() {
        return token;
    }

    /** Decodes the first {@code length} bytes of {@code input} into {@code output}, as far as possible. */
    abstract End decode(byte[] input, int length, Output output);

    /** The coding called {@code token}, in lower case; null where it is none of these. */
    static @Nullable Coding of(String token) {
        return switch (token) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            case "br" -> BROTLI;
            case "zstd" -> ZSTD;
            default -> null;
        };
    }

    /** RFC 1950 §2.2: method 8, and both bytes together a multiple of 31. */
    private static boolean hasZlibHeader(byte[] input, int length) {
        return length >= 2 && (input[0] & 0x0f) == 8 && ((input[0] & 0xff) << 8 | (input[1] & 0xff)) % 31 == 0;
    }

    private static End pull(DecoderJNI.Wrapper decoder, byte[] input, int length, Output output) {
        int read = 0;
        while (true) {
            switch (decoder.getStatus()) {
                case DONE -> {
                    return End.WHOLE;
                }
                case ERROR -> {
                    return End.BROKEN;
                }
                case OK -> decoder.push(0);
                case NEEDS_MORE_OUTPUT -> {
                    if (!copy(decoder.pull(), output)) {
                        return End.BOUND;
                    }
                }
                case NEEDS_MORE_INPUT -> {
                    while (decoder.hasOutput()) {
                        if (!copy(decoder.pull(), output)) {
                            return End.BOUND;
                        }
                    }
                    if (read == length) {
                        return End.CUT;
                    }
                    if (decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_INPUT) {
                        ByteBuffer from = decoder.getInputBuffer();
                        from.clear();
                        int count = Math.min(from.remaining(), length - read);
                        from.put(input, read, count);
                        read += count;
                        decoder.push(count);
                    }
                }
            }
        }
    }

    /** Moves all of {@code from}; false where the bound of {@code output} left some of it behind. */
    private static boolean copy(ByteBuffer from, Output output) {
        while (from.hasRemaining()) {
            byte[] room = output.room();
            if (output.full()) {
                return false;
            }
            int count = Math.min(from.remaining(), room.length - output.length());
            from.get(room, output.length(), count);
            output.wrote(count);
        }
        return true;
    }
}

package dev.retake.common.coding;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.retake.common.coding.Decoded.End;
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
        End decode(Input input, Output output) {
            try (GZIPInputStream stream = new GZIPInputStream(input, CHUNK)) {
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
        End decode(Input input, Output output) {
            Inflater inflater = new Inflater(!input.hasZlibHeader());
            byte[] piece = new byte[Math.min(CHUNK, input.left())];
            try {
                while (!inflater.finished()) {
                    byte[] room = output.room();
                    boolean full = output.full();
                    int count = full
                            ? inflater.inflate(new byte[1])
                            : inflater.inflate(room, output.length(), room.length - output.length());
                    if (full && count > 0) {
                        return End.BOUND;
                    }
                    output.wrote(count);
                    if (count == 0 && !inflater.finished()) {
                        int more = inflater.needsDictionary() ? -1 : input.read(piece, 0, piece.length);
                        if (more < 0) {
                            return inflater.needsDictionary() ? End.BROKEN : full ? End.BOUND : End.CUT;
                        }
                        inflater.setInput(piece, 0, more);
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
        End decode(Input input, Output output) {
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
                return pull(decoder, input, output);
            } finally {
                decoder.destroy();
            }
        }
    },

    /** Zstandard (RFC 8878) with a window of at most 8 MiB (RFC 9659 §3). */
    ZSTD("zstd") {
        @Override
        End decode(Input input, Output output) {
            ByteBuffer from = ByteBuffer.allocateDirect(Math.min(input.left(), CHUNK));
            ByteBuffer to = ByteBuffer.allocateDirect(4 * CHUNK);
            try (ZstdDecompressCtx decoder = new ZstdDecompressCtx()) {
                decoder.setLongMax(ZSTD_WINDOW_LOG);
                boolean frameEnded = false;
                boolean drained = true;
                from.limit(0);
                while (true) {
                    if (!from.hasRemaining() && drained) {
                        if (input.left() == 0) {
                            return frameEnded ? End.WHOLE : End.CUT;
                        }
                        from.clear();
                        input.read(from);
                        from.flip();
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

    /** Decodes {@code input} into {@code output}, as far as possible. */
    abstract End decode(Input input, Output output);

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

    private static End pull(DecoderJNI.Wrapper decoder, Input input, Output output) {
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
                    if (input.left() == 0) {
                        return End.CUT;
                    }
                    if (decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_INPUT) {
                        ByteBuffer from = decoder.getInputBuffer();
                        from.clear();
                        decoder.push(input.read(from));
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

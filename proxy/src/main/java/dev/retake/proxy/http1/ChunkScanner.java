package dev.retake.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chunked coding (RFC 9112 §7.1) over any split into buffers, strictly: CRLF alone ends a line, a size is
 * hexadecimal digits alone. It changes nothing; extensions and trailers pass as they came,
 * unless a trailer names a field that only a head may have.
 */
final class ChunkScanner {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSION = 4096;
    private static final int NAME_KEPT = 18;

    private enum State {
        SIZE,
        SPACE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        END_LF,
        END
    }

    private final int trailerLimit;
    private final boolean lenient;
    private State state = State.SIZE;
    private long size;
    private int digits;
    private int extension;
    private int trailers;
    private final byte[] name = new byte[NAME_KEPT];
    private int nameLength;
    private @Nullable Refusal refusal;

    ChunkScanner(int trailerLimit, boolean lenient) {
        this.trailerLimit = trailerLimit;
        this.lenient = lenient;
    }

    void reset() {
        state = State.SIZE;
        size = 0;
        digits = 0;
        extension = 0;
        trailers = 0;
        refusal = null;
    }

    boolean complete() {
        return state == State.END;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Bytes from the reader index that belong to the body, up to its end or to what is refused. */
    int scan(ByteBuf in, @Nullable ContentSink sink) {
        int at = in.readerIndex();
        int to = in.writerIndex();
        while (at < to && state != State.END && refusal == null) {
            if (state == State.DATA) {
                int length = (int) Math.min(size, to - at);
                if (sink != null) {
                    sink.content(in, at, length);
                }
                size -= length;
                at += length;
                if (size == 0) {
                    state = State.DATA_CR;
                }
            } else {
                byte b = in.getByte(at);
                refusal = step(b, sink);
                if (refusal == null) {
                    at++;
                }
            }
        }
        return at - in.readerIndex();
    }

    private @Nullable Refusal step(byte b, @Nullable ContentSink sink) {
        switch (state) {
            case SIZE -> {
                return size(b);
            }
            case SPACE -> {
                if (b == ';') {
                    state = State.EXTENSION;
                } else if (b == '\r' && lenient) {
                    state = State.SIZE_LF;
                } else if (b != ' ' && b != '\t') {
                    return Refusal.CHUNK_SIZE;
                }
                return ++extension > MAX_EXTENSION ? Refusal.CHUNK_EXTENSION_TOO_LONG : null;
            }
            case EXTENSION -> {
                if (b == '\r') {
                    state = State.SIZE_LF;
                } else if (b == '\n' || b == 0) {
                    return Refusal.CHUNK_LINE;
                }
                return ++extension > MAX_EXTENSION ? Refusal.CHUNK_EXTENSION_TOO_LONG : null;
            }
            case SIZE_LF -> {
                return expect(b, '\n', size == 0 ? State.TRAILER_START : State.DATA);
            }
            case DATA_CR -> {
                return expect(b, '\r', State.DATA_LF);
            }
            case DATA_LF -> {
                digits = 0;
                extension = 0;
                return expect(b, '\n', State.SIZE);
            }
            case END_LF -> {
                return expect(b, '\n', State.END);
            }
            case TRAILER_START, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> {
                return trailer(b, sink);
            }
            default -> throw new IllegalStateException();
        }
    }

    private @Nullable Refusal size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            size = size << 4 | digit;
            return ++digits > MAX_SIZE_DIGITS ? Refusal.CHUNK_SIZE : null;
        }
        if (digits == 0) {
            return Refusal.CHUNK_SIZE;
        }
        switch (b) {
            case '\r' -> state = State.SIZE_LF;
            case ';' -> state = State.EXTENSION;
            case ' ', '\t' -> state = State.SPACE;
            default -> {
                return Refusal.CHUNK_SIZE;
            }
        }
        return null;
    }

    private @Nullable Refusal trailer(byte b, @Nullable ContentSink sink) {
        if (b == 0 || b == '\n' && state != State.TRAILER_LF) {
            return Refusal.TRAILER;
        }
        if (++trailers > trailerLimit) {
            return Refusal.TRAILERS_TOO_LARGE;
        }
        switch (state) {
            case TRAILER_START -> {
                if (b == '\r') {
                    state = State.END_LF;
                    return null;
                }
                if (!Ascii.isToken(b)) {
                    return Refusal.TRAILER;
                }
                state = State.TRAILER_NAME;
                name[0] = b;
                nameLength = 1;
            }
            case TRAILER_NAME -> {
                if (b == ':') {
                    if (nameLength < NAME_KEPT && !Field.mayTrail(name, 0, nameLength)) {
                        return Refusal.TRAILER_FORBIDDEN;
                    }
                    state = State.TRAILER_VALUE;
                } else if (!Ascii.isToken(b)) {
                    return Refusal.TRAILER;
                } else if (nameLength < NAME_KEPT) {
                    name[nameLength++] = b;
                }
            }
            case TRAILER_VALUE -> {
                if (b == '\r') {
                    state = State.TRAILER_LF;
                }
            }
            default -> {
                if (b != '\n') {
                    return Refusal.TRAILER;
                }
                state = State.TRAILER_START;
            }
        }
        if (sink != null) {
            sink.trailer(b);
        }
        return null;
    }

    private @Nullable Refusal expect(byte b, char expected, State next) {
        if (b != expected) {
            return Refusal.CHUNK_LINE;
        }
        state = next;
        return null;
    }
}

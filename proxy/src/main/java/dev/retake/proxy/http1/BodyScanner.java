package dev.retake.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the body of one message ends while its bytes pass as they came (RFC 9112 §6). One for each direction of a
 * connection, reset for each message.
 */
public final class BodyScanner {
    private enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final ChunkScanner chunks;
    private Framing framing = Framing.NONE;
    private long left;
    private long passed;
    private @Nullable Refusal refusal;

    /**
     * @param trailerLimit bytes of a trailer section
     * @param lenient whether spaces may pad a chunk size, as some old servers send it
     */
    public BodyScanner(int trailerLimit, boolean lenient) {
        chunks = new ChunkScanner(trailerLimit, lenient);
    }

    /** The message has no body. */
    public void none() {
        start(Framing.NONE, 0);
    }

    /** The body has {@code length} bytes. */
    public void length(long length) {
        start(Framing.LENGTH, length);
    }

    /** The body is chunked. */
    public void chunked() {
        start(Framing.CHUNKED, 0);
        chunks.reset();
    }

    /** The body ends with the connection. */
    public void untilClose() {
        start(Framing.UNTIL_CLOSE, 0);
    }

    private void start(Framing next, long length) {
        framing = next;
        left = length;
        passed = 0;
        refusal = null;
    }

    /**
     * How many of {@code in}'s readable bytes belong to this body; its indexes stay. After a refusal they are those
     * before the offence, see {@link #refusal()}.
     */
    public int scan(ByteBuf in, @Nullable ContentSink sink) {
        int readable = in.readableBytes();
        int taken;
        switch (framing) {
            case NONE -> taken = 0;
            case LENGTH -> {
                taken = (int) Math.min(left, readable);
                left -= taken;
                content(in, taken, sink);
            }
            case UNTIL_CLOSE -> {
                taken = readable;
                content(in, taken, sink);
            }
            case CHUNKED -> {
                taken = chunks.scan(in, sink);
                refusal = chunks.refusal();
                passed += taken;
            }
            default -> throw new IllegalStateException();
        }
        return taken;
    }

    private void content(ByteBuf in, int length, @Nullable ContentSink sink) {
        passed += length;
        if (sink != null && length > 0) {
            sink.content(in, in.readerIndex(), length);
        }
    }

    /** Whether the last byte has passed; never so for a body that ends with its connection. */
    public boolean complete() {
        return switch (framing) {
            case NONE -> true;
            case LENGTH -> left == 0;
            case CHUNKED -> chunks.complete();
            case UNTIL_CLOSE -> false;
        };
    }

    public boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /** Whether the body is a stream: nobody knows its length beforehand. */
    public boolean streams() {
        return framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE;
    }

    /** Bytes of the body that passed, chunk framing counted. */
    public long passed() {
        return passed;
    }

    /** Why the body cannot be read on, null as long as it can. */
    public @Nullable Refusal refusal() {
        return refusal;
    }
}

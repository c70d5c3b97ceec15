package dev.retake.pipeline.stream;

import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one side of a WebSocket (RFC 6455 §5), however they are cut into pieces, and gives each message whole:
 * unmasked, its fragments joined, decompressed. What it does not understand ends it; a length is never believed before
 * the bytes are there.
 *
 * <pre>
 *  0               1               2               3
 * +-+-+-+-+-------+-+-------------+-------------------------------+
 * |F|R|R|R| opcode|M| length (7)  | 16 bits of length where it is 126, 64 where 127
 * |I|S|S|S|  (4)  |A|             |
 * |N|V|V|V|       |S|             | four bytes of mask where M is set
 * | |1|2|3|       |K|             | payload
 * +-+-+-+-+-------+-+-------------+-------------------------------+
 * </pre>
 */
final class FrameReader {
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV23 = 0x30;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_CONTROL = 125;
    private static final byte[] NO_BYTES = {};

    private final boolean fromServer;
    private final @Nullable MessageInflater inflater;
    private final Sink sink;
    private final byte[] head = new byte[14];
    private final byte[] control = new byte[LONGEST_CONTROL];
    private int headLength;

    /** Bytes of payload that are still to come; less than zero while a head is read. */
    private long left = -1;

    private int opcode;
    private boolean last;
    private int masked;
    private int controlLength;
    private byte[] payload = NO_BYTES;
    private int payloadLength;
    private Message.@Nullable Kind open;
    private boolean compressed;
    private boolean closed;
    private long lastNanos;
    private Messages.@Nullable Cut broken;

    /** Who gets the messages. */
    @FunctionalInterface
    interface Sink {
        /** Takes one message. */
        void message(Message message);
    }

    /** A reader; {@code inflater} is null where no message may be compressed. */
    FrameReader(boolean fromServer, @Nullable MessageInflater inflater, Sink sink) {
        this.fromServer = fromServer;
        this.inflater = inflater;
        this.sink = sink;
    }

    /** Why nothing more can be read, null where it can. */
    Messages.@Nullable Cut broken() {
        return broken;
    }

    /** Reads {@code bytes[from, to)}, which passed at {@code nanos}. After a close frame nothing is read. */
    void read(byte[] bytes, int from, int to, long nanos) {
        lastNanos = nanos;
        int at = from;
        while (at < to && broken == null && !closed) {
            if (left < 0) {
                head[headLength++] = bytes[at++];
                if (headLength == headSize()) {
                    beginFrame();
                }
            } else {
                int length = (int) Math.min(left, to - at);
                take(bytes, at, length);
                at += length;
                left -= length;
            }
            if (left == 0 && broken == null) {
                left = -1;
                headLength = 0;
                endFrame();
            }
        }
    }

    /** What was begun and is not whole counts as a message that is cut. */
    void end() {
        if (open != null && broken == null) {
            deliver(true);
        }
    }

    private int headSize() {
        if (headLength < 2) {
            return 2;
        }
        int length = head[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((head[1] & 0x80) == 0 ? 0 : 4);
    }

    private void beginFrame() {
        int first = head[0] & 0xff;
        opcode = first & 0x0f;
        last = (first & FIN) != 0;
        boolean hasMask = (head[1] & 0x80) != 0;
        left = length();
        masked = 0;
        controlLength = 0;
        boolean isControl = opcode >= CLOSE;
        boolean known = opcode <= BINARY || opcode >= CLOSE && opcode <= PONG;
        boolean rsv1 = (first & RSV1) != 0;
        boolean mayCompress = inflater != null && (opcode == TEXT || opcode == BINARY);
        boolean inOrder = isControl ? last && left <= LONGEST_CONTROL : (opcode == CONTINUATION) == (open != null);
        if (!known || (first & RSV23) != 0 || rsv1 && !mayCompress || hasMask == fromServer || left < 0 || !inOrder) {
            broken = Messages.Cut.PROTOCOL;
        } else if (opcode == TEXT || opcode == BINARY) {
            open = opcode == TEXT ? Message.Kind.TEXT : Message.Kind.BINARY;
            compressed = rsv1;
            payloadLength = 0;
        }
    }

    /** The announced length; less than zero where it is not written in the fewest bytes, or no length at all. */
    private long length() {
        int small = head[1] & 0x7f;
        int bytes = small == 126 ? 2 : small == 127 ? 8 : 0;
        if (bytes == 0) {
            return small;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | head[2 + i] & 0xff;
        }
        return length < (bytes == 2 ? 126 : 65_536) ? -1 : length;
    }

    /** Takes a piece of payload, without its mask (RFC 6455 §5.3). */
    private void take(byte[] bytes, int from, int length) {
        byte[] into;
        int at;
        if (opcode >= CLOSE) {
            into = control;
            at = controlLength;
            controlLength += length;
        } else {
            if (payload.length - payloadLength < length) {
                payload = Arrays.copyOf(payload, Math.max(payloadLength + length, 2 * payload.length));
            }
            into = payload;
            at = payloadLength;
            payloadLength += length;
        }
        System.arraycopy(bytes, from, into, at, length);
        if (!fromServer) {
            int mask = headLength - 4;
            for (int i = 0; i < length; i++) {
                into[at + i] ^= head[mask + (masked & 3)];
                masked++;
            }
        }
    }

    private void endFrame() {
        switch (opcode) {
            case CLOSE -> close();
            case PING -> sink.message(message(Message.Kind.PING, Arrays.copyOf(control, controlLength), 0, false));
            case PONG -> sink.message(message(Message.Kind.PONG, Arrays.copyOf(control, controlLength), 0, false));
            default -> {
                if (last) {
                    deliver(false);
                }
            }
        }
    }

    private void close() {
        if (controlLength == 1) {
            broken = Messages.Cut.PROTOCOL;
            return;
        }
        closed = true;
        int code = controlLength == 0 ? 0 : (control[0] & 0xff) << 8 | control[1] & 0xff;
        byte[] reason = controlLength == 0 ? NO_BYTES : Arrays.copyOfRange(control, 2, controlLength);
        sink.message(message(Message.Kind.CLOSE, reason, code, false));
    }

    private void deliver(boolean truncated) {
        Message.Kind kind = open == null ? Message.Kind.BINARY : open;
        open = null;
        byte[] content;
        boolean cut = truncated;
        if (compressed && inflater != null) {
            try {
                content = inflater.inflate(payload, payloadLength, !truncated);
            } catch (DataFormatException e) {
                broken = Messages.Cut.PROTOCOL;
                return;
            }
            if (inflater.full()) {
                broken = Messages.Cut.INFLATED;
                cut = true;
            }
        } else {
            content = Arrays.copyOf(payload, payloadLength);
        }
        if (payload.length > 64 * 1024) {
            payload = NO_BYTES;
        }
        sink.message(message(kind, content, 0, cut));
    }

    private Message message(Message.Kind kind, byte[] content, int code, boolean truncated) {
        return Message.raw(kind, fromServer, lastNanos, content, code, truncated);
    }
}

package dev.retake.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One end of an HTTP/2 connection that writes whatever frames it is told, right or wrong: header blocks are literals
 * without indexing (RFC 7541 §6.2.2). What comes back is gathered by stream. Reads time out after thirty seconds.
 */
public final class Http2Wire implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** What came of one stream: its heads one after the other, trailers among them, and how it ended. */
    public static final class Answer {
        public final List<List<String>> heads = new ArrayList<>();
        public final StringBuilder body = new StringBuilder();
        public final List<Integer> frames = new ArrayList<>();
        /** {@code end}, {@code reset NAME}, {@code goaway NAME} or {@code closed}; null while the stream lives. */
        public String end;

        /** The status, or how the stream ended without one. */
        public String outcome() {
            if (heads.isEmpty()) {
                return end;
            }
            String status = heads.get(heads.size() - 1).get(0);
            for (List<String> head : heads) {
                if (head.get(0).startsWith(":status: ") && !head.get(0).startsWith(":status: 1")) {
                    status = head.get(0);
                }
            }
            return status.substring(":status: ".length());
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private final Map<Integer, Answer> answers = new TreeMap<>();
    private final Set<Integer> taken = new HashSet<>();
    /** Every frame that came, as TYPE:FLAGS:STREAM. */
    public final List<String> seen = new ArrayList<>();
    /** Whether what was read is granted anew, as a client does that reads on. */
    public boolean granting = true;
    /** Whether the peer's SETTINGS are acknowledged. */
    public boolean acknowledging = true;

    public Http2Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connects, and says the preface. */
    public static Http2Wire connect(InetSocketAddress address) throws IOException {
        Http2Wire wire = new Http2Wire(new Socket(address.getAddress(), address.getPort()));
        return wire.raw(PREFACE.getBytes(StandardCharsets.US_ASCII)).frame(SETTINGS, 0, 0, new byte[0]);
    }

    public Http2Wire raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    public Http2Wire frame(int type, int flags, int stream, byte[] payload) throws IOException {
        return raw(bytes(type, flags, stream, payload));
    }

    /** A frame as it stands on the wire. */
    public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    public Http2Wire headers(int stream, boolean ends, List<String> fields) throws IOException {
        return frame(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), stream, block(fields));
    }

    /** A request without a body. */
    public Http2Wire get(int stream, String path) throws IOException {
        return headers(stream, true, request("GET", path));
    }

    public Http2Wire data(int stream, boolean ends, String text) throws IOException {
        return frame(DATA, ends ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Http2Wire reset(int stream, Http2Error error) throws IOException {
        return frame(RST_STREAM, 0, stream, number((int) error.code()));
    }

    public static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** Names and values of a request's head, one after the other, with more of them at its end. */
    public static List<String> request(String method, String path, String... more) {
        List<String> fields =
                new ArrayList<>(List.of(":method", method, ":scheme", "http", ":authority", "h", ":path", path));
        fields.addAll(List.of(more));
        return fields;
    }

    /** A header block of names and values. */
    public static byte[] block(List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            block.write(0);
            string(block, fields.get(i));
            string(block, fields.get(i + 1));
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** What comes of {@code stream}, once it has ended. */
    public Answer answer(int stream) throws IOException {
        Answer answer = answers.computeIfAbsent(stream, n -> new Answer());
        while (answer.end == null) {
            read();
        }
        return answer;
    }

    /** The next stream that was begun by the peer and is whole, in the order of their ends; -1 where the connection ends. */
    public int request() throws IOException {
        while (true) {
            for (Map.Entry<Integer, Answer> entry : answers.entrySet()) {
                if (entry.getKey() > 0 && "end".equals(entry.getValue().end) && taken.add(entry.getKey())) {
                    return entry.getKey();
                }
            }
            if (read() < 0) {
                return -1;
            }
        }
    }

    /** What came of {@code stream} so far. */
    public Answer soFar(int stream) {
        return answers.computeIfAbsent(stream, n -> new Answer());
    }

    /** Reads one frame; gives its type, -1 at the end of the connection. */
    public int read() throws IOException {
        int begin;
        try {
            begin = in.readInt();
        } catch (EOFException | SocketException e) {
            endAll("closed");
            return -1;
        }
        int type = begin & 0xff;
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(begin >>> 8);
        seen.add(type + ":" + flags + ":" + stream);
        Answer answer = answers.computeIfAbsent(stream, n -> new Answer());
        answer.frames.add(type);
        switch (type) {
            case HEADERS -> {
                answer.heads.add(decode(stream, payload));
                end(answer, flags);
            }
            case DATA -> {
                answer.body.append(new String(payload, StandardCharsets.ISO_8859_1));
                end(answer, flags);
                if (granting && payload.length > 0) {
                    frame(WINDOW_UPDATE, 0, 0, number(payload.length));
                    if (answer.end == null) {
                        frame(WINDOW_UPDATE, 0, stream, number(payload.length));
                    }
                }
            }
            case RST_STREAM -> {
                if (answer.end == null) {
                    answer.end = "reset "
                            + Http2Error.valueOf(ByteBuffer.wrap(payload).getInt());
                }
            }
            case SETTINGS -> {
                if ((flags & ACK) == 0 && acknowledging) {
                    frame(SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case GOAWAY -> {
                Http2Error error = Http2Error.valueOf(ByteBuffer.wrap(payload).getInt(4));
                if (error != Http2Error.NO_ERROR) {
                    endAll("goaway " + error);
                }
            }
            default -> {}
        }
        return type;
    }

    /** Reads until the connection ends; gives the error of its last GOAWAY, null where there was none. */
    public String end() throws IOException {
        Answer whole = soFar(0);
        while (read() >= 0) {
            // All that comes is gathered.
        }
        return whole.end;
    }

    private static void end(Answer answer, int flags) {
        if ((flags & END_STREAM) != 0) {
            answer.end = "end";
        }
    }

    private void endAll(String how) {
        answers.computeIfAbsent(0, n -> new Answer());
        for (Answer answer : answers.values()) {
            if (answer.end == null) {
                answer.end = how;
            }
        }
    }

    private List<String> decode(int stream, byte[] block) throws IOException {
        ByteBuf bytes = Unpooled.wrappedBuffer(block);
        List<String> fields = new ArrayList<>();
        try {
            headers.decodeHeaders(stream, bytes).forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        return fields;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

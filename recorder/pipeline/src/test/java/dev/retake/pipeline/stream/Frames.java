package dev.retake.pipeline.stream;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Writes frames and handshakes as peers do. */
final class Frames {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    static final String DEFLATE = "permessage-deflate";
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private Frames() {}

    static Request request() {
        return new Request(
                "GET",
                "/ws",
                "HTTP/1.1",
                Headers.of("Upgrade", "websocket", "Sec-WebSocket-Key", KEY),
                Body.EMPTY,
                Headers.EMPTY);
    }

    static Response response(String accept, String extensions) {
        Headers headers = Headers.of("Upgrade", "websocket", "Sec-WebSocket-Accept", accept);
        return new Response(
                101,
                "Switching Protocols",
                "HTTP/1.1",
                extensions.isEmpty() ? headers : headers.with("Sec-WebSocket-Extensions", extensions),
                Body.EMPTY,
                Headers.EMPTY);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A frame of the server. */
    static byte[] server(int first, byte[] payload) {
        return frame(first, payload, false);
    }

    static byte[] server(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8), false);
    }

    /** A frame of the client, masked. */
    static byte[] client(int first, byte[] payload) {
        return frame(first, payload, true);
    }

    static byte[] client(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8), true);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A message as permessage-deflate sends it; {@code deflater} keeps its context. */
    static byte[] deflated(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        byte[] room = new byte[message.length + 1_024];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        return java.util.Arrays.copyOf(room, length - 4);
    }

    private static byte[] frame(int first, byte[] payload, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int bit = masked ? 0x80 : 0;
        int length = payload.length;
        frame.write(first);
        if (length < 126) {
            frame.write(bit | length);
        } else if (length < 65_536) {
            frame.writeBytes(new byte[] {(byte) (bit | 126), (byte) (length >> 8), (byte) length});
        } else {
            frame.writeBytes(new byte[] {
                (byte) (bit | 127),
                0,
                0,
                0,
                0,
                (byte) (length >> 24),
                (byte) (length >> 16),
                (byte) (length >> 8),
                (byte) length
            });
        }
        if (masked) {
            frame.writeBytes(MASK);
        }
        for (int i = 0; i < length; i++) {
            frame.write(masked ? payload[i] ^ MASK[i & 3] : payload[i]);
        }
        return frame.toByteArray();
    }
}

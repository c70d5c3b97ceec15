package dev.retake.cli.leak;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the bytes of a message part: between the writes of its sender, and between chunks, or fragments of a WebSocket's. */
enum Split {
    /** One write. */
    WHOLE(0, false),
    /** One write a byte. */
    BYTES(1, false),
    /** One write every seven bytes. */
    SEVENS(7, false),
    /** Two writes that part the value. */
    MIDDLE(-1, false),
    /** One chunk. */
    CHUNK(0, true),
    /** One chunk a byte, all in one write. */
    CHUNKED_BYTES(1, true),
    /** One chunk every five bytes, each in a write of its own. */
    CHUNKED_FIVES(5, true),
    /** Two chunks that part the value. */
    CHUNKED_MIDDLE(-1, true);

    private final int size;
    private final boolean chunked;

    Split(int size, boolean chunked) {
        this.size = size;
        this.chunked = chunked;
    }

    boolean isChunked() {
        return chunked;
    }

    /**
     * The writes of one message.
     *
     * @param head without the empty line that ends it, and without fields for its framing
     * @param trailer field line to end with; empty for none
     * @param marked what is parted where the value is
     */
    List<byte[]> writes(String head, byte[] body, String trailer, String marked) {
        boolean inChunks = chunked || !trailer.isEmpty();
        String framing = inChunks
                ? "Transfer-Encoding: chunked\r\n"
                : body.length == 0 && head.startsWith("GET") ? "" : "Content-Length: " + body.length + "\r\n";
        byte[] start = latin(head + framing + "\r\n");
        byte[] end = latin(inChunks ? "0\r\n" + (trailer.isEmpty() ? "" : trailer + "\r\n") + "\r\n" : "");
        List<byte[]> writes = new ArrayList<>();
        if (chunked) {
            writes.add(start);
            for (byte[] part : parted(body, marked)) {
                writes.add(chunk(part));
            }
            writes.add(end);
            return this == CHUNKED_BYTES ? List.of(joined(writes)) : writes;
        }
        byte[] content = inChunks && body.length > 0 ? chunk(body) : body;
        return parted(joined(List.of(start, content, end)), marked);
    }

    /**
     * The writes of one text message of a WebSocket.
     *
     * @param masked whether the client sends it
     * @param compressed whether {@code payload} is
     */
    List<byte[]> frames(byte[] payload, boolean masked, boolean compressed, String marked) {
        List<byte[]> parts = chunked ? parted(payload, marked) : List.of(payload);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int first = (i == 0 ? compressed ? 0x41 : 0x01 : 0) | (i == parts.size() - 1 ? 0x80 : 0);
            frames.add(frame(first, parts.get(i), masked));
        }
        if (chunked) {
            return this == CHUNKED_BYTES ? List.of(joined(frames)) : frames;
        }
        return parted(joined(frames), marked);
    }

    private static byte[] frame(int first, byte[] payload, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int bit = masked ? 0x80 : 0;
        frame.write(first);
        if (payload.length < 126) {
            frame.write(bit | payload.length);
        } else {
            frame.writeBytes(new byte[] {(byte) (bit | 126), (byte) (payload.length >> 8), (byte) payload.length});
        }
        byte[] mask = masked ? new byte[] {0x37, (byte) 0xfa, 0x21, 0x3d} : new byte[4];
        frame.write(mask, 0, masked ? 4 : 0);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    private List<byte[]> parted(byte[] bytes, String marked) {
        if (size == 0 || bytes.length < 2) {
            return bytes.length == 0 ? List.of() : List.of(bytes);
        }
        List<byte[]> parts = new ArrayList<>();
        if (size < 0) {
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(marked);
            int middle = at < 0 ? bytes.length / 2 : at + marked.length() / 2;
            return List.of(Arrays.copyOf(bytes, middle), Arrays.copyOfRange(bytes, middle, bytes.length));
        }
        for (int from = 0; from < bytes.length; from += size) {
            parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return parts;
    }

    private static byte[] chunk(byte[] part) {
        return joined(List.of(latin(Integer.toHexString(part.length) + "\r\n"), part, latin("\r\n")));
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

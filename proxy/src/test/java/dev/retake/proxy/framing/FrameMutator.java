package dev.retake.proxy.framing;

import static dev.retake.proxy.Http2Wire.CONTINUATION;
import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.END_HEADERS;
import static dev.retake.proxy.Http2Wire.END_STREAM;
import static dev.retake.proxy.Http2Wire.GOAWAY;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.PING;
import static dev.retake.proxy.Http2Wire.PRIORITY;
import static dev.retake.proxy.Http2Wire.PUSH_PROMISE;
import static dev.retake.proxy.Http2Wire.RST_STREAM;
import static dev.retake.proxy.Http2Wire.SETTINGS;
import static dev.retake.proxy.Http2Wire.WINDOW_UPDATE;
import static dev.retake.proxy.Http2Wire.number;

import dev.retake.proxy.Http2Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes the frames of a few valid requests on one connection and then spoils them: the fields before they are encoded, or
 * the frames after that. The same seed, the same bytes.
 */
final class FrameMutator {
    private static final int PADDED = 8;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "HEAD", "OPTIONS");
    private static final List<String> NASTY = List.of(
            "\r\n",
            "\n",
            "\r",
            "\u0000",
            "\t",
            " ",
            "\u000b",
            "\u007f",
            "\u0085",
            "\u00a0",
            ":",
            ",",
            "_",
            "#",
            "@",
            "A",
            "//",
            "*",
            " HTTP/1.1\r\nHost: h\r\n\r\nGET /smuggled",
            "\r\nTransfer-Encoding: chunked",
            "\r\nContent-Length: 5",
            "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n",
            "connection",
            "transfer-encoding",
            "content-length",
            "content_length",
            "chunked",
            "host",
            "CONNECT",
            "te",
            "trailers",
            ":path",
            ":status",
            "-1",
            "+5",
            "5, 5",
            "99999999999999999999");

    private final Random random;
    private final Spoiler spoiler;
    private final List<String> table = new ArrayList<>();
    private final List<byte[]> frames = new ArrayList<>();

    FrameMutator(long seed) {
        random = new Random(seed);
        spoiler = new Spoiler(random, NASTY);
    }

    /** Frames of one to three requests; {@code spoiled} where they are to have something wrong, or by chance not. */
    byte[] frames(boolean spoiled) {
        int inFields = spoiled ? random.nextInt(3) : 0;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            request(1 + 2 * i, inFields == 0 ? 0 : random.nextInt(3));
        }
        interleave();
        for (int i = spoiled && (inFields == 0 || random.nextBoolean()) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            spoil();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        byte[] bytes = all.toByteArray();
        return spoiled && random.nextInt(12) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private void request(int stream, int wrong) {
        String body = body();
        boolean trailers = random.nextInt(4) == 0;
        List<String> fields = new ArrayList<>(List.of(
                ":method", spoiler.any(METHODS), ":scheme", "http", ":authority", "h", ":path", "/f/" + stream));
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.addAll(spoiler.any(List.of(
                    List.of("x-a", "b"),
                    List.of("cookie", "a=b"),
                    List.of("te", "trailers"),
                    List.of("host", "h"),
                    List.of("x-empty", ""),
                    List.of("x-text", "\u00e9 \t x"))));
        }
        long hosts = fields.stream().filter("host"::equals).count();
        for (; hosts > 1; hosts--) {
            int at = fields.lastIndexOf("host");
            fields.subList(at, at + 2).clear();
        }
        if (random.nextBoolean() && !body.isEmpty()) {
            fields.addAll(List.of("content-length", Integer.toString(body.length())));
        }
        spoil(fields, wrong);
        boolean bodyless = body.isEmpty() && !trailers;
        frames.add(headers(stream, fields, bodyless));
        if (bodyless) {
            return;
        }
        int half = random.nextInt(body.length() + 1);
        frames.add(data(stream, body.substring(0, half), false));
        frames.add(data(stream, body.substring(half), !trailers));
        if (trailers) {
            List<String> last = new ArrayList<>(List.of("x-sum", "1"));
            spoil(last, wrong);
            frames.add(headers(stream, last, true));
        }
    }

    private void spoil(List<String> fields, int wrong) {
        for (int i = wrong; i > 0; i--) {
            int at = random.nextInt(fields.size());
            switch (random.nextInt(4)) {
                case 0 -> fields.set(at, fields.get(at) + spoiler.any(NASTY));
                case 1 -> fields.set(at, spoiler.any(NASTY));
                case 2 -> fields.set(at, fields.get(at).isEmpty() ? " " : spoiler.spoiled(fields.get(at), 2));
                default -> {
                    int from = at & ~1;
                    List<String> again = List.copyOf(fields.subList(from, from + 2));
                    fields.addAll(2 * random.nextInt(fields.size() / 2 + 1), again);
                }
            }
        }
    }

    private String body() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> "";
            case 2 -> "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
            default -> "a=b&c=d";
        };
    }

    private byte[] data(int stream, String text, boolean ends) {
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
        int flags = ends ? END_STREAM : 0;
        if (random.nextInt(4) != 0) {
            return Http2Wire.bytes(DATA, flags, stream, content);
        }
        byte[] padded = new byte[content.length + 4];
        padded[0] = 3;
        System.arraycopy(content, 0, padded, 1, content.length);
        return Http2Wire.bytes(DATA, flags | PADDED, stream, padded);
    }

    /** A header block as one unit, in one frame or in two. */
    private byte[] headers(int stream, List<String> fields, boolean ends) {
        byte[] block = block(fields);
        int flags = ends ? END_STREAM : 0;
        if (random.nextInt(4) != 0) {
            return Http2Wire.bytes(HEADERS, flags | END_HEADERS, stream, block);
        }
        int half = random.nextInt(block.length + 1);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Http2Wire.bytes(HEADERS, flags, stream, Arrays.copyOf(block, half)));
        both.writeBytes(
                Http2Wire.bytes(CONTINUATION, END_HEADERS, stream, Arrays.copyOfRange(block, half, block.length)));
        return both.toByteArray();
    }

    /** Fields with and without indexing, and from the table what an earlier block put there (RFC 7541 §6). */
    private byte[] block(List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            List<String> field = fields.subList(i, i + 2);
            String key = field.get(0) + "\n" + field.get(1);
            int known = table.indexOf(key);
            if (known >= 0 && known < 60) {
                block.write(0x80 | 62 + known);
                continue;
            }
            byte[] literal = Http2Wire.block(field);
            if (random.nextBoolean() && literal.length < 60) {
                literal[0] = 0x40;
                table.add(0, key);
            } else if (random.nextBoolean()) {
                literal[0] = 0x10;
            }
            block.writeBytes(literal);
        }
        return block.toByteArray();
    }

    /** Frames of DATA may come in any order but their stream's; blocks stay in theirs, since a table goes through them. */
    private void interleave() {
        for (int i = 0; i + 1 < frames.size(); i++) {
            byte[] first = frames.get(i);
            byte[] second = frames.get(i + 1);
            if (first[3] == DATA && second[8] != first[8] && random.nextBoolean()) {
                Collections.swap(frames, i, i + 1);
            }
        }
    }

    private void spoil() {
        int at = random.nextInt(frames.size());
        byte[] frame = frames.get(at);
        switch (random.nextInt(11)) {
            case 0 -> frame[4] ^= (byte) (1 << random.nextInt(8));
            case 1 -> frame[3] = (byte) random.nextInt(12);
            case 2 -> frame[8] = (byte) random.nextInt(9);
            case 3 -> frames.add(random.nextInt(frames.size() + 1), frame.clone());
            case 4 -> {
                if (frames.size() > 1) {
                    frames.remove(at);
                }
            }
            case 5 -> Collections.swap(frames, at, random.nextInt(frames.size()));
            case 6 -> frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            case 7 -> frame[2] = (byte) (frame[2] + random.nextInt(9) - 4);
            case 8 -> frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            default -> frames.add(random.nextInt(frames.size() + 1), nasty(1 + 2 * random.nextInt(4)));
        }
    }

    private byte[] nasty(int stream) {
        int of = random.nextInt(5) == 0 ? 0 : stream;
        return switch (random.nextInt(13)) {
            case 0 -> Http2Wire.bytes(RST_STREAM, 0, of, number(8));
            case 1 -> Http2Wire.bytes(WINDOW_UPDATE, 0, of, number(spoiler.any(List.of(0, 1, Integer.MAX_VALUE))));
            case 2 -> Http2Wire.bytes(SETTINGS, 0, 0, setting(random.nextInt(9), random.nextInt(3)));
            case 3 -> Http2Wire.bytes(SETTINGS, random.nextInt(2), of, setting(4, spoiler.any(List.of(0, -1))));
            case 4 -> Http2Wire.bytes(PRIORITY, 0, of, new byte[] {0, 0, 0, (byte) random.nextInt(6), 1});
            case 5 -> Http2Wire.bytes(PUSH_PROMISE, END_HEADERS, of, number(2));
            case 6 -> Http2Wire.bytes(GOAWAY, 0, 0, new byte[8]);
            case 7 -> Http2Wire.bytes(CONTINUATION, END_HEADERS, of, Http2Wire.block(List.of("x", "y")));
            case 8 -> Http2Wire.bytes(77, random.nextInt(256), of, new byte[5]);
            case 9 -> Http2Wire.bytes(PING, 0, of, new byte[spoiler.any(List.of(8, 8, 7))]);
            case 10 -> Http2Wire.bytes(DATA, PADDED, of, new byte[] {(byte) random.nextInt(6), 'a', 'b', 'c'});
            case 11 ->
                Http2Wire.bytes(
                        HEADERS,
                        END_HEADERS | 32,
                        of,
                        prioritized(Http2Wire.block(Http2Wire.request("GET", "/nasty")), random.nextInt(9)));
            default ->
                Http2Wire.bytes(
                        HEADERS,
                        END_HEADERS | random.nextInt(2),
                        of,
                        Http2Wire.block(
                                spoiler.any(List.of(List.of("x-sum", "2"), Http2Wire.request("GET", "/again")))));
        };
    }

    private static byte[] prioritized(byte[] block, int on) {
        byte[] payload = new byte[block.length + 5];
        payload[3] = (byte) on;
        System.arraycopy(block, 0, payload, 5, block.length);
        return payload;
    }

    private static byte[] setting(int id, int value) {
        return new byte[] {0, (byte) id, (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}

package dev.retake.proxy.framing;

import dev.retake.proxy.Http2Wire;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second reading of what a client of HTTP/2 sends, by RFC 9113 alone; of the relay's reading it shares but the decoding of
 * HPACK, without the checks that go with it. What it takes for a request is written as HTTP/1.1 and read again by the
 * {@link StrictReader}.
 */
final class StrictFrames {
    private static final int MAX_FRAME = 16_384;
    private static final int PADDED = 8;
    private static final int PRIORITIZED = 32;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9a-z]+");
    private static final Pattern VALUE = Pattern.compile("(?s)(?![ \\t])[^\\x00\\r\\n]*(?<![ \\t])");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,18})(?:, ?\\1)*");
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /**
     * All that the frames say.
     *
     * @param requests those that are whole, or would be in HTTP/1.1: of which no more than the stream's end is missing
     * @param begun targets of all that have a sound head, whole or not
     * @param ended streams that hear no more of the client, or are in error, and so must be ended by the server; none where
     *     the client sets a window of its own, which an answer may wait for
     * @param broken whether the connection is in error
     */
    record Reading(List<Request> requests, Set<String> begun, Set<Integer> ended, boolean broken) {}

    /** A connection that cannot be read on. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken() {
            super(null, null, false, false);
        }
    }

    private static final class Stream {
        final StringBuilder head = new StringBuilder();
        final StringBuilder body = new StringBuilder();

        @Nullable
        Long length;

        boolean failed;
        boolean over;
        boolean whole;
    }

    private final ByteBuffer in;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private final Map<Integer, Stream> streams = new TreeMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private int blockOf;
    private boolean blockEnds;
    private boolean blockFails;
    private int last;
    private boolean windowless;

    private StrictFrames(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** Reads the frames in {@code bytes}, which follow the preface, until they end or cannot be read on. */
    static Reading read(byte[] bytes) {
        StrictFrames reader = new StrictFrames(bytes);
        boolean broken = false;
        try {
            while (reader.frame()) {
                // On to the next.
            }
        } catch (Broken e) {
            broken = true;
        }
        return new Reading(reader.requests, reader.begun, reader.windowless ? Set.of() : reader.ended, broken);
    }

    private boolean frame() throws Broken {
        if (in.remaining() < 9) {
            return false;
        }
        int begin = in.getInt();
        int length = begin >>> 8;
        int type = begin & 0xff;
        int flags = in.get() & 0xff;
        int stream = in.getInt() & 0x7fff_ffff;
        check(length <= MAX_FRAME);
        check(blockOf == 0 || type == Http2Wire.CONTINUATION && stream == blockOf);
        if (in.remaining() < length) {
            return false;
        }
        byte[] payload = new byte[length];
        in.get(payload);
        switch (type) {
            case Http2Wire.DATA -> data(stream, flags, payload);
            case Http2Wire.HEADERS -> headers(stream, flags, payload);
            case Http2Wire.PRIORITY -> {
                check(stream != 0);
                fail(stream, length != 5);
            }
            case Http2Wire.RST_STREAM -> {
                check(length == 4 && stream != 0 && stream <= last);
                streams.computeIfAbsent(stream, n -> new Stream()).over = true;
                ended.remove(stream);
            }
            case Http2Wire.SETTINGS -> settings(stream, flags, payload);
            case Http2Wire.PING -> check(stream == 0 && length == 8);
            case Http2Wire.GOAWAY -> check(stream == 0 && length >= 8);
            case Http2Wire.WINDOW_UPDATE -> {
                check(length == 4);
                int granted = ByteBuffer.wrap(payload).getInt() & 0x7fff_ffff;
                // Two things wrong, of which either may be said: no such stream yet, and nothing granted.
                check(granted == 0 ? stream != 0 : stream <= last);
                fail(stream, granted == 0);
            }
            case Http2Wire.CONTINUATION -> {
                check(blockOf != 0);
                block(flags, payload);
            }
            case Http2Wire.PUSH_PROMISE -> {
                check((flags & Http2Wire.END_HEADERS) == 0);
                return false; // wrong as well, but a server may wait for its end before it says so
            }
            default -> {}
        }
        return true;
    }

    private static void check(boolean sound) throws Broken {
        if (!sound) {
            throw new Broken();
        }
    }

    private void fail(int number, boolean wrong) {
        Stream stream = streams.get(number);
        if (wrong && stream != null && !stream.failed) {
            stream.failed = true;
            ended.add(number);
        }
    }

    private void settings(int stream, int flags, byte[] payload) throws Broken {
        boolean ack = (flags & Http2Wire.ACK) != 0;
        check(stream == 0 && payload.length % 6 == 0 && !(ack && payload.length > 0));
        ByteBuffer settings = ByteBuffer.wrap(payload);
        while (settings.hasRemaining()) {
            int id = settings.getShort();
            long value = settings.getInt() & 0xffff_ffffL;
            check(id != 2 || value <= 1);
            check(id != 4 || value <= Integer.MAX_VALUE);
            windowless |= id == 4;
            check(id != 5 || value >= MAX_FRAME && value < 1 << 24);
        }
    }

    private static byte[] unpadded(int flags, byte[] payload, int more) throws Broken {
        boolean padded = (flags & PADDED) != 0;
        int from = (padded ? 1 : 0) + more;
        check(payload.length >= from);
        int to = payload.length - (padded ? payload[0] & 0xff : 0);
        check(to >= from);
        return Arrays.copyOfRange(payload, from, to);
    }

    private void data(int number, int flags, byte[] payload) throws Broken {
        check(number != 0 && number <= last);
        if ((flags & PADDED) != 0 && payload.length == 0) {
            fail(number, true); // too small, which is an error of the stream alone (§4.2)
            return;
        }
        byte[] content = unpadded(flags, payload, 0);
        Stream stream = streams.get(number);
        if (stream == null || stream.over) {
            return;
        }
        stream.body.append(new String(content, StandardCharsets.ISO_8859_1));
        fail(number, stream.length != null && stream.body.length() > stream.length);
        wholeByLength(stream);
        if ((flags & Http2Wire.END_STREAM) != 0) {
            end(number, stream);
        }
    }

    private void headers(int number, int flags, byte[] payload) throws Broken {
        check(number % 2 == 1);
        int more = (flags & PRIORITIZED) != 0 ? 5 : 0;
        byte[] fragment = unpadded(flags, payload, more);
        int at = (flags & PADDED) != 0 ? 1 : 0;
        blockFails = more > 0 && (ByteBuffer.wrap(payload, at, 4).getInt() & 0x7fff_ffff) == number;
        blockOf = number;
        blockEnds = (flags & Http2Wire.END_STREAM) != 0;
        block(flags, fragment);
    }

    private void block(int flags, byte[] fragment) throws Broken {
        block.writeBytes(fragment);
        if ((flags & Http2Wire.END_HEADERS) == 0) {
            return;
        }
        List<String[]> fields = new ArrayList<>();
        try {
            Http2Headers decoded = hpack.decodeHeaders(blockOf, Unpooled.wrappedBuffer(block.toByteArray()));
            decoded.forEach(field -> fields.add(
                    new String[] {field.getKey().toString(), field.getValue().toString()}));
        } catch (Http2Exception e) {
            throw new Broken();
        } finally {
            block.reset();
        }
        int number = blockOf;
        blockOf = 0;
        Stream stream = streams.get(number);
        if (stream == null && number > last) {
            last = number;
            stream = new Stream();
            streams.put(number, stream);
            boolean sound = head(stream, fields);
            fail(number, blockFails || !sound);
            if (sound) {
                begun.add(target(fields));
                wholeByLength(stream);
            }
        } else if (stream == null || stream.over) {
            return; // of a stream that is closed
        } else {
            boolean sound = blockEnds && fields.stream().allMatch(StrictFrames::isSound);
            fail(number, blockFails || !sound);
        }
        if (blockEnds) {
            end(number, stream);
        }
    }

    private void end(int number, Stream stream) {
        stream.over = true;
        ended.add(number);
        if (stream.length == null || stream.length == stream.body.length()) {
            whole(stream);
        }
    }

    private void wholeByLength(Stream stream) {
        if (stream.length != null && stream.length == stream.body.length()) {
            whole(stream);
        }
    }

    private void whole(Stream stream) {
        if (stream.failed || stream.whole) {
            return;
        }
        stream.whole = true;
        String body = stream.body.toString();
        StrictReader.Reading reading =
                StrictReader.read(stream.head + "content-length: " + body.length() + "\r\n\r\n" + body);
        if (reading.end() == End.NOTHING && reading.requests().size() == 1) {
            requests.add(reading.requests().get(0));
        }
    }

    private static boolean isSound(String[] field) {
        return NAME.matcher(field[0]).matches()
                && VALUE.matcher(field[1]).matches()
                && !OF_CONNECTIONS.contains(field[0])
                && (!field[0].equals("te") || field[1].equalsIgnoreCase("trailers"));
    }

    private static String target(List<String[]> fields) {
        return fields.stream()
                .filter(field -> field[0].equals(":path"))
                .map(field -> field[1])
                .findFirst()
                .orElseThrow();
    }

    /** Whether a request has these fields; they become the lines of its head, but for its length. */
    private static boolean head(Stream stream, List<String[]> fields) {
        Map<String, String> pseudo = new TreeMap<>();
        List<String> hosts = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        boolean regular = false;
        for (String[] field : fields) {
            String name = field[0];
            if (name.startsWith(":")) {
                boolean known =
                        Set.of(":method", ":scheme", ":authority", ":path").contains(name);
                if (regular || !known || pseudo.put(name, field[1]) != null) {
                    return false;
                }
                continue;
            }
            regular = true;
            if (!isSound(field)) {
                return false;
            }
            if (name.equals("content-length")) {
                Matcher length = LENGTH.matcher(field[1]);
                if (!length.matches() || stream.length != null && stream.length != Long.parseLong(length.group(1))) {
                    return false;
                }
                stream.length = Long.valueOf(length.group(1));
            } else if (name.equals("host")) {
                hosts.add(field[1]);
            } else {
                lines.append(name).append(": ").append(field[1]).append("\r\n");
            }
        }
        String method = pseudo.getOrDefault(":method", "");
        String scheme = pseudo.getOrDefault(":scheme", "").toLowerCase(Locale.ROOT);
        String path = pseudo.getOrDefault(":path", "");
        String authority = pseudo.get(":authority");
        boolean sound = NAME.matcher(method.toLowerCase(Locale.ROOT)).matches()
                && (scheme.equals("http") || scheme.equals("https"))
                && (path.matches("(?s)/[^\\x00-\\x20\\x7f]*") || path.equals("*") && method.equals("OPTIONS"))
                && hosts.size() <= 1
                && (authority == null || authority.matches("(?s)[^\\x00-\\x20\\x7f]+"))
                && (authority == null || hosts.isEmpty() || hosts.get(0).equalsIgnoreCase(authority));
        if (!sound) {
            return false;
        }
        stream.head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        if (authority != null || !hosts.isEmpty()) {
            stream.head
                    .append("host: ")
                    .append(authority != null ? authority : hosts.get(0))
                    .append("\r\n");
        }
        stream.head.append(lines);
        return true;
    }
}

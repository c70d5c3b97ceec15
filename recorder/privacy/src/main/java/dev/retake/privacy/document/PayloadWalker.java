package dev.retake.privacy.document;

import dev.retake.common.coding.ContentDecoder;
import dev.retake.common.coding.Decoded;
import dev.retake.common.exchange.MediaType;
import dev.retake.privacy.protobuf.MessageType;
import dev.retake.privacy.protobuf.ProtobufWalker;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Leaves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks bodies that are protobuf messages, or RPC messages of any kind in their frames.
 *
 * <pre>
 *   gRPC frame: flags (1 byte) | length (4 bytes, big endian) | message
 *   flags: bit 0 compressed; bit 7 trailers (gRPC-Web); bit 1 end of stream (Connect)
 * </pre>
 *
 * A compressed message becomes one that is not, as bodies do. What is no sequence of frames is refused as a whole. Not
 * thread-safe.
 */
final class PayloadWalker {
    private static final MediaType JSON = MediaType.parse("application/json");
    private static final int HEAD = 5;
    private static final int COMPRESSED = 1;
    private static final int END_OF_STREAM = 2;
    private static final int TRAILERS = 0x80;

    /** Bytes that all compressed messages of one body may have in all. */
    private static final int MOST_DECODED = 64 << 20;

    private final Leaves leaves;
    private final HeaderKinds kinds;
    private final DocumentWalker documents;
    private final Payloads payloads;
    private int decoded;
    private int removed;

    PayloadWalker(Leaves leaves, HeaderKinds kinds, DocumentWalker documents, Payloads payloads) {
        this.leaves = leaves;
        this.kinds = kinds;
        this.documents = documents;
        this.payloads = payloads;
    }

    /** How many fields were removed since no descriptor has them. */
    int removed() {
        return removed;
    }

    /**
     * Sanitizes a body.
     *
     * @param cut it goes on after the last byte
     * @return {@code source} itself where nothing is replaced; null where it is not what {@code payload} says
     */
    byte @Nullable [] walk(Payload payload, byte[] source, boolean cut) {
        if (payload.framing() == Payload.Framing.GRPC_WEB_TEXT) {
            byte[] frames = base64(source, cut);
            byte[] walked = frames == null ? null : walkBinary(payload, frames, cut);
            return walked == null
                    ? null
                    : walked == frames ? source : Base64.getEncoder().encode(walked);
        }
        return walkBinary(payload, source, cut);
    }

    private byte @Nullable [] walkBinary(Payload payload, byte[] source, boolean cut) {
        Edits edits = new Edits();
        MessageType type = payload.type();
        boolean walked = type != null && payload.framing() == Payload.Framing.SINGLE
                ? message(type, source, 0, source.length, cut, edits)
                : type != null && payload.framing() == Payload.Framing.DELIMITED
                        ? delimited(type, source, cut, edits)
                        : frames(payload, source, cut, edits);
        return walked ? edits.apply(source, 0, source.length) : null;
    }

    private boolean message(MessageType type, byte[] source, int from, int to, boolean cut, Edits edits) {
        ProtobufWalker walker = new ProtobufWalker(leaves, payloads.descriptors(), source, 0);
        boolean walked = walker.walk(type, from, to, cut, edits);
        removed += walker.removed();
        return walked;
    }

    private boolean delimited(MessageType type, byte[] source, boolean cut, Edits edits) {
        ProtobufWalker walker = new ProtobufWalker(leaves, payloads.descriptors(), source, 0);
        boolean walked = walker.walkDelimited(type, 0, source.length, cut, edits);
        removed += walker.removed();
        return walked;
    }

    private boolean frames(Payload payload, byte[] source, boolean cut, Edits edits) {
        int at = 0;
        while (at < source.length) {
            long length = source.length - at < HEAD ? -1 : length(source, at + 1);
            if (length < 0 || length > source.length - at - HEAD) {
                edits.add(at, source.length, new byte[0]);
                return cut;
            }
            int end = at + HEAD + (int) length;
            if (!frame(payload, source, at, end, edits)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private boolean frame(Payload payload, byte[] source, int at, int end, Edits edits) {
        int flags = source[at] & 0xff;
        int special = payload.framing() == Payload.Framing.CONNECT ? END_OF_STREAM : TRAILERS;
        if ((flags & ~(COMPRESSED | special)) != 0) {
            return false;
        }
        byte[] content = source;
        int from = at + HEAD;
        int to = end;
        if ((flags & COMPRESSED) != 0) {
            byte[] packed = Arrays.copyOfRange(source, from, to);
            content = packed.length == 0 ? packed : decompressed(payload.coding(), packed);
            if (content == null) {
                return false;
            }
            from = 0;
            to = content.length;
        }
        Edits inner = new Edits();
        MessageType type = payload.type();
        boolean walked = (flags & TRAILERS) != 0
                ? trailers(content, from, to, inner)
                : (flags & special) != 0 || type == null
                        ? json(content, from, to, inner)
                        : message(type, content, from, to, false, inner);
        if (!walked) {
            return false;
        }
        if (content != source) {
            byte[] plain = inner.apply(content, 0, content.length);
            edits.add(at, at + HEAD, head(flags & ~COMPRESSED, plain.length));
            edits.add(at + HEAD, end, plain);
        } else if (!inner.isEmpty()) {
            edits.add(at, at + HEAD, head(flags, to - from + inner.growth()));
            inner.into(edits);
        }
        return true;
    }

    private byte @Nullable [] decompressed(@Nullable String coding, byte[] content) {
        if (coding == null) {
            return null;
        }
        Decoded plain = new ContentDecoder(MOST_DECODED - decoded, ContentDecoder.DEFAULT_RATIO)
                .decode(content, List.of(coding));
        decoded += plain.bytes().length;
        return plain.end() == Decoded.End.WHOLE ? plain.bytes() : null;
    }

    private boolean json(byte[] source, int from, int to, Edits edits) {
        byte[] content = Arrays.copyOfRange(source, from, to);
        byte[] walked = documents.walk(leaves.fields().json(), JSON, content, false, 0);
        if (walked != null && walked != content) {
            edits.add(from, to, walked);
        }
        return walked != null;
    }

    /** Walks the trailers that gRPC-Web sends as a last message: header fields, each on its line. */
    private boolean trailers(byte[] source, int from, int to, Edits edits) {
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && source[end] != '\n') {
                end++;
            }
            int stop = end > at && source[end - 1] == '\r' ? end - 1 : end;
            int colon = at;
            while (colon < stop && source[colon] != ':') {
                colon++;
            }
            if (colon == stop && stop > at) {
                return false;
            }
            int start = Math.min(colon + 1, stop);
            while (start < stop && source[start] == ' ') {
                start++;
            }
            String name = new String(source, at, colon - at, StandardCharsets.ISO_8859_1);
            field(name.strip().toLowerCase(Locale.ROOT), source, start, stop, edits);
            at = end + 1;
        }
        return true;
    }

    private void field(String name, byte[] source, int from, int to, Edits edits) {
        byte[] value = Arrays.copyOfRange(source, from, to);
        byte[] written;
        if (BinaryMetadata.isBinary(name)) {
            written = new BinaryMetadata(leaves, payloads.descriptors()).walk(name, value);
        } else {
            Edits inner = new Edits();
            HeadWalker.field(leaves, kinds.of(name), value, inner);
            written = inner.apply(value, 0, value.length);
        }
        if (written != value) {
            edits.add(from, to, written);
        }
    }

    /** All that is in base64, which may be several encodings one after another; null where it is no base64. */
    private static byte @Nullable [] base64(byte[] source, boolean cut) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
        int whole = cut ? source.length - source.length % 4 : source.length;
        int from = 0;
        while (from < whole) {
            int to = from;
            while (to < whole && source[to] != '=') {
                to++;
            }
            while (to < whole && source[to] == '=') {
                to++;
            }
            try {
                bytes.writeBytes(Base64.getDecoder().decode(Arrays.copyOfRange(source, from, to)));
            } catch (IllegalArgumentException e) {
                return null;
            }
            from = to;
        }
        return bytes.toByteArray();
    }

    private static long length(byte[] source, int at) {
        return (source[at] & 0xffL) << 24
                | (source[at + 1] & 0xff) << 16
                | (source[at + 2] & 0xff) << 8
                | source[at + 3] & 0xff;
    }

    private static byte[] head(int flags, int length) {
        return new byte[] {
            (byte) flags, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
        };
    }
}

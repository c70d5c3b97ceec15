package dev.retake.common.coding;

import dev.retake.common.coding.Decoded.End;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes the content codings (RFC 9110 §8.4) off a body: gzip, deflate (zlib and raw), br and zstd, several on top of
 * each other too. Output is bounded in bytes and by its ratio to the input, so that a bomb costs no more than an honest
 * body; input that was cut gives what its prefix holds. Never throws on any input. Immutable and thread-safe.
 */
public final class ContentDecoder {
    private static final int[] NO_MARKS = {};

    /** As far as deflate can expand, so that no honest gzip is cut by it. */
    public static final int DEFAULT_RATIO = 1_032;

    /** Output up to this size is never a bomb, whatever its ratio, in bytes. */
    private static final int HARMLESS = 64 * 1024;

    /** More codings than this on one body are nothing that an honest peer sends. */
    private static final int MAX_CODINGS = 4;

    /** Values seen in {@code Content-Encoding} that name no coding at all, by mistake of the server. */
    private static final Set<String> NO_CODING =
            Set.of("", "identity", "none", "utf-8", "utf8", "binary", "8bit", "7bit", "chunked");

    private final int maxBytes;
    private final int maxRatio;

    /**
     * A decoder.
     *
     * @param maxBytes most bytes that any one coding may give
     * @param maxRatio most output bytes for each input byte, at least 1
     */
    public ContentDecoder(int maxBytes, int maxRatio) {
        if (maxBytes < 0 || maxRatio < 1) {
            throw new IllegalArgumentException("bounds must not be negative, nor the ratio below 1");
        }
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /**
     * Decodes {@code encoded}.
     *
     * @param contentEncodings values of all {@code Content-Encoding} fields in order, possibly none
     */
    public Decoded decode(byte[] encoded, List<String> contentEncodings) {
        return decode(encoded, contentEncodings, NO_MARKS);
    }

    /**
     * Decodes {@code encoded}, and says how far its parts get.
     *
     * @param contentEncodings values of all {@code Content-Encoding} fields in order, possibly none
     * @param marks ascending lengths of prefixes of {@code encoded}; each is replaced by how many decoded bytes that prefix
     *     gives, or by -1 where that is not known: after the decoding ended, and under several codings
     */
    public Decoded decode(byte[] encoded, List<String> contentEncodings, int[] marks) {
        List<String> tokens = tokens(contentEncodings);
        if (tokens.isEmpty()) {
            return encoded.length <= maxBytes
                    ? new Decoded(encoded, null, End.WHOLE)
                    : new Decoded(Arrays.copyOf(encoded, maxBytes), null, End.BOUND);
        }
        String coding = String.join(", ", tokens);
        if (tokens.size() > MAX_CODINGS) {
            return new Decoded(new byte[0], coding, End.UNKNOWN);
        }
        Collections.reverse(tokens);
        byte[] bytes = encoded;
        End end = End.WHOLE;
        int[] tracked = tokens.size() == 1 ? marks : NO_MARKS;
        if (tracked != marks) {
            Arrays.fill(marks, -1);
        }
        for (String token : tokens) {
            Coding next = Coding.of(token);
            if (next == null) {
                return new Decoded(new byte[0], coding, End.UNKNOWN);
            }
            if (bytes.length == 0) {
                continue;
            }
            Output output = new Output(bound(bytes.length), 4L * bytes.length);
            Input input = new Input(bytes, output, tracked);
            End ended = next.decode(input, output);
            input.end();
            if (ended == End.UNKNOWN) {
                return new Decoded(new byte[0], coding, End.UNKNOWN);
            }
            end = ended == End.BROKEN || end == End.WHOLE ? ended : end;
            bytes = output.toBytes();
        }
        return new Decoded(bytes, coding, end);
    }

    private int bound(int inputLength) {
        return (int) Math.min(maxBytes, Math.max(HARMLESS, (long) inputLength * maxRatio));
    }

    private static List<String> tokens(List<String> values) {
        List<String> tokens = new ArrayList<>(1);
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                String token = part.trim().toLowerCase(Locale.ROOT);
                if (!NO_CODING.contains(token)) {
                    tokens.add(token.equals("x-gzip") ? "gzip" : token);
                }
            }
        }
        return tokens;
    }
}

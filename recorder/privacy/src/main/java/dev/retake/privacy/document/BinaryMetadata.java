package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.protobuf.MessageType;
import dev.retake.privacy.protobuf.OpaqueBytes;
import dev.retake.privacy.protobuf.ProtobufWalker;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks binary metadata of RPCs: fields whose name ends in {@code -bin} hold base64, or several of them with commas between
 * (gRPC over HTTP2, "Custom-Metadata"). The status' details are a message; of others nobody says what they are.
 */
final class BinaryMetadata {
    private static final String SUFFIX = "-bin";

    /** Holds ids of traces and spans alone. */
    private static final String TRACE = "grpc-trace-bin";

    private static final String STATUS = "grpc-status-details-bin";

    private final Leaves leaves;
    private final Descriptors descriptors;

    BinaryMetadata(Leaves leaves, Descriptors descriptors) {
        this.leaves = leaves;
        this.descriptors = descriptors;
    }

    /** Whether a field called {@code name}, in lower case, is binary. */
    static boolean isBinary(String name) {
        return name.endsWith(SUFFIX) && !name.equals(TRACE);
    }

    /** Sanitizes a value of the field {@code name}; {@code value} itself where nothing is replaced. */
    byte[] walk(String name, byte[] value) {
        ByteArrayOutputStream written = new ByteArrayOutputStream(value.length);
        int from = 0;
        while (from <= value.length) {
            int to = from;
            while (to < value.length && value[to] != ',') {
                to++;
            }
            int start = from;
            while (start < to && value[start] == ' ') {
                start++;
            }
            int end = to;
            while (end > start && value[end - 1] == ' ') {
                end--;
            }
            if (end > start) {
                written.write(value, from, start - from);
                written.writeBytes(one(name, value, start, end));
                written.write(value, end, to - end);
            }
            if (to < value.length) {
                written.write(',');
            }
            from = to + 1;
        }
        byte[] walked = written.toByteArray();
        return Arrays.equals(walked, value) ? value : walked;
    }

    private byte[] one(String name, byte[] value, int from, int to) {
        Base64Text encoded = Base64Text.decode(value, from, to);
        if (encoded == null) {
            return new byte[0];
        }
        byte[] bytes = encoded.bytes();
        Edits edits = new Edits();
        MessageType status = name.equals(STATUS) ? descriptors.message("google.rpc.Status") : null;
        if (status != null) {
            boolean walked =
                    new ProtobufWalker(leaves, descriptors, bytes, 1).walk(status, 0, bytes.length, false, edits);
            return walked ? encoded.encode(edits.apply(bytes, 0, bytes.length)) : new byte[0];
        }
        byte[] plain = name.substring(0, name.length() - SUFFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
        Field field = leaves.fields().header().child(plain, 0, plain.length);
        OpaqueBytes.walk(leaves, field, bytes, 0, bytes.length, 1, edits);
        return encoded.encode(edits.apply(bytes, 0, bytes.length));
    }
}

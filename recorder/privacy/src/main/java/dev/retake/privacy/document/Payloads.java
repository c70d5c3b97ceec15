package dev.retake.privacy.document;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Request;
import dev.retake.privacy.document.Payload.Framing;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.protobuf.MessageType;
import dev.retake.privacy.protobuf.RpcMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which messages the bodies of an exchange are: by the method that a gRPC, gRPC-Web, Connect or Twirp path names, by
 * a parameter of the media type, by the field that Spring sends, or by the configuration. Not thread-safe.
 */
final class Payloads {
    private static final String GRPC = "application/grpc";
    private static final String CONNECT = "application/connect+";
    private static final Set<String> PROTOBUF = Set.of(
            "application/protobuf",
            "application/x-protobuf",
            "application/proto",
            "application/x-google-protobuf",
            "application/vnd.google.protobuf");

    private final Descriptors descriptors;
    private @Nullable Request request;
    private boolean rpc;

    Payloads(Descriptors descriptors) {
        this.descriptors = descriptors;
    }

    /** Begins with the exchange that {@code next} asks for; null for one of which no request is known. */
    void begin(@Nullable Request next) {
        request = next;
        String contentType = next == null ? null : next.headers().first("content-type");
        rpc = contentType != null && (begins(contentType, GRPC) || begins(contentType, CONNECT));
    }

    /** Whether the exchange is a call by gRPC or Connect, whose metadata may be binary. */
    boolean isRpc() {
        return rpc;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    private static boolean begins(String contentType, String with) {
        return contentType.regionMatches(true, 0, with, 0, with.length());
    }

    /**
     * What a body is; null where it is none of these, or no descriptor says what it is.
     *
     * @param essence of its media type
     */
    @Nullable
    Payload of(String essence, Headers headers, boolean response) {
        String contentType = headers.first("content-type");
        if (essence.startsWith(GRPC)) {
            boolean web = essence.startsWith(GRPC + "-web");
            boolean text = essence.startsWith(GRPC + "-web-text");
            String format = essence.substring(GRPC.length() + (text ? "-web-text" : web ? "-web" : "").length());
            return framed(
                    text ? Framing.GRPC_WEB_TEXT : Framing.GRPC, format, headers.first("grpc-encoding"), response);
        }
        if (essence.startsWith(CONNECT)) {
            String format = essence.substring(CONNECT.length() - 1);
            return framed(Framing.CONNECT, format, headers.first("connect-content-encoding"), response);
        }
        if (contentType == null
                || !PROTOBUF.contains(essence) && !essence.endsWith("+protobuf") && !essence.endsWith("+proto")) {
            return null;
        }
        MessageType type = named(contentType, headers);
        type = type == null ? called(response) : type;
        type = type == null ? configured(response) : type;
        if (type == null) {
            return null;
        }
        boolean delimited = "delimited".equalsIgnoreCase(MediaType.parameter(contentType, "encoding"));
        return new Payload(delimited ? Framing.DELIMITED : Framing.SINGLE, type, null);
    }

    /** The same for a single message of a stream, which the configuration may name where its headers do not. */
    @Nullable
    Payload ofMessage(String essence, Headers headers, boolean response) {
        Payload known = of(essence, headers, response);
        MessageType type = known == null ? configured(response) : null;
        return type == null ? known : new Payload(Framing.SINGLE, type, null);
    }

    private @Nullable MessageType configured(boolean response) {
        Request asking = request;
        return asking == null ? null : descriptors.configured(asking, response);
    }

    private @Nullable Payload framed(Framing framing, String format, @Nullable String coding, boolean response) {
        String compression = coding == null || coding.equals("identity") ? null : coding;
        if (format.equals("+json")) {
            return new Payload(framing, null, compression);
        }
        MessageType type = format.isEmpty() || format.equals("+proto") ? called(response) : null;
        return type == null ? null : new Payload(framing, type, compression);
    }

    private @Nullable MessageType named(String contentType, Headers headers) {
        for (String parameter : new String[] {"messagetype", "proto", "message"}) {
            String name = MediaType.parameter(contentType, parameter);
            if (name != null) {
                return descriptors.message(name);
            }
        }
        String name = headers.first("x-protobuf-message");
        return name == null ? null : descriptors.message(name);
    }

    /** The message of the method that the path names by its last two segments, whatever a gateway has put before them. */
    private @Nullable MessageType called(boolean response) {
        Request asking = request;
        if (asking == null) {
            return null;
        }
        String path = asking.path();
        int name = path.lastIndexOf('/');
        int service = name < 1 ? -1 : path.lastIndexOf('/', name - 1);
        RpcMethod method = service < 0 ? null : descriptors.method(path.substring(service));
        return method == null ? null : response ? method.output() : method.input();
    }
}

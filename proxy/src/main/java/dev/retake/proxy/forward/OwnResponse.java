package dev.retake.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The responses that the proxy gives itself: a status, and one sentence that says why. */
public final class OwnResponse {
    private OwnResponse() {}

    /** A whole response; its body is left out for {@code headRequest}. */
    public static ByteBuf of(
            int status, String reason, boolean headRequest, boolean close, ByteBufAllocator allocator) {
        String body = "retake: " + status + " " + phrase(status) + ": " + reason + ".\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String text = "HTTP/1.1 " + status + " " + phrase(status) + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + length + "\r\n"
                + (close ? "Connection: close\r\n" : "")
                + "\r\n"
                + (headRequest ? "" : body);
        return ByteBufUtil.writeUtf8(allocator, text);
    }

    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> throw new IllegalArgumentException();
        };
    }
}

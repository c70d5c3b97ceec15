package dev.retake.replay.target;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Netty's response decoder, told whether the request was a HEAD, whose answer has no content (RFC 9110 §9.3.2). */
final class ReplyDecoder extends HttpResponseDecoder {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEAD = 256 * 1024;

    private boolean head;

    ReplyDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEAD)
                .setValidateHeaders(false));
    }

    /** Says what the next response answers. */
    void expect(String method) {
        head = method.equals("HEAD");
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return head || super.isContentAlwaysEmpty(message);
    }
}

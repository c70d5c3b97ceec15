package dev.retake.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.util.concurrent.TimeUnit;

/**
 * Stands in front of the codec and ends a connection that sends frames which cost work and carry none: SETTINGS, PING,
 * PRIORITY, WINDOW_UPDATE, empty DATA, and frames of no known type. The codec bounds what it queues in answer to them, but
 * not how many it reads. Requests and content, in either direction, pay for the frames that rightly go with them; beyond
 * that there is an allowance, which time refills. It reads the nine bytes that begin each frame and nothing else.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
    private static final long REFILL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int EARNED = 10;
    private static final int BYTES_PER_FRAME = 1024;

    private final int allowance;
    private long left;
    private long refilledAt;
    private long skip = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
    private long header;
    private int headerLength;
    private boolean flooded;

    /**
     * @param allowance frames within 30 s
     * @param now on the scale of {@link System#nanoTime()}
     */
    FrameGuard(int allowance, long now) {
        this.allowance = allowance;
        this.left = allowance;
        this.refilledAt = now;
    }

    /** Lets time refill the allowance. */
    void tick(long now) {
        long grown = (long) ((double) (now - refilledAt) / REFILL_NANOS * allowance);
        if (grown > 0) {
            left = Math.min(allowance, left + grown);
            refilledAt = now;
        }
    }

    /** Content of so many bytes passed, in either direction. */
    void content(int bytes) {
        left = Math.min(allowance, left + EARNED + bytes / BYTES_PER_FRAME);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (flooded) {
            bytes.release();
            return;
        }
        count(bytes);
        if (left < 0) {
            flooded = true;
            bytes.release();
            ctx.fireExceptionCaught(Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "more frames without content than proxy.http2.controlFrames"));
        } else {
            ctx.fireChannelRead(bytes);
        }
    }

    private void count(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int to = bytes.writerIndex();
        while (at < to) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, to - at);
                skip -= skipped;
                at += skipped;
                continue;
            }
            // Length (3 bytes), type and flags; the stream's number, which follows, is skipped with the payload.
            header = header << 8 | bytes.getUnsignedByte(at++);
            if (++headerLength == 5) {
                int length = (int) (header >> 16 & 0xff_ffff);
                frame(length, (byte) (header >> 8), (int) (header & 0xff));
                skip = length + 4L;
                headerLength = 0;
                header = 0;
            }
        }
    }

    private void frame(int length, byte type, int flags) {
        switch (type) {
            case Http2FrameTypes.HEADERS -> content(0);
            case Http2FrameTypes.DATA -> {
                if (length > 0) {
                    content(length);
                } else if ((flags & 1) == 0) {
                    left--;
                }
            }
            // The codec counts these.
            case Http2FrameTypes.RST_STREAM, Http2FrameTypes.CONTINUATION -> {}
            default -> left--;
        }
    }
}

package dev.retake.proxy.http1;

import io.netty.buffer.ByteBuf;

/** Is told which bytes of a body are content and which are trailers; it must leave the buffer's indexes alone. */
public interface ContentSink {
    /** {@code length} bytes at {@code index} are content. */
    void content(ByteBuf buffer, int index, int length);

    /** The byte belongs to the trailer section, its empty last line left out. */
    void trailer(byte b);
}

package dev.retake.proxy.forward;

import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Takes the fields that are for one hop alone out of a response's head, inside the buffer that it came in: what stays is
 * moved up to the body, so that head and body leave in one piece.
 */
final class ResponseEditor {
    private static final byte[] CLOSE = "Connection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ResponseEditor() {}

    /** A copy of the head in {@code in}'s bytes {@code [from, to)}, which also says that the connection ends. */
    static ByteBuf closing(ByteBuf in, int from, int to, ByteBufAllocator allocator) {
        int length = to - from - 2;
        return allocator
                .directBuffer(length + CLOSE.length)
                .writeBytes(in, from, length)
                .writeBytes(CLOSE);
    }

    /**
     * Edits the head that begins at {@code in}'s reader index, and moves that index to where the head begins now. The
     * body stays where it is.
     *
     * @param keepConnection whether Connection goes on to the client, since it holds for the client's connection too
     * @param keepUpgrade whether Upgrade does, in a 101
     */
    static void edit(ByteBuf in, Head head, boolean keepConnection, boolean keepUpgrade) {
        int base = in.readerIndex();
        int to = base + head.end();
        int end = head.end();
        for (int i = head.fieldCount() - 1; i >= 0; i--) {
            if (!passes(head, i, keepConnection, keepUpgrade)) {
                to = move(in, base, head, head.lineEnd(i), end, to);
                end = head.lineStart(i);
            }
        }
        in.readerIndex(move(in, base, head, head.start(), end, to));
    }

    /** Puts the bytes {@code [from, end)} of the head so that they end at {@code to}; gives where they begin. */
    private static int move(ByteBuf in, int base, Head head, int from, int end, int to) {
        int begin = to - (end - from);
        if (begin != base + from) {
            in.setBytes(begin, head.bytes(), from, end - from);
        }
        return begin;
    }

    private static boolean passes(Head head, int index, boolean keepConnection, boolean keepUpgrade) {
        Field field = head.field(index);
        return switch (field) {
            case CONNECTION -> keepConnection;
            case KEEP_ALIVE, PROXY_CONNECTION -> false;
            case UPGRADE -> keepUpgrade;
            case CONTENT_LENGTH, TRANSFER_ENCODING -> true;
            case EXPECT,
                    FORWARDED,
                    HOST,
                    HTTP2_SETTINGS,
                    OTHER,
                    TE,
                    VIA,
                    WWW_AUTHENTICATE,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PROTO,
                    X_RETAKE_RUN -> !head.nominated(index);
        };
    }
}

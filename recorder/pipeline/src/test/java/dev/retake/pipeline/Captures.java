package dev.retake.pipeline;

import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes raw exchanges as the proxy would, and knows whether all their buffers were released. */
final class Captures {
    private final List<ByteBuf> buffers = Collections.synchronizedList(new ArrayList<>());
    private final CaptureBudget budget;

    Captures(CaptureBudget budget) {
        this.budget = budget;
    }

    /** A key set in {@code directory}, made on first use. */
    static KeySet keys(Path directory) {
        Path file = directory.resolve("test.keys");
        KeySetFile.createIfAbsent(file);
        return KeySetFile.load(file);
    }

    RawExchange exchange(long connection, long acceptedAt, String request, String response) {
        RawExchange exchange = new RawExchange(budget, connection, "127.0.0.1", acceptedAt);
        exchange.requestHead = head(exchange, request, exchange.requestBody());
        exchange.responseHead = head(exchange, response, exchange.responseBody());
        exchange.firstByteNs = 1_000;
        exchange.lastByteNs = 2_000;
        return exchange;
    }

    /** Adds {@code bytes} to {@code body}, which belongs to {@code exchange}. */
    void keep(RawExchange exchange, RawBody body, byte[] bytes) {
        if (!exchange.tryCharge(bytes.length)) {
            throw new AssertionError("the budget is too small for the test");
        }
        ByteBuf buffer = Unpooled.copiedBuffer(bytes);
        buffers.add(buffer);
        body.keep(buffer);
        body.passed(bytes.length);
    }

    boolean allReleased() {
        synchronized (buffers) {
            return buffers.stream().allMatch(buffer -> buffer.refCnt() == 0);
        }
    }

    private byte[] head(RawExchange exchange, String message, RawBody body) {
        int end = message.indexOf("\n\n");
        String head = end < 0 ? message : message.substring(0, end);
        if (end >= 0 && end + 2 < message.length()) {
            keep(exchange, body, message.substring(end + 2).getBytes(StandardCharsets.UTF_8));
        }
        return (head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}

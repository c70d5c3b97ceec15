package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Outcome;
import dev.retake.pipeline.CaptureBudget;
import dev.retake.pipeline.CaptureSink;
import dev.retake.pipeline.DropReason;
import dev.retake.pipeline.RawBody;
import dev.retake.pipeline.RawExchange;
import dev.retake.pipeline.RawStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A sink that keeps copies of what it is told, and lets go of the buffers. */
public final class RecordingSink implements CaptureSink {
    /** One message as it was captured, text of one char a byte. */
    public record Message(String head, String body, long size, boolean truncated, String trailers) {}

    /** One exchange as it was handed over; {@code dropped} is null where it was captured. */
    public record Seen(
            Outcome outcome,
            DropReason dropped,
            Message request,
            Message response,
            int interim,
            List<Long> chunkTimes,
            @Nullable Stream stream) {}

    /** What passed after an upgrade: a piece a line with who sent it, and what is known of the rest. */
    public record Stream(
            String client,
            String server,
            List<Long> times,
            Messages.@Nullable Cut cut,
            long clientBytes,
            long serverBytes) {}

    public final AtomicInteger excluded = new AtomicInteger();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final CaptureBudget budget;

    public RecordingSink() {
        this(64L << 20);
    }

    public RecordingSink(long budget) {
        this.budget = new CaptureBudget(budget);
    }

    @Override
    public CaptureBudget budget() {
        return budget;
    }

    @Override
    public void completed(RawExchange exchange) {
        record(null, exchange);
    }

    @Override
    public void dropped(DropReason reason, RawExchange exchange) {
        record(reason, exchange);
    }

    @Override
    public void excluded() {
        excluded.incrementAndGet();
    }

    /** The next exchange that ended; fails where none does. */
    public Seen next() {
        try {
            Seen next = seen.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("an exchange that ended").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Exchanges that ended and were not asked for. */
    public int left() {
        return seen.size();
    }

    private void record(DropReason reason, RawExchange exchange) {
        Seen copy = new Seen(
                exchange.outcome,
                reason,
                message(exchange.requestHead, exchange.requestBody(), exchange.requestTrailers),
                message(exchange.responseHead, exchange.responseBody(), exchange.responseTrailers),
                exchange.interimHeads().size(),
                LongStream.of(exchange.responseBody().chunkTimes()).boxed().toList(),
                stream(exchange.stream()));
        exchange.release();
        seen.add(copy);
    }

    private static @Nullable Stream stream(@Nullable RawStream raw) {
        if (raw == null) {
            return null;
        }
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        ByteArrayOutputStream server = new ByteArrayOutputStream();
        List<Long> times = new ArrayList<>();
        raw.read((fromServer, bytes, from, to, nanos) -> {
            (fromServer ? server : client).write(bytes, from, to - from);
            times.add(nanos);
            return true;
        });
        return new Stream(
                text(client.toByteArray()),
                text(server.toByteArray()),
                times,
                raw.cut(),
                raw.clientBytes(),
                raw.serverBytes());
    }

    private static Message message(byte[] head, RawBody body, byte[] trailers) {
        return new Message(text(head), text(body.toBytes()), body.wireSize(), body.truncated(), text(trailers));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

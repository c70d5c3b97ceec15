package dev.retake.proxy.capture;

import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Timings;
import dev.retake.pipeline.CaptureSink;
import dev.retake.pipeline.DropReason;
import dev.retake.pipeline.RawExchange;
import dev.retake.proxy.http1.ContentSink;
import dev.retake.proxy.http1.Head;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the exchanges of one client connection, one after the other, and hands each to the recorder when it ends:
 * exactly one call of the sink for each {@link #begin}. It takes no lock, makes no system call, and allocates nothing
 * that the budget has not granted. For the event loop of its connection.
 */
public final class Tap {
    private enum State {
        IDLE,
        CAPTURING,
        DROPPING,
        EXCLUDED
    }

    private final CaptureLoop loop;
    private final CaptureSink sink;
    private final long connection;
    private final String clientAddress;
    private final BodyTee requestBody;
    private final BodyTee responseBody;
    private State state = State.IDLE;
    private DropReason reason = DropReason.LAG;
    private @Nullable CapturePolicy wanted;
    private @Nullable RawExchange exchange;
    private @Nullable StreamTee stream;
    private long startedAt;

    Tap(CaptureLoop loop, long connection, String clientAddress) {
        this.loop = loop;
        this.sink = loop.sink();
        this.connection = connection;
        this.clientAddress = clientAddress;
        this.requestBody = new BodyTee(loop.memory());
        this.responseBody = new BodyTee(loop.memory());
    }

    /** An exchange begins, of which is captured what {@code policy} says; {@code excluded} where it is a trusted replayer's. */
    public void begin(Head request, boolean excluded, CapturePolicy policy) {
        if (excluded || !policy.enabled()) {
            state = State.EXCLUDED;
            return;
        }
        startedAt = System.nanoTime();
        RawExchange begun = new RawExchange(
                sink.budget(), connection, clientAddress, loop.ticker().wallMicros(startedAt));
        begun.acceptedTick = startedAt;
        exchange = begun;
        state = State.CAPTURING;
        int size = request.end() - request.start();
        if (begun.tryCharge(size)) {
            begun.requestHead = request.copy();
        } else {
            drop(DropReason.BUDGET);
            return;
        }
        if (loop.ticker().lagging()) {
            drop(DropReason.LAG);
            return;
        }
        wanted = policy;
        requestBody.begin(begun, begun.requestBody(), request.contentLength(), policy);
    }

    /** An upstream connection is ready. */
    public void connected() {
        if (state == State.CAPTURING) {
            exchange().connectedNs = elapsed();
        }
    }

    /** The last byte of the request was written. */
    public void sent() {
        if (state == State.CAPTURING) {
            exchange().sentNs = elapsed();
        }
    }

    /** An interim response passed. */
    public void interim(Head head) {
        firstByte();
        if (state == State.CAPTURING) {
            if (exchange().tryCharge(head.end() - head.start())) {
                exchange().interimHeads().add(head.copy());
            } else {
                drop(DropReason.BUDGET);
            }
        }
    }

    /** The final response, or 101, begins; {@code length} bytes of body are announced, -1 where nobody knows. */
    public void response(Head head, long length) {
        firstByte();
        if (state == State.CAPTURING) {
            RawExchange current = exchange();
            if (current.tryCharge(head.end() - head.start())) {
                current.responseHead = head.copy();
                if (length < 0 && head.isEventStream()) {
                    CapturePolicy policy = wanted();
                    boolean bodies = policy.bodies() && loop.streams().eventStreams();
                    responseBody.beginLasting(
                            current, current.responseBody(), new CapturePolicy(true, bodies, policy.bodyCap()));
                } else {
                    responseBody.begin(current, current.responseBody(), length, wanted());
                }
            } else {
                drop(DropReason.BUDGET);
            }
        }
    }

    /**
     * The connection is a tunnel from here on.
     *
     * @param head of the response that switched protocols, which {@link #response} was told
     * @return whether what passes through it is captured: then each piece is to be told to {@link #passed}, and the end of
     *     the exchange is that of the connection; else it is now
     */
    public boolean upgraded(Head head) {
        if (state != State.CAPTURING || !loop.streams().webSockets() || !wanted().bodies() || !head.isWebSocket()) {
            return false;
        }
        stream = new StreamTee(
                exchange().openStream(), loop.ticker(), loop.streams().webSocketCap(), startedAt);
        return true;
    }

    /** Bytes pass through the tunnel. */
    public void passed(boolean fromServer, ByteBuf buffer, int index, int length) {
        if (stream != null) {
            stream.passed(fromServer, buffer, index, length);
        }
    }

    /** What to tell of the request's body, null where nothing is kept. */
    public @Nullable ContentSink requestBody() {
        return state == State.CAPTURING ? requestBody : null;
    }

    /** What to tell of the response's body, null where nothing is kept. */
    public @Nullable ContentSink responseBody() {
        return state == State.CAPTURING ? responseBody : null;
    }

    /** Bytes of a body of unknown length passed now. */
    public void streamed() {
        if (state == State.CAPTURING) {
            exchange().responseBody().chunkPassed(elapsed());
        }
    }

    /** Gives up what the budget refused, so that it is not held until the exchange ends. */
    public void checkBudget() {
        if (state == State.CAPTURING && (requestBody.overBudget() || responseBody.overBudget())) {
            drop(DropReason.BUDGET);
        }
    }

    /** The exchange cannot be read any further: it passes on unread. */
    public void unreadable() {
        if (state == State.CAPTURING) {
            drop(DropReason.RECORDER);
        }
    }

    /** Whether an exchange has begun and not ended. */
    public boolean active() {
        return state != State.IDLE;
    }

    /** The exchange ends, and with it this tap's hold on it. */
    public void end(Outcome outcome) {
        checkBudget();
        State ended = state;
        state = State.IDLE;
        stream = null;
        switch (ended) {
            case IDLE -> {}
            case EXCLUDED -> sink.excluded();
            case DROPPING -> {
                RawExchange rest = take();
                rest.outcome = outcome;
                sink.dropped(reason, rest);
            }
            case CAPTURING -> {
                long lastByte = elapsed();
                RawExchange whole = take();
                whole.requestTrailers = requestBody.end();
                whole.responseTrailers = responseBody.end();
                whole.lastByteNs = outcome == Outcome.COMPLETE ? lastByte : Timings.UNKNOWN;
                whole.outcome = outcome;
                sink.completed(whole);
            }
        }
    }

    private void firstByte() {
        if (state == State.CAPTURING && exchange().firstByteNs == Timings.UNKNOWN) {
            exchange().firstByteNs = elapsed();
        }
    }

    /** Keeps the request head alone: the receiver needs it to know the session. */
    private void drop(DropReason why) {
        state = State.DROPPING;
        reason = why;
        requestBody.clear();
        responseBody.clear();
        RawExchange full = exchange();
        RawExchange rest = new RawExchange(sink.budget(), connection, clientAddress, full.acceptedAt);
        byte[] head = full.requestHead;
        full.release();
        if (head != null && rest.tryCharge(head.length)) {
            rest.requestHead = head;
        }
        exchange = rest;
    }

    private long elapsed() {
        return System.nanoTime() - startedAt;
    }

    private RawExchange take() {
        RawExchange taken = exchange();
        exchange = null;
        return taken;
    }

    private CapturePolicy wanted() {
        return Objects.requireNonNull(wanted);
    }

    private RawExchange exchange() {
        return Objects.requireNonNull(exchange);
    }
}

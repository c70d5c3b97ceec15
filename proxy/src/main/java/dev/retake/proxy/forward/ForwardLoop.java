package dev.retake.proxy.forward;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.capture.CaptureLoop;
import dev.retake.proxy.http1.HeadParser;
import dev.retake.proxy.loop.LoopTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the client connections of one event loop share: parsers, destinations, clock, and the list of themselves. For the loop's
 * own thread, but for construction.
 */
public final class ForwardLoop implements LoopTicker.Watch {
    private static final int WALK_ALWAYS = 1_000;
    private static final int WALK_EVERY = 10;

    final ForwardSettings settings;
    final ForwardMeters meters;
    final LoopTicker ticker;
    final Destinations destinations;
    final @Nullable CaptureLoop capture;
    final @Nullable Multiplexing multiplexing;
    final HeadParser requests;
    final HeadParser responses;
    private final MemoryCeiling memory;
    private final AtomicLong connectionNumbers;
    private final BackgroundErrors errors;
    private @Nullable ClientConnection first;
    private int count;
    private int ticks;
    private boolean draining;
    private @Nullable Runnable drained;

    /**
     * @param capture null where nothing is captured
     * @param multiplexing what else clients may speak, null for HTTP/1.1 alone
     * @param connectionNumbers numbers the client connections of all loops
     */
    public ForwardLoop(
            ForwardSettings settings,
            ForwardMeters meters,
            LoopTicker ticker,
            Destinations destinations,
            @Nullable CaptureLoop capture,
            @Nullable Multiplexing multiplexing,
            AtomicLong connectionNumbers,
            BackgroundErrors errors) {
        this.settings = settings;
        this.meters = meters;
        this.ticker = ticker;
        this.destinations = destinations;
        this.capture = capture;
        this.multiplexing = multiplexing;
        this.requests = new HeadParser(settings.limits());
        this.responses = new HeadParser(settings.limits());
        this.memory = new MemoryCeiling(settings.clients().memory());
        this.connectionNumbers = connectionNumbers;
        this.errors = errors;
        ticker.add(this);
    }

    /**
     * The handler of a connection that was just accepted.
     *
     * @param tls whether TLS stands in front of it
     * @param announced whether what stands in front says who the client is, by a {@link ClientAddress}
     */
    public ClientConnection accept(boolean tls, boolean announced) {
        return new ClientConnection(this, connectionNumbers.incrementAndGet(), tls, announced);
    }

    /** Whether so much memory is in use that nothing new is served. */
    boolean overloaded() {
        return memory.reached();
    }

    /** Whether the sidecar is going down: what is in flight ends, nothing new begins. */
    boolean draining() {
        return draining;
    }

    /** Closes what is idle, lets the rest end, and then runs {@code whenDone}. */
    public void drain(Runnable whenDone) {
        draining = true;
        drained = whenDone;
        all().forEach(ClientConnection::drain);
        checkDrained();
    }

    /** Closes every connection, whatever is in flight. */
    public void closeAll() {
        all().forEach(ClientConnection::closeNow);
        destinations.close();
        ticker.stop();
    }

    @Override
    public void tick(long now) {
        memory.sample();
        if (count > WALK_ALWAYS && ++ticks % WALK_EVERY != 0) {
            return;
        }
        for (ClientConnection client = first; client != null; ) {
            ClientConnection next = client.next; // a tick may close and so remove it
            client.tick(now);
            client = next;
        }
    }

    void add(ClientConnection client) {
        count++;
        client.next = first;
        if (first != null) {
            first.previous = client;
        }
        first = client;
    }

    void remove(ClientConnection client) {
        count--;
        if (client.previous == null) {
            first = client.next;
        } else {
            client.previous.next = client.next;
        }
        if (client.next != null) {
            client.next.previous = client.previous;
        }
        client.previous = null;
        checkDrained();
    }

    void report(Throwable failure) {
        errors.report("forward", failure);
    }

    private void checkDrained() {
        if (draining && count == 0 && drained != null) {
            Runnable whenDone = drained;
            drained = null;
            whenDone.run();
        }
    }

    private List<ClientConnection> all() {
        List<ClientConnection> clients = new ArrayList<>(count);
        for (ClientConnection client = first; client != null; client = client.next) {
            clients.add(client);
        }
        return clients;
    }
}

package dev.retake.proxy.upstream;

import java.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One address of an upstream, and what is known of its health; all event loops share it. Thread-safe and wait-free.
 *
 * <p>Where no connection comes about it is avoided at once, and where several in a row end without a response after these;
 * for a second at first, then for twice as long each time, up to a minute, varied by a fifth so that sidecars do not come
 * back in step. After that one connection is let through, and what becomes of it decides. Answers, 5xx ones too, are the
 * application's business and count as health. To be avoided is a preference: where all are, all are used.
 */
public final class Endpoint {
    private static final int BROKEN_IN_A_ROW = 5;
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_DOUBLING = 6;
    private static final long NEVER = 0;

    private final Origin origin;
    private final SocketAddress address;
    private final boolean spare;
    private final UpstreamMeters meters;
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger times = new AtomicInteger();
    private final AtomicLong avoidedUntil = new AtomicLong(NEVER);
    private volatile boolean probed;
    private volatile boolean checkedDown;

    /** @param spare whether it is used only where no other is healthy */
    Endpoint(Origin origin, SocketAddress address, boolean spare, UpstreamMeters meters) {
        this.origin = origin;
        this.address = address;
        this.spare = spare;
        this.meters = meters;
    }

    /** The URL that it belongs to. */
    public Origin origin() {
        return origin;
    }

    public SocketAddress address() {
        return address;
    }

    boolean spare() {
        return spare;
    }

    /** Whether nothing speaks against it. */
    boolean healthy() {
        return !checkedDown && avoidedUntil.get() == NEVER;
    }

    /** Whether it may be chosen at {@code now}, as {@link System#nanoTime()} counts. */
    boolean usable(long now) {
        long until = avoidedUntil.get();
        return !checkedDown && (until == NEVER || now - until >= 0);
    }

    /** A connection is being opened; where its time of being avoided is over, others wait {@code nanos} for what comes of it. */
    void connecting(long now, long nanos) {
        long until = avoidedUntil.get();
        if (until != NEVER && now - until >= 0 && avoidedUntil.compareAndSet(until, instant(now + nanos))) {
            probed = true;
        }
    }

    void connected() {
        probed = false;
        avoidedUntil.set(NEVER);
    }

    void connectFailed(long now) {
        long until = avoidedUntil.get();
        boolean waiting = until != NEVER && now - until < 0 && !probed;
        if (!waiting) {
            avoid(now, until);
        }
    }

    /** A connection ended in the middle of an exchange, or without a response to its first. */
    void broken(long now) {
        long until = avoidedUntil.get();
        if (broken.incrementAndGet() >= BROKEN_IN_A_ROW && (until == NEVER || now - until >= 0)) {
            avoid(now, until);
        }
    }

    /** An exchange went through. */
    void succeeded() {
        if (broken.get() != 0) {
            broken.set(0);
        }
        if (times.get() != 0) {
            times.set(0);
            avoidedUntil.set(NEVER);
        }
    }

    /**
     * What health checks of its own found.
     *
     * @param well whether it is to be used
     * @param last whether the last check passed, and so a connection came about
     */
    public void checked(boolean well, boolean last) {
        checkedDown = !well;
        if (last && well) {
            avoidedUntil.set(NEVER);
        }
    }

    private void avoid(long now, long until) {
        int doubling = Math.min(times.get(), LONGEST_DOUBLING);
        long nanos = Math.min(FIRST_NANOS << doubling, TimeUnit.MINUTES.toNanos(1));
        long varied = nanos - nanos / 5 + ThreadLocalRandom.current().nextLong(nanos / 5 * 2);
        if (avoidedUntil.compareAndSet(until, instant(now + varied))) {
            probed = false;
            times.incrementAndGet();
            meters.avoided();
        }
    }

    private static long instant(long nanos) {
        return nanos == NEVER ? 1 : nanos;
    }
}

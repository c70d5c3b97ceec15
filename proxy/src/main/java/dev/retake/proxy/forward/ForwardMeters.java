package dev.retake.proxy.forward;

import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the data plane counts. Thread-safe. */
public final class ForwardMeters {
    private final MeterRegistry registry;
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger upstreams = new AtomicInteger();
    private final ClientCounts byAddress = new ClientCounts();
    private final LongAdder forwarded = new LongAdder();

    /** @param counting whether there is no ledger that counts what was forwarded */
    public ForwardMeters(MeterRegistry registry, boolean counting) {
        this.registry = registry;
        gauge(Meter.CONNECTIONS, clients);
        gauge(Meter.UPSTREAM_CONNECTIONS, upstreams);
        Gauge.builder(Meter.RELAY_MEMORY.meterName(), MemoryCeiling::used)
                .description(Meter.RELAY_MEMORY.description())
                .baseUnit(Meter.RELAY_MEMORY.unit())
                .register(registry);
        if (counting) {
            FunctionCounter.builder(Meter.FORWARDED.meterName(), forwarded, LongAdder::doubleValue)
                    .description(Meter.FORWARDED.description())
                    .baseUnit(Meter.FORWARDED.unit())
                    .register(registry);
        }
    }

    /** Client connections that are open. */
    AtomicInteger clients() {
        return clients;
    }

    /** Client connections that are open, by address. */
    ClientCounts byAddress() {
        return byAddress;
    }

    /** Upstream connections that are open or being opened. */
    public AtomicInteger upstreams() {
        return upstreams;
    }

    /** Counts an exchange that ended. */
    void forwarded() {
        forwarded.increment();
    }

    /** Counts a request that the proxy answered itself. */
    void refused(int status) {
        count(Meter.REFUSED, Integer.toString(status));
    }

    /** Counts a client connection that ended before it could bring a request. */
    void arrivalFailed(String kind) {
        count(Meter.ARRIVAL_FAILURES, kind);
    }

    /** Counts a connection that ended since a peer broke the rules of HTTP/2, or its limits. */
    public void http2Failed(String error) {
        count(Meter.HTTP2_ERRORS, error);
    }

    /** Counts a message that passed only because the proxy observes. */
    void wouldRefuse(int status) {
        count(Meter.WOULD_REFUSE, Integer.toString(status));
    }

    /** Counts an exchange that an upstream failed, by its name in the configuration. */
    void upstreamFailed(String upstream, String kind) {
        count(Meter.UPSTREAM_FAILURES, upstream, kind);
    }

    private void count(Meter meter, String... values) {
        Counter.Builder counter = Counter.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(meter.unit());
        for (int i = 0; i < values.length; i++) {
            counter.tag(meter.tags().get(i), values[i]);
        }
        counter.register(registry).increment();
    }

    private void gauge(Meter meter, AtomicInteger value) {
        Gauge.builder(meter.meterName(), value, AtomicInteger::doubleValue)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
    }
}

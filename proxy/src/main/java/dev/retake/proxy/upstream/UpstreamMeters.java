package dev.retake.proxy.upstream;

import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** What is counted of one upstream, under its name in the configuration. Thread-safe. */
final class UpstreamMeters {
    private static final Endpoint[] NONE = {};

    private volatile Endpoint[] endpoints = NONE;
    private final Counter avoided;

    UpstreamMeters(String upstream, MeterRegistry registry) {
        Meter meter = Meter.UPSTREAM_AVOIDED;
        avoided = Counter.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tag("upstream", upstream)
                .register(registry);
        gauge(upstream, "healthy", Endpoint::healthy, registry);
        gauge(upstream, "unhealthy", endpoint -> !endpoint.healthy(), registry);
    }

    /** These are the addresses now. */
    void endpoints(Endpoint[] now) {
        endpoints = now;
    }

    /** Counts that an address is avoided from now on. */
    void avoided() {
        avoided.increment();
    }

    private void gauge(String upstream, String state, Predicate<Endpoint> counted, MeterRegistry registry) {
        Meter meter = Meter.UPSTREAM_ADDRESSES;
        Gauge.builder(meter.meterName(), this, meters -> count(meters.endpoints, counted))
                .description(meter.description())
                .baseUnit(meter.unit())
                .tag("upstream", upstream)
                .tag("state", state)
                .register(registry);
    }

    private static int count(Endpoint[] all, Predicate<Endpoint> counted) {
        int count = 0;
        for (Endpoint endpoint : all) {
            count += counted.test(endpoint) ? 1 : 0;
        }
        return count;
    }
}

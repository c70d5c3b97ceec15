package dev.retake.proxy.health;

import dev.retake.common.meter.Meter;
import dev.retake.proxy.upstream.Addresses;
import dev.retake.proxy.upstream.Connector;
import dev.retake.proxy.upstream.Endpoint;
import dev.retake.proxy.upstream.HealthSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Checks every address of one upstream at intervals, on one event loop, whose thread alone it is for. What it asks is no
 * traffic: it is not captured, nor counted with what clients ask.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a round reports nothing, and none comes after the loop has ended
public final class HealthChecks {
    private final EventLoop loop;
    private final Addresses addresses;
    private final HealthSettings settings;
    private final Connector connector;
    private final Counter passed;
    private final Counter failed;
    private final Map<Endpoint, HealthRecord> records = new HashMap<>();
    private boolean stopped;

    /** @param upstream its name in metrics */
    public HealthChecks(
            EventLoop loop,
            String upstream,
            Addresses addresses,
            HealthSettings settings,
            Connector connector,
            MeterRegistry registry) {
        this.loop = loop;
        this.addresses = addresses;
        this.settings = settings;
        this.connector = connector;
        passed = counter(upstream, "passed", registry);
        failed = counter(upstream, "failed", registry);
    }

    /** Begins; a round of checks follows the next after the interval, varied by a tenth. */
    public void start() {
        round();
    }

    /** Ends: no check begins any more. */
    public void stop() {
        stopped = true;
    }

    private void round() {
        if (stopped) {
            return;
        }
        addresses.freshen();
        List<Endpoint> now = List.of(addresses.known());
        records.keySet().retainAll(now);
        for (Endpoint endpoint : new ArrayList<>(now)) {
            HealthRecord record = records.computeIfAbsent(endpoint, any -> new HealthRecord(settings));
            if (record.begins()) {
                new HealthCheck(loop, endpoint, settings, connector, up -> ended(endpoint, record, up)).start();
            }
        }
        long millis = settings.interval().toMillis();
        long varied = millis - millis / 10 + ThreadLocalRandom.current().nextLong(millis / 10 * 2 + 1);
        loop.schedule(this::round, varied, TimeUnit.MILLISECONDS);
    }

    private void ended(Endpoint endpoint, HealthRecord record, boolean up) {
        (up ? passed : failed).increment();
        record.ended(up);
        endpoint.checked(record.healthy(), up);
    }

    private static Counter counter(String upstream, String result, MeterRegistry registry) {
        Meter meter = Meter.HEALTH_CHECKS;
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tag("upstream", upstream)
                .tag("result", result)
                .register(registry);
    }
}

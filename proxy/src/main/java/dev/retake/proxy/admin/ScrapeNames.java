package dev.retake.proxy.admin;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names meters for Prometheus: {@code retake.exchanges.dropped} is {@code retake_exchanges_dropped_total}. Only base units of
 * measurement are appended (bytes, seconds), as Prometheus has it; what is counted is in the name already.
 */
public final class ScrapeNames extends PrometheusNamingConvention {
    private static final Set<String> UNITS = Set.of("bytes", "seconds");

    private ScrapeNames() {}

    /** A new registry with these names. */
    public static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().namingConvention(new ScrapeNames());
        return registry;
    }

    @Override
    public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        return super.name(name, type, baseUnit != null && UNITS.contains(baseUnit) ? baseUnit : null);
    }
}

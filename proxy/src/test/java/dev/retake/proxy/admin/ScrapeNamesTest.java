package dev.retake.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class ScrapeNamesTest {

    @Test
    void areThoseThatTheDocumentationHas() {
        PrometheusMeterRegistry registry = ScrapeNames.registry();
        Counter.builder("retake.exchanges.dropped").baseUnit("exchanges").register(registry);
        Gauge.builder("retake.relay.memory", () -> 7).baseUnit("bytes").register(registry);
        Gauge.builder("retake.connections", () -> 7).baseUnit("connections").register(registry);

        assertThat(registry.scrape())
                .contains(
                        "\nretake_exchanges_dropped_total 0",
                        "\nretake_relay_memory_bytes 7",
                        "\nretake_connections 7");
    }
}

package dev.retake.pipeline;

import dev.retake.common.exchange.Withheld;
import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** Publishes what the recorder counts. */
final class RecorderMeters {
    private RecorderMeters() {}

    /** Registers the meters that need no journal. */
    static void register(MeterRegistry registry, Intake intake, Ledger ledger, CaptureFigures figures) {
        counter(registry, Meter.FORWARDED, Tags.empty(), ledger::forwardedCount);
        counter(registry, Meter.EXCLUDED, Tags.empty(), ledger::excludedCount);
        for (DropReason reason : DropReason.values()) {
            counter(registry, Meter.DROPPED, Tags.of("reason", reason.text()), () -> ledger.droppedCount(reason));
        }
        for (Withheld reason : Withheld.values()) {
            counter(registry, Meter.WITHHELD, Tags.of("reason", reason.text()), () -> figures.withheld(reason));
        }
        counter(registry, Meter.TRUNCATED, Tags.empty(), figures::truncated);
        gauge(registry, Meter.QUEUE, intake::waiting);
        gauge(registry, Meter.CAPTURE_BUDGET, () -> intake.budget().used());
    }

    /** Registers those of an open journal. */
    static void register(MeterRegistry registry, RecordStore store) {
        counter(registry, Meter.CAPTURED, Tags.empty(), store::durableExchanges);
        gauge(registry, Meter.JOURNAL_BYTES, store::bytes);
    }

    private static void counter(MeterRegistry registry, Meter meter, Tags tags, Supplier<Number> value) {
        FunctionCounter.builder(meter.meterName(), value, v -> v.get().doubleValue())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tags(tags)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, Meter meter, Supplier<Number> value) {
        Gauge.builder(meter.meterName(), value)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
    }
}

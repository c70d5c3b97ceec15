package dev.retake.pipeline;

import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Publishes what the recorder counts. A registry refers to what it reads weakly, so a counter reads an object that lives
 * as long as the recorder.
 */
final class RecorderMeters {
    private RecorderMeters() {}

    /** Registers the meters that need no journal. */
    static void register(MeterRegistry registry, Intake intake, Ledger ledger, CaptureFigures figures) {
        counter(registry, Meter.FORWARDED, Tags.empty(), ledger, Ledger::forwardedCount);
        counter(registry, Meter.EXCLUDED, Tags.empty(), ledger, Ledger::excludedCount);
        for (DropReason reason : DropReason.values()) {
            counter(registry, Meter.DROPPED, Tags.of("reason", reason.text()), ledger, l -> l.droppedCount(reason));
        }
        for (Withheld reason : Withheld.values()) {
            counter(registry, Meter.WITHHELD, Tags.of("reason", reason.text()), figures, f -> f.withheld(reason));
        }
        for (Messages.Cut reason : Messages.Cut.values()) {
            counter(registry, Meter.WEB_SOCKETS_CUT, Tags.of("reason", reason.text()), figures, f -> f.cut(reason));
        }
        counter(registry, Meter.MESSAGES, Tags.of("protocol", "websocket"), figures, CaptureFigures::messages);
        counter(registry, Meter.MESSAGES, Tags.of("protocol", "event-stream"), figures, CaptureFigures::events);
        counter(registry, Meter.TRUNCATED, Tags.empty(), figures, CaptureFigures::truncated);
        counter(registry, Meter.SESSIONS_EVICTED, Tags.empty(), figures, CaptureFigures::evictedSessions);
        gauge(registry, Meter.SESSIONS, figures::openSessions);
        gauge(registry, Meter.QUEUE, intake::waiting);
        gauge(registry, Meter.CAPTURE_BUDGET, () -> intake.budget().used());
    }

    /** Registers those that tell of the journal. */
    static void register(MeterRegistry registry, Journals journals, CaptureState state) {
        counter(registry, Meter.CAPTURED, Tags.empty(), journals, Journals::durableExchanges);
        gauge(registry, Meter.JOURNAL_BYTES, journals::bytes);
        gauge(registry, Meter.CAPTURE_ON, () -> state.whyOff() == null ? 1 : 0);
    }

    private static <T> void counter(
            MeterRegistry registry, Meter meter, Tags tags, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder(meter.meterName(), source, count)
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

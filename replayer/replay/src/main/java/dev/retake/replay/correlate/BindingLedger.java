package dev.retake.replay.correlate;

import dev.retake.verdict.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts over a run which values were carried from where to where. Thread-safe. */
public final class BindingLedger {
    private final Map<Kind, AtomicInteger> counts = new ConcurrentHashMap<>();

    private record Kind(String from, String to, String transform) {}

    void used(String from, String to, String transform) {
        counts.computeIfAbsent(new Kind(from, to, transform), kind -> new AtomicInteger())
                .incrementAndGet();
    }

    /** All of them, by where they came from and went. */
    public List<RunResult.Binding> list() {
        List<RunResult.Binding> list = new ArrayList<>();
        counts.forEach((kind, count) ->
                list.add(new RunResult.Binding(kind.from(), kind.to(), kind.transform(), count.get())));
        list.sort(Comparator.comparing(RunResult.Binding::from)
                .thenComparing(RunResult.Binding::to)
                .thenComparing(RunResult.Binding::transform));
        return list;
    }
}

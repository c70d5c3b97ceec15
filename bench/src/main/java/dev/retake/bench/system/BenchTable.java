package dev.retake.bench.system;

import dev.retake.bench.system.Rival.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The medians over all rounds, each beside its ratio to HAProxy's. */
final class BenchTable {
    /** One line of the table. */
    record Row(Kind kind, int size, int connections, int idle) {}

    /**
     * One measurement.
     *
     * @param cpuMicros processor time a request at the fixed rate, microseconds
     * @param perSecond requests a second as fast as answers come
     * @param p50Micros latency at the fixed rate
     * @param p99Micros latency at half of {@code perSecond}, each proxy at its own
     * @param residentMebibytes memory after the fixed rate
     * @param errors answers that were not 2xx, and connections that broke
     * @param kept share of the fixed rate that was reached
     */
    record Sample(
            double cpuMicros,
            double perSecond,
            double p50Micros,
            double p99Micros,
            double residentMebibytes,
            long errors,
            double kept) {}

    private final Map<Row, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<Integer, LedgerCheck> ledgers = new TreeMap<>();

    void add(Row row, Sample sample) {
        samples.computeIfAbsent(row, key -> new ArrayList<>()).add(sample);
    }

    void ledger(int size, LedgerCheck ledger) {
        ledgers.put(size, ledger);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                | proxy | body | conns | CPU µs/req | ratio | req/s | ratio | p50 µs | p99 µs at half | ratio | RSS MiB | errors |
                |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                """);
        for (Row row : samples.keySet()) {
            text.append("| %s | %d | %s | %.1f | %s | %.0f | %s | %.0f | %.0f | %s | %.0f | %d%s |\n"
                    .formatted(
                            row.kind().title(),
                            row.size(),
                            row.connections() + (row.idle() == 0 ? "" : " + " + row.idle() + " idle"),
                            median(row, Sample::cpuMicros),
                            ratio(row, Sample::cpuMicros),
                            median(row, Sample::perSecond),
                            ratio(row, Sample::perSecond),
                            median(row, Sample::p50Micros),
                            median(row, Sample::p99Micros),
                            ratio(row, Sample::p99Micros),
                            median(row, Sample::residentMebibytes),
                            errors(row),
                            median(row, Sample::kept) < 0.98 ? ", rate not reached" : ""));
        }
        ledgers.forEach((size, ledger) -> text.append(
                "\nEverything on, %d bytes: %,d forwarded, %,d captured in %,d sessions, %,d not captured%s.\n"
                        .formatted(
                                size,
                                ledger.forwarded(),
                                ledger.captured(),
                                ledger.sessions(),
                                ledger.dropped(),
                                ledger.dropped() == 0 ? "" : ": these rows do not count")));
        return text.toString();
    }

    String json() {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode root = json.createObjectNode();
        ArrayNode rows = root.putArray("rows");
        for (Row row : samples.keySet()) {
            ObjectNode node = rows.addObject();
            node.put("proxy", row.kind().title());
            node.put("bodyBytes", row.size());
            node.put("connections", row.connections());
            node.put("idleConnections", row.idle());
            node.put("cpuMicros", median(row, Sample::cpuMicros));
            node.put("requestsPerSecond", median(row, Sample::perSecond));
            node.put("p50Micros", median(row, Sample::p50Micros));
            node.put("p99Micros", median(row, Sample::p99Micros));
            node.put("residentMiB", median(row, Sample::residentMebibytes));
            node.put("errors", errors(row));
            node.put("cpuToHaproxy", toHaproxy(row, Sample::cpuMicros));
            node.put("requestsToHaproxy", toHaproxy(row, Sample::perSecond));
            node.put("p50ToHaproxy", toHaproxy(row, Sample::p50Micros));
            node.put("p99ToHaproxy", toHaproxy(row, Sample::p99Micros));
        }
        ArrayNode accounts = root.putArray("ledgers");
        ledgers.forEach((size, ledger) -> accounts.addObject()
                .put("bodyBytes", size)
                .put("forwarded", ledger.forwarded())
                .put("captured", ledger.captured())
                .put("dropped", ledger.dropped())
                .put("sessions", ledger.sessions())
                .put("journalBytes", ledger.bytes()));
        return json.writeValueAsString(root) + "\n";
    }

    private List<Sample> of(Row row) {
        return samples.getOrDefault(row, List.of());
    }

    private long errors(Row row) {
        return of(row).stream().mapToLong(Sample::errors).sum();
    }

    private double median(Row row, ToDoubleFunction<Sample> figure) {
        double[] sorted = of(row).stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
    }

    private String ratio(Row row, ToDoubleFunction<Sample> figure) {
        Double ratio = toHaproxy(row, figure);
        return ratio == null ? "" : "%.2f".formatted(ratio);
    }

    /** The median of the ratios round by round, null where HAProxy did not take part. */
    private @Nullable Double toHaproxy(Row row, ToDoubleFunction<Sample> figure) {
        List<Sample> base = samples.get(new Row(Kind.HAPROXY, row.size(), row.connections(), row.idle()));
        List<Sample> own = of(row);
        if (base == null || row.kind() == Kind.DIRECT && figure.applyAsDouble(own.get(0)) == 0) {
            return null;
        }
        int rounds = Math.min(base.size(), own.size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(base.get(i));
        }
        Arrays.sort(ratios);
        return ratios[rounds / 2];
    }
}

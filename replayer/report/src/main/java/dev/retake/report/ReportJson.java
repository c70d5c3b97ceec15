package dev.retake.report;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code report.json}, format 1: the run for programs, in UTF-8. */
public final class ReportJson {
    private static final int FORMAT = 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private ReportJson() {}

    /** Writes the document and a line end; {@code out} stays open. */
    public static void write(RunResult result, OutputStream out) throws IOException {
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(out, document(result));
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.write('\n');
    }

    private static ObjectNode document(RunResult result) {
        ObjectNode document = JSON.createObjectNode();
        document.put("format", FORMAT);
        run(result.run(), document.putObject("run"));
        document.put("verdict", name(result.outcome()));
        document.put("reason", result.reason());
        counts(result.counts(), document.putObject("counts"));
        ObjectNode skippedBy = document.putObject("skippedBy");
        new TreeMap<>(result.skippedBy()).forEach(skippedBy::put);
        var findings = document.putArray("findings");
        result.findings().forEach(finding -> finding(finding, findings.addObject()));
        var bindings = document.putArray("bindings");
        result.bindings()
                .forEach(binding -> bindings.addObject()
                        .put("from", binding.from())
                        .put("to", binding.to())
                        .put("transform", binding.transform())
                        .put("count", binding.count()));
        document.putObject("scheduleLagMs")
                .put("p50", result.lag().p50())
                .put("p99", result.lag().p99())
                .put("max", result.lag().max());
        strings(result.notes(), document, "notes");
        return document;
    }

    private static void run(RunResult.Run run, ObjectNode into) {
        into.put("id", run.id())
                .put("started", time(run.started()))
                .put("ended", time(run.ended()))
                .put("journal", run.journal())
                .put("target", run.target())
                .put("seed", run.seed())
                .put("comparable", name(run.comparable()))
                .put("compare", name(run.compare()));
    }

    private static void counts(RunResult.Counts counts, ObjectNode into) {
        into.put("sessions", counts.sessions())
                .put("exchanges", counts.exchanges())
                .put("match", counts.match())
                .put("equivalent", counts.equivalent())
                .put("changed", counts.changed())
                .put("failed", counts.failed())
                .put("skipped", counts.skipped())
                .put("blocked", counts.blocked());
    }

    private static void finding(Finding finding, ObjectNode into) {
        into.put("id", finding.id()).put("kind", finding.kind().text()).put("operation", finding.operation());
        strings(finding.operations(), into, "operations");
        into.put("location", finding.location())
                .put("severity", name(finding.severity()))
                .put("count", finding.count());
        strings(finding.sessions(), into, "sessions");
        into.putObject("example")
                .put("exchange", finding.example().exchange())
                .put("before", finding.example().before())
                .put("after", finding.example().after())
                .put("curl", finding.example().curl());
        into.put("explanation", finding.explanation()).put("status", name(finding.status()));
    }

    private static void strings(Collection<String> values, ObjectNode into, String field) {
        var array = into.putArray(field);
        values.forEach(array::add);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

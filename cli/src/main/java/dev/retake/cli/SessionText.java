package dev.retake.cli;

import dev.retake.common.terminal.VisibleText;
import dev.retake.journal.Session;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A session as one line, for a person or for a program. */
final class SessionText {
    private static final int OPERATIONS = 3;

    private SessionText() {}

    static String json(Session session) {
        ObjectNode line = Json.object();
        line.put("id", session.id());
        line.put("started", Json.time(session.startedAt()));
        line.put("ended", Json.time(session.endedAt()));
        line.put("closed", session.closed());
        line.put("complete", session.complete());
        line.put("exchanges", session.exchanges());
        line.put("truncated", session.truncated());
        line.put("withheld", session.withheld());
        line.put("identity", session.identity());
        ArrayNode operations = line.putArray("operations");
        session.operations().forEach(operations::add);
        ObjectNode statuses = line.putObject("statuses");
        session.statuses().forEach((status, count) -> statuses.put(String.valueOf(status), count));
        return line.toString();
    }

    /** Start, id, size, length, what was answered, and the first operations. */
    static String line(Session session) {
        Duration length = Duration.of(session.endedAt() - session.startedAt(), ChronoUnit.MICROS);
        String statuses = session.statuses().entrySet().stream()
                .map(status -> status.getValue() + "x" + status.getKey())
                .collect(Collectors.joining(" "));
        String operations = session.operations().stream()
                .limit(OPERATIONS)
                .map(VisibleText::line)
                .collect(Collectors.joining(", "));
        int more = session.operations().size() - OPERATIONS;
        return "%s  %s  %3d exchanges  %7s  %s%s%s  %s%s"
                .formatted(
                        Json.time(session.startedAt()),
                        session.id(),
                        session.exchanges(),
                        "%.1fs".formatted(length.toMillis() / 1000.0),
                        statuses,
                        session.closed() ? "" : "  open",
                        session.complete() ? "" : "  incomplete",
                        operations,
                        more > 0 ? " and " + more + " more" : "");
    }
}

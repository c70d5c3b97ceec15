package dev.retake.report;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sentences that every report for people says alike: the answer, and what was not compared. */
final class Wording {
    private Wording() {}

    /** The verdict in one word. */
    static String verdict(RunResult result) {
        return switch (result.outcome()) {
            case CLEAN -> "Clean";
            case REGRESSIONS -> "Regressions";
            case INCONCLUSIVE -> "Inconclusive";
        };
    }

    /** The answer in one sentence. */
    static String answer(RunResult result) {
        Counts counts = result.counts();
        return switch (result.outcome()) {
            case CLEAN ->
                count(counts.compared(), "compared exchange") + " of " + count(counts.sessions(), "session")
                        + " gave users the same as before.";
            case REGRESSIONS ->
                count(withStatus(result, Finding.Status.NEW).size(), "new finding") + " in "
                        + number(counts.changed()) + " of " + count(counts.compared(), "compared exchange") + ", "
                        + count(counts.sessions(), "session") + " replayed.";
            case INCONCLUSIVE ->
                result.reason() == null ? "Too little was compared to tell." : VisibleText.line(result.reason());
        };
    }

    /** Kind and location of a finding, without saying twice what the location already says, such as {@code status}. */
    static String place(Finding finding) {
        String location = VisibleText.line(finding.location());
        String kind = finding.kind().text();
        return location.equals(kind) || location.startsWith(kind + ":") ? location : kind + " at " + location;
    }

    /** Findings of one status, in the order of the result. */
    static List<Finding> withStatus(RunResult result, Finding.Status status) {
        return result.findings().stream().filter(f -> f.status() == status).toList();
    }

    /** One line for each way in which exchanges were left uncompared, the most frequent first; empty if all were. */
    static List<String> notCompared(RunResult result) {
        List<String> lines = new ArrayList<>();
        result.skippedBy().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> lines.add(number(entry.getValue()) + " skipped: " + skipped(entry.getKey())));
        Counts counts = result.counts();
        if (counts.blocked() > 0) {
            lines.add(number(counts.blocked())
                    + " blocked: they depend on a step that failed, was skipped, or no longer gives what they need");
        }
        if (counts.failed() > 0) {
            lines.add(number(counts.failed()) + " failed: the target gave no response to compare");
        }
        return lines;
    }

    private static String skipped(String reason) {
        return switch (reason) {
            case "unsafe-method" -> "unsafe method; --allow-unsafe sends these too";
            case "body-withheld" -> "the recording withheld the request's body, or a part of it";
            case "body-truncated" -> "the recording holds only the beginning of the request's body";
            case "no-response" -> "sent, but the recording has no response to compare with";
            case "stale-validator" ->
                "the recorded client had its copy from before the recording; the target's whole answer says nothing";
            case "incomplete" -> "sessions with gaps in the recording; --include-incomplete plays them";
            case "upgrade" -> "the connection was upgraded, to WebSocket for example";
            case "grpc" -> "gRPC needs HTTP/2, which a replay does not speak";
            case "rule" -> "a rule of yours leaves them out";
            case "credentials" -> "the target does not accept the recorded logins; configure credentials";
            default -> VisibleText.line(reason);
        };
    }

    /** Where the test environment's data comes from, and how deep responses were compared. */
    static String comparison(RunResult.Run run) {
        String data = switch (run.comparable()) {
            case ANONYMIZED -> "anonymized: the target's data went through the same keys as the recording";
            case FOREIGN -> "foreign: the target has data of its own, so values compare modulo renaming";
            case SHADOW -> "shadow: both responses were sanitized before they were compared";
        };
        String depth = switch (run.compare()) {
            case VALUES -> "values";
            case SHAPE -> "shape only, not values";
            case STATUS -> "status only, not headers or bodies";
        };
        return data + "; compared by " + depth;
    }

    /** {@code 1 session}, {@code 2,000 sessions}. */
    static String count(int count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code critical}, {@code new}: the name of a constant as reports show it. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

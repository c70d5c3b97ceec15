package dev.retake.report;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code summary.md}, for a comment on a pull request: short enough for GitHub's 65,536 characters, and with
 * nothing recorded that could mention people, link anywhere, or break out of its place.
 */
final class MarkdownSummary {
    private static final int FINDINGS = 25;
    private static final int DETAILS = 15;
    private static final int CURL_LENGTH = 800;
    /** Characters after which nothing long is begun; what is begun takes less than 15,000. */
    private static final int ENOUGH = 50_000;

    private static final int FIELD_LENGTH = 200;

    private final StringBuilder md = new StringBuilder();

    private MarkdownSummary() {}

    /** Writes the document in UTF-8; {@code out} stays open. */
    static void write(RunResult result, OutputStream out) throws IOException {
        MarkdownSummary summary = new MarkdownSummary();
        summary.summary(result);
        out.write(summary.md.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void summary(RunResult result) {
        md.append("## Retake: ").append(Wording.verdict(result)).append("\n\n");
        md.append(MarkdownText.inline(Wording.answer(result))).append('\n');
        List<Finding> fresh = Wording.withStatus(result, Finding.Status.NEW);
        int rows = table(fresh);
        if (fresh.size() > rows) {
            md.append("\n").append(Wording.number(fresh.size() - rows)).append(" more are in the report.\n");
        }
        notCompared(result);
        for (String note : result.notes()) {
            md.append("\n> ").append(MarkdownText.inline(brief(note))).append('\n');
        }
        for (Finding finding : fresh.subList(0, Math.min(rows, DETAILS))) {
            if (md.length() < ENOUGH) {
                details(finding);
            }
        }
        facts(result);
    }

    /** Writes a row for each finding until there is enough; returns how many there are. */
    private int table(List<Finding> findings) {
        if (findings.isEmpty()) {
            return 0;
        }
        md.append("\n| | What changed | Where | Seen |\n|---|---|---|---|\n");
        int rows = 0;
        for (Finding finding : findings) {
            if (rows == FINDINGS || md.length() > ENOUGH / 2) {
                break;
            }
            rows++;
            md.append("| ")
                    .append(Wording.name(finding.severity()))
                    .append(" | ")
                    .append(MarkdownText.inline(brief(finding.explanation())))
                    .append(" | ")
                    .append(MarkdownText.codeInTable(brief(finding.operation())))
                    .append(
                            finding.operations().size() > 1
                                    ? " +" + (finding.operations().size() - 1)
                                    : "")
                    .append("<br>")
                    .append(MarkdownText.codeInTable(brief(Wording.place(finding))))
                    .append(" | ")
                    .append(Wording.number(finding.count()))
                    .append("x |\n");
        }
        return rows;
    }

    private void notCompared(RunResult result) {
        List<String> lines = Wording.notCompared(result);
        if (lines.isEmpty()) {
            return;
        }
        md.append("\n**Not compared**\n\n");
        lines.forEach(line -> md.append("- ").append(MarkdownText.inline(line)).append('\n'));
    }

    private void details(Finding finding) {
        md.append("\n<details><summary>")
                .append(MarkdownText.html(brief(Wording.place(finding))))
                .append(" in ")
                .append(MarkdownText.html(brief(finding.operation())))
                .append("</summary>\n\n");
        md.append("- was: ").append(value(finding.example().before())).append('\n');
        md.append("- now: ").append(value(finding.example().after())).append('\n');
        if (!finding.sessions().isEmpty()) {
            md.append("- session: ")
                    .append(MarkdownText.code(finding.sessions().get(0)))
                    .append('\n');
        }
        String curl = finding.example().curl();
        if (curl.length() <= CURL_LENGTH) {
            md.append('\n').append(MarkdownText.codeBlock("sh", curl));
        } else {
            md.append("\nThe request is too long to show here; report.html has it.\n");
        }
        md.append("\n</details>\n");
    }

    private static String brief(String text) {
        if (text.length() <= FIELD_LENGTH) {
            return text;
        }
        boolean parted = Character.isHighSurrogate(text.charAt(FIELD_LENGTH - 1));
        return text.substring(0, parted ? FIELD_LENGTH - 1 : FIELD_LENGTH) + "…";
    }

    private static String value(@Nullable String json) {
        return json == null ? "absent" : MarkdownText.code(json);
    }

    private void facts(RunResult result) {
        RunResult.Counts counts = result.counts();
        md.append("\n<sub>")
                .append(Wording.count(counts.sessions(), "session"))
                .append(", ")
                .append(Wording.count(counts.exchanges(), "exchange"))
                .append(": ")
                .append(Wording.number(counts.match()))
                .append(" match, ")
                .append(Wording.number(counts.equivalent()))
                .append(" equivalent, ")
                .append(Wording.number(counts.changed()))
                .append(" changed, ")
                .append(Wording.number(counts.exchanges() - counts.compared()))
                .append(" not compared. Target ")
                .append(MarkdownText.html(result.run().target()))
                .append(", run ")
                .append(MarkdownText.html(result.run().id()))
                .append(", seed ")
                .append(result.run().seed())
                .append(".</sub>\n");
    }
}

package dev.retake.report;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what a run found as plain text of at most 80 columns, the answer first. */
public final class TerminalSummary {
    private static final int COLUMNS = 80;
    private static final int FINDINGS = 20;
    private static final String INDENT = "    ";

    private final Appendable out;
    private final boolean colour;

    private TerminalSummary(Appendable out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /**
     * Writes the summary.
     *
     * @param colour whether {@code out} understands ANSI colours; nothing but colours depends on it. Escape sequences
     *     in what was recorded are shown, never sent
     */
    public static void write(RunResult result, Appendable out, boolean colour) throws IOException {
        new TerminalSummary(out, colour).summary(result);
    }

    private void summary(RunResult result) throws IOException {
        Colour verdictColour = switch (result.outcome()) {
            case CLEAN -> Colour.GREEN;
            case REGRESSIONS -> Colour.RED;
            case INCONCLUSIVE -> Colour.YELLOW;
        };
        String verdict = Wording.verdict(result).toUpperCase(Locale.ROOT);
        paragraph(verdict + ": ", verdictColour, Wording.answer(result), "  ");
        List<Finding> fresh = Wording.withStatus(result, Finding.Status.NEW);
        for (int i = 0; i < Math.min(FINDINGS, fresh.size()); i++) {
            out.append('\n');
            finding(i + 1, fresh.get(i));
        }
        if (fresh.size() > FINDINGS) {
            out.append('\n');
            paragraph("", null, Wording.number(fresh.size() - FINDINGS) + " more are in the report.", "");
        }
        out.append('\n');
        counts(result);
        for (String note : result.notes()) {
            paragraph("Note: ", Colour.YELLOW, VisibleText.line(note), "  ");
        }
    }

    private void finding(int number, Finding finding) throws IOException {
        String severity = Wording.name(finding.severity());
        Colour severityColour = switch (finding.severity()) {
            case CRITICAL -> Colour.RED;
            case MAJOR -> Colour.YELLOW;
            case MINOR, INFO -> Colour.CYAN;
        };
        String place = Wording.place(finding) + " in " + VisibleText.line(finding.operation());
        if (finding.operations().size() > 1) {
            place += " and " + Wording.count(finding.operations().size() - 1, "more operation");
        }
        paragraph(String.format(Locale.ROOT, "%2d. %s ", number, severity), severityColour, place, INDENT);
        paragraph(INDENT, null, VisibleText.line(finding.explanation()), INDENT);
        value("was ", finding.example().before());
        value("now ", finding.example().after());
        String first = finding.sessions().isEmpty()
                ? ""
                : ", such as " + VisibleText.line(finding.sessions().get(0));
        paragraph(
                INDENT,
                null,
                "in " + Wording.count(finding.count(), "exchange") + " of "
                        + Wording.count(finding.sessions().size(), "session") + first,
                INDENT);
    }

    private void value(String label, @Nullable String json) throws IOException {
        String shown = json == null ? "absent" : VisibleText.line(json);
        String indent = INDENT + label;
        out.append(indent).append(cut(shown, COLUMNS - indent.length())).append('\n');
    }

    private void counts(RunResult result) throws IOException {
        RunResult.Counts counts = result.counts();
        int known = Wording.withStatus(result, Finding.Status.KNOWN).size();
        int fixed = Wording.withStatus(result, Finding.Status.FIXED).size();
        if (known + fixed > 0) {
            paragraph("Baseline: ", null, known + " known, " + fixed + " fixed", "  ");
        }
        paragraph(
                "Compared: ",
                null,
                Wording.number(counts.compared()) + " of " + Wording.count(counts.exchanges(), "exchange") + ": "
                        + Wording.number(counts.match()) + " match, " + Wording.number(counts.equivalent())
                        + " equivalent, " + Wording.number(counts.changed()) + " changed",
                "  ");
        List<String> notCompared = Wording.notCompared(result);
        if (!notCompared.isEmpty()) {
            paragraph("Not compared:", Colour.YELLOW, "", "");
            for (String line : notCompared) {
                paragraph("  ", null, line, INDENT);
            }
        }
    }

    /** A first line that starts with {@code lead}, and what does not fit on lines below it. */
    private void paragraph(String lead, @Nullable Colour leadColour, String text, String indent) throws IOException {
        if (leadColour != null && colour) {
            out.append(leadColour.on).append(lead).append(Colour.OFF);
        } else {
            out.append(lead);
        }
        int column = lead.length();
        boolean first = true;
        for (String word : text.split(" ")) {
            String rest = word;
            if (!first && column + 1 + ColumnWidth.of(rest) > COLUMNS) {
                out.append('\n').append(indent);
                column = indent.length();
            } else if (!first) {
                out.append(' ');
                column++;
            }
            while (ColumnWidth.of(rest) > COLUMNS - column) {
                int fits = ColumnWidth.fitting(rest, COLUMNS - column);
                out.append(rest, 0, fits).append('\n').append(indent);
                rest = rest.substring(fits);
                column = indent.length();
            }
            out.append(rest);
            column += ColumnWidth.of(rest);
            first = false;
        }
        out.append('\n');
    }

    private static String cut(String text, int columns) {
        return ColumnWidth.of(text) <= columns
                ? text
                : text.substring(0, ColumnWidth.fitting(text, columns - 3)) + "...";
    }

    /** ANSI foreground colours, bold. */
    private enum Colour {
        RED("\u001b[1;31m"),
        GREEN("\u001b[1;32m"),
        YELLOW("\u001b[1;33m"),
        CYAN("\u001b[1;36m");

        static final String OFF = "\u001b[0m";

        final String on;

        Colour(String on) {
            this.on = on;
        }
    }
}

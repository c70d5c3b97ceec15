package dev.retake.cli;

import dev.retake.common.terminal.VisibleText;
import dev.retake.privacy.inventory.FieldUse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what fields carry for people: under each operation a table of its fields. */
final class InventoryText {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<String[]> rows = new ArrayList<>();
    private final List<String> operations = new ArrayList<>();

    InventoryText() {}

    /**
     * Adds a field.
     *
     * @param change what changed since last time, empty where that was not asked for
     */
    void add(FieldUse use, String change) {
        operations.add(VisibleText.line(use.operation()));
        rows.add(new String[] {
            change,
            VisibleText.line(use.location()),
            use.dataClass(),
            String.format(Locale.ROOT, "%,d", use.count()),
            minutes(use.firstSeen()),
            minutes(use.lastSeen()),
            use.rule().equals(FieldUse.DETECTOR) ? "by its form" : "rule " + VisibleText.line(use.rule())
        });
    }

    List<String> lines() {
        int[] widths = new int[7];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        String form = "  " + (widths[0] == 0 ? "%s" : "%-" + widths[0] + "s  ") + "%-" + widths[1] + "s  %-" + widths[2]
                + "s  %" + widths[3] + "s  %s  %s  %s";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i == 0 || !operations.get(i).equals(operations.get(i - 1))) {
                lines.add(operations.get(i));
            }
            lines.add(String.format(Locale.ROOT, form, (Object[]) rows.get(i)));
        }
        return lines;
    }

    private static String minutes(long micros) {
        return MINUTES.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)));
    }
}

package dev.retake.cli;

import dev.retake.common.terminal.VisibleText;
import dev.retake.privacy.scan.Leak;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a scan came upon, in the order in which it did. Keeps a bounded number of places, and counts them all. */
final class ScanFindings {
    private static final int MOST_UNREAD = 1_000;

    /**
     * One place.
     *
     * @param file the path as it was walked; of a record, the journal
     * @param record the record in that journal, null in a file as it is
     */
    private record Place(String file, @Nullable RecordPlace record, Leak leak) {}

    /** A part of a record: its session's id, its number in the session (0 for the session itself), its field. */
    record RecordPlace(String session, int sequence, String field) {}

    /** A part that was not read. */
    private record Unread(String file, String reason) {}

    private final int most;
    private final List<Place> places = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Integer> canaryLines = new HashMap<>();
    private long leaks;
    private long unreadParts;
    private long files;
    private long bytes;
    private long records;

    ScanFindings(int most) {
        this.most = most;
    }

    void leaked(String file, @Nullable RecordPlace record, Leak leak) {
        leaks++;
        counts.merge(leak.className(), 1L, Long::sum);
        if (leak.canary() > 0) {
            canaryLines.put("line " + leak.canary(), leak.canary());
        }
        if (places.size() < most) {
            places.add(new Place(file, record, leak));
        }
    }

    void unread(String file, String reason) {
        unreadParts++;
        if (unread.size() < MOST_UNREAD) {
            unread.add(new Unread(file, reason));
        }
    }

    void readFile() {
        files++;
    }

    void readBytes(int count) {
        bytes += count;
    }

    void readRecord() {
        records++;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long records() {
        return records;
    }

    long leaks() {
        return leaks;
    }

    boolean isUnread() {
        return unreadParts > 0;
    }

    void print(Answer answer) {
        for (Place place : places) {
            answer.line("leak: " + VisibleText.line(text(place)));
        }
        if (leaks > places.size()) {
            answer.line("leak: " + Answer.count(leaks - places.size(), "more place") + "; --max N shows more of them");
        }
        for (Unread part : unread) {
            answer.line("unread: " + VisibleText.line(part.file() + ": " + part.reason()));
        }
        String read = "read %s with %s and %s"
                .formatted(Answer.count(files, "file"), Answer.count(bytes, "byte"), Answer.count(records, "record"));
        if (leaks > 0) {
            answer.line("leaks: %s, found %s with what should not be there: %s%s"
                    .formatted(
                            read,
                            Answer.count(leaks, "place"),
                            byClass(),
                            canaryLines.isEmpty() ? "" : "; planted values " + lines()));
        } else if (isUnread()) {
            answer.line("inconclusive: %s; could not read %s, see the lines above"
                    .formatted(read, Answer.count(unreadParts, "part")));
        } else {
            answer.line("clean: " + read + ", no leak was found");
        }
    }

    /** {@code canary 1, email 2}. */
    private String byClass() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private String lines() {
        List<Integer> sorted = canaryLines.values().stream().sorted().toList();
        return sorted.size() <= 20 ? "of lines " + sorted : sorted.size() + " of them";
    }

    private static String text(Place place) {
        Leak leak = place.leak();
        RecordPlace record = place.record();
        String where = record == null
                ? place.file()
                : place.file() + ", session " + record.session()
                        + (record.sequence() == 0 ? "" : ", exchange " + record.sequence()) + ", " + record.field();
        String what = leak.canary() > 0 ? "planted value of line " + leak.canary() : leak.className();
        String inside = leak.inside().isEmpty() ? "" : " of " + String.join(" in ", reversed(leak.inside()));
        return "%s: %s as %s at byte %d%s".formatted(where, what, leak.encoding(), leak.offset(), inside);
    }

    private static List<String> reversed(List<String> inside) {
        List<String> reversed = new ArrayList<>(inside);
        Collections.reverse(reversed);
        return reversed;
    }

    String json() {
        ObjectNode tree = Json.object();
        tree.put("clean", leaks == 0 && !isUnread());
        tree.put("files", files);
        tree.put("bytes", bytes);
        tree.put("records", records);
        tree.put("leaks", leaks);
        ObjectNode classes = tree.putObject("classes");
        counts.forEach(classes::put);
        ArrayNode list = tree.putArray("places");
        for (Place place : places) {
            Leak leak = place.leak();
            ObjectNode node = list.addObject();
            node.put("file", place.file());
            RecordPlace record = place.record();
            if (record != null) {
                node.put("session", record.session());
                node.put("seq", record.sequence());
                node.put("field", record.field());
            }
            node.put("offset", leak.offset());
            node.put("class", leak.className());
            if (leak.canary() > 0) {
                node.put("canary", leak.canary());
            }
            node.put("encoding", leak.encoding());
            ArrayNode inside = node.putArray("inside");
            leak.inside().forEach(inside::add);
        }
        ArrayNode left = tree.putArray("unread");
        unread.forEach(part -> left.addObject().put("file", part.file()).put("reason", part.reason()));
        return tree.toString();
    }
}

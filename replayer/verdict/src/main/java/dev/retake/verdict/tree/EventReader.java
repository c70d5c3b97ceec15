package dev.retake.verdict.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a stream of server-sent events (HTML Living Standard §9.2) to an array of events. */
final class EventReader {
    private EventReader() {}

    static Tree read(String text) {
        List<Tree> events = new ArrayList<>();
        Map<String, StringBuilder> open = new LinkedHashMap<>();
        for (String line : (text + "\n\n").lines().toList()) {
            if (line.isEmpty()) {
                if (!open.isEmpty()) {
                    events.add(event(open));
                    open.clear();
                }
            } else if (!line.startsWith(":")) {
                int colon = line.indexOf(':');
                String name = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                StringBuilder data = open.computeIfAbsent(name, key -> new StringBuilder());
                data.append(data.isEmpty() ? "" : "\n").append(value.startsWith(" ") ? value.substring(1) : value);
            }
        }
        if (!open.isEmpty()) {
            events.add(event(open));
        }
        return new Tree.Arr(events);
    }

    private static Tree event(Map<String, StringBuilder> fields) {
        Map<String, Tree> event = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Tree data = name.equals("data") ? BodyPair.embedded(value.toString()) : null;
            event.put(name, data == null ? new Tree.Text(value.toString()) : data);
        });
        return new Tree.Obj(event);
    }
}

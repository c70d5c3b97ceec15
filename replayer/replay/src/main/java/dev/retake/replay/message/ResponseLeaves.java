package dev.retake.replay.message;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Response;
import dev.retake.replay.target.CookieJar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes a response apart into the values that a client could send back. */
public final class ResponseLeaves {
    /** Fields that speak of the connection, the content or the moment, and that no client sends back. */
    private static final Set<String> NO_VALUES = Set.of(
            "date",
            "server",
            "connection",
            "keep-alive",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "cache-control",
            "expires",
            "age",
            "via",
            "vary",
            "allow",
            "accept-ranges",
            "strict-transport-security",
            "content-security-policy",
            "set-cookie");

    private static final int MAX_LINES = 10_000;

    private ResponseLeaves() {}

    /** The values of {@code response}, in the order of the message. */
    public static List<Leaf> of(Response response) {
        List<Leaf> leaves = new ArrayList<>();
        Headers headers = response.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("set-cookie")) {
                CookieJar.SetCookie cookie = CookieJar.pair(headers.value(i));
                if (cookie != null) {
                    leaves.add(new Leaf("cookie:" + cookie.name(), cookie.name(), "", cookie.value(), false));
                }
            } else if (!NO_VALUES.contains(lower) && !lower.startsWith("access-control-")) {
                leaves.add(new Leaf("header:" + canonical(lower), name, "", headers.value(i), false));
            }
        }
        body(response, leaves);
        return unique(leaves);
    }

    private static void body(Response response, List<Leaf> leaves) {
        Body body = response.body();
        if (body.bytes().length == 0 || body.withheld() != null) {
            return;
        }
        MediaType type = MediaType.parse(response.headers().first("Content-Type"));
        String text = BodyText.of(body.bytes(), type).text();
        switch (type.family()) {
            case JSON -> json(text, "body:", leaves);
            case NDJSON, EVENT_STREAM -> lines(text, leaves);
            case FORM -> {
                List<Slot> slots = new ArrayList<>();
                TargetSlots.parameters(Slot.Place.BODY, text, 0, text.length(), "body:", slots);
                slots.forEach(slot -> leaves.add(new Leaf(slot.location(), slot.name(), "", slot.value(), false)));
            }
            case XML -> MarkupLeaves.xml(text, leaves);
            case HTML -> MarkupLeaves.html(text, leaves);
            case CSV -> csv(text, leaves);
            case TEXT -> leaves.add(new Leaf("body", "", "", text, false));
            case UNKNOWN -> {
                if (!json(text, "body:", leaves)) {
                    leaves.add(new Leaf("body", "", "", text, false));
                }
            }
            case MULTIPART, BINARY -> {
                // No API hands out ids in these.
            }
        }
    }

    private static boolean json(String text, String prefix, List<Leaf> leaves) {
        List<JsonWalk.Found> found = JsonWalk.of(text);
        if (found == null) {
            return false;
        }
        for (JsonWalk.Found value : found) {
            String location = prefix + value.pointer() + (value.kind() == JsonWalk.Kind.KEY ? "#key" : "");
            leaves.add(new Leaf(
                    location, value.name(), value.parent(), value.value(), value.kind() == JsonWalk.Kind.NUMBER));
        }
        return true;
    }

    private static void lines(String text, List<Leaf> leaves) {
        int number = 0;
        for (String line : text.split("\n", MAX_LINES)) {
            int brace = line.indexOf('{');
            if (brace >= 0) {
                json(line.substring(brace), "body:/" + number++, leaves);
            } else if (!line.isBlank()) {
                leaves.add(new Leaf("body:/" + number++, "", "", line.trim(), false));
            }
        }
    }

    /** Cells without their quotes, named by the first row; a quoted line break splits a row, which costs that row alone. */
    private static void csv(String text, List<Leaf> leaves) {
        String[] rows = text.split("\r?\n", MAX_LINES);
        String separator = rows[0].indexOf('\t') >= 0 ? "\t" : rows[0].indexOf(';') >= 0 ? ";" : ",";
        String[] names = rows[0].split(separator, -1);
        for (int row = 1; row < rows.length; row++) {
            String[] cells = rows[row].split(separator, -1);
            for (int column = 0; column < cells.length; column++) {
                String name = column < names.length ? unquoted(names[column]) : Integer.toString(column);
                leaves.add(new Leaf("body:/" + (row - 1) + "/" + name, name, "", unquoted(cells[column]), false));
            }
        }
    }

    private static String unquoted(String cell) {
        String trimmed = cell.trim();
        return trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"")
                ? trimmed.substring(1, trimmed.length() - 1).replace("\"\"", "\"")
                : trimmed;
    }

    /** Field names as they are usually written, so that a change of case is no change of place. */
    private static String canonical(String lower) {
        StringBuilder name = new StringBuilder(lower);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return name.toString();
    }

    /** Of several at one place, the second is marked {@code #2}, and so on. */
    private static List<Leaf> unique(List<Leaf> leaves) {
        Map<String, Integer> seen = new HashMap<>();
        List<Leaf> unique = new ArrayList<>(leaves.size());
        for (Leaf leaf : leaves) {
            int count = seen.merge(leaf.location(), 1, Integer::sum);
            unique.add(
                    count == 1
                            ? leaf
                            : new Leaf(
                                    leaf.location() + "#" + count,
                                    leaf.name(),
                                    leaf.parent(),
                                    leaf.value(),
                                    leaf.number()));
        }
        return unique;
    }
}

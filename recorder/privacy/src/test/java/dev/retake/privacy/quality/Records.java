package dev.retake.privacy.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes forms of records: fields drawn from a list of names, in a drawn style and layout. */
final class Records {
    private final Half half;
    private final Draw draw;
    private final Map<String, List<String>> names = new LinkedHashMap<>();

    Records(Half half, Draw draw) {
        this.half = half;
        this.draw = draw;
        for (String line : Culture.lines(half.file("-fields.txt"))) {
            if (!line.startsWith("#")) {
                int colon = line.indexOf(": ");
                names.put(
                        line.substring(0, colon),
                        List.of(line.substring(colon + 2).split("\\|")));
            }
        }
    }

    /** A member: its name as written and what stands for its value. */
    private record Member(String name, String hole) {}

    String form() {
        List<Member> members = new ArrayList<>();
        List<String> kinds = new ArrayList<>(names.keySet());
        String style = draw.of("camel", "snake", "kebab", "pascal", "upper");
        int count = draw.between(4, 11);
        for (int i = 0; i < count; i++) {
            String kind = kinds.remove(draw.below(kinds.size()));
            List<String> choices = names.get(kind);
            members.add(new Member(styled(choices.get(draw.below(choices.size())), style), "${" + kind + "}"));
        }
        return half == Half.TUNING ? tuning(members) : heldOut(members);
    }

    private static String styled(String words, String style) {
        String[] parts = words.split(" ");
        StringBuilder name = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            name.append(
                    switch (style) {
                        case "camel", "pascal" -> Character.toUpperCase(part.charAt(0)) + part.substring(1);
                        case "kebab" -> "-" + part;
                        default -> "_" + part;
                    });
        }
        return switch (style) {
            case "pascal" -> Character.toUpperCase(name.charAt(0)) + name.substring(1);
            case "upper" -> name.toString().toUpperCase(Locale.ROOT);
            default -> name.toString();
        };
    }

    /** Words with a capital first, as labels that people read. */
    private static String title(String name) {
        String words =
                name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String each(List<Member> members, String pattern, String between) {
        List<String> written = new ArrayList<>();
        for (Member member : members) {
            written.add(pattern.replace("NAME", member.name)
                    .replace("TITLE", title(member.name))
                    .replace("HOLE", member.hole));
        }
        return String.join(between, written);
    }

    private String tuning(List<Member> members) {
        return switch (draw.below(9)) {
            case 0 -> form("json", "application/json", "{" + each(members, "\"NAME\":\"HOLE\"", ",") + "}");
            case 1 ->
                form(
                        "json below",
                        "application/json",
                        "{\"" + draw.of("user", "data", "order", "payload") + "\":{"
                                + each(members, "\"NAME\": \"HOLE\"", ", ") + "}}");
            case 2 -> form("form", "application/x-www-form-urlencoded", each(members, "NAME=HOLE", "&"));
            case 3 -> form("elements", "application/xml", "<r>" + each(members, "<NAME>HOLE</NAME>", "\n") + "</r>");
            case 4 ->
                form(
                        "cells",
                        "text/csv",
                        each(members, "NAME", ",") + "\n" + each(members, "HOLE", ",") + "\n"
                                + each(members, "HOLE", ","));
            case 5 -> form("lines with colons", "text/plain", each(members, "TITLE: HOLE", "\n"));
            case 6 -> form("lines with dashes", "text/plain", each(members, "TITLE - HOLE", "\n"));
            case 7 ->
                form("list of terms", "text/html", "<dl>" + each(members, "<dt>TITLE</dt><dd>HOLE</dd>", "") + "</dl>");
            default ->
                form(
                        "names and values",
                        "application/json",
                        "{\"fields\":[" + each(members, "{\"name\":\"NAME\",\"value\":\"HOLE\"}", ",") + "]}");
        };
    }

    private String heldOut(List<Member> members) {
        return switch (draw.below(11)) {
            case 0 ->
                form(
                        "json rows",
                        "application/json",
                        "{\"" + draw.of("items", "results", "entries", "rows") + "\":[{"
                                + each(members, "\"NAME\":\"HOLE\"", ",") + "},{"
                                + each(members, "\"NAME\":\"HOLE\"", ",") + "}]}");
            case 1 ->
                form("attributes", "text/xml", "<list><entry " + each(members, "NAME=\"HOLE\"", " ") + "/></list>");
            case 2 ->
                form(
                        "tabs",
                        "text/tab-separated-values",
                        each(members, "NAME", "\t") + "\n" + each(members, "HOLE", "\t") + "\n"
                                + each(members, "HOLE", "\t"));
            case 3 ->
                form(
                        "semicolons",
                        "text/csv",
                        each(members, "TITLE", ";") + "\n" + each(members, "HOLE", ";") + "\n"
                                + each(members, "HOLE", ";"));
            case 4 -> form("settings", "text/plain", each(members, "NAME=HOLE", "\n"));
            case 5 -> form("logfmt", "text/plain", "level=info " + each(members, "NAME=\"HOLE\"", " "));
            case 6 ->
                form(
                        "table",
                        "text/html",
                        "<table>" + each(members, "<tr><th>TITLE</th><td>HOLE</td></tr>", "\n") + "</table>");
            case 7 ->
                form(
                        "labels and contents",
                        "application/json",
                        "{\"answers\":[" + each(members, "{\"label\":\"TITLE\",\"content\":\"HOLE\"}", ",") + "]}");
            case 8 ->
                form(
                        "padded",
                        "text/plain",
                        members.stream()
                                .map(member -> String.format("%-26s: %s", title(member.name), member.hole))
                                .collect(Collectors.joining("\n")));
            case 9 -> "query\nGET /r?" + each(members, "NAME=HOLE", "&") + " HTTP/1.1\nHost: x.example\n\n--- 204\n\n";
            default ->
                form(
                        "parts",
                        "multipart/form-data; boundary=b0",
                        each(members, "--b0\nContent-Disposition: form-data; name=\"NAME\"\n\nHOLE\n", "") + "--b0--");
        };
    }

    private String form(String title, String type, String body) {
        boolean response = draw.below(2) == 0 && !title.equals("form") && !title.equals("parts");
        String content = "Content-Type: " + type + "\n\n" + body + "\n";
        return response
                ? title + "\nGET /r HTTP/1.1\nHost: x.example\n\n--- 200\n" + content
                : title + "\nPOST /r HTTP/1.1\nHost: x.example\n" + content + "--- 204\n\n";
    }
}

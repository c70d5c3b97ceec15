package dev.retake.verdict.tree;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} text, and the query of a URL. */
public final class FormReader {
    private FormReader() {}

    /** Fields in order; a name that stands more than once has all its values. */
    public static Tree read(String text) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (String pair : text.strip().split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            Tree value = equals < 0 ? new Tree.Null() : new Tree.Text(decode(pair.substring(equals + 1)));
            Tree earlier = fields.get(name);
            if (earlier == null) {
                fields.put(name, value);
            } else {
                List<Tree> values =
                        new ArrayList<>(earlier instanceof Tree.Arr several ? several.items() : List.of(earlier));
                values.add(value);
                fields.put(name, new Tree.Arr(values));
            }
        }
        return new Tree.Obj(fields);
    }

    /** What percent-encoded {@code text} stands for; a malformed escape leaves it as it is. */
    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

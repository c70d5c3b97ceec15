package dev.retake.privacy.value;

import dev.retake.privacy.rule.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Says where a field is. Names come from traffic, and some are values: what looks like an id, an address or free text is
 * written {@code *}, and so are all names under a field that has too many of them.
 */
public final class FieldLocation {
    private static final int DEEPEST = 32;

    private FieldLocation() {}

    /** Where {@code field} is, and on which side: {@code request query:page}. */
    public static String of(Field field, boolean request) {
        return (request ? "request " : "response ") + of(field);
    }

    /** Where {@code field} is, on whichever side: {@code query:page}, {@code body:/items/sku}. */
    public static String of(Field field) {
        List<String> names = new ArrayList<>();
        for (Field at = field; at != null && at.parent() != null; at = at.parent()) {
            if (names.size() == DEEPEST) {
                names.add("…");
                break;
            }
            names.add(shown(at));
        }
        Collections.reverse(names);
        return switch (field.place()) {
            case JSON, XML, CSV -> "body:/" + String.join("/", names);
            case TEXT -> "text" + (names.isEmpty() ? "" : ":" + String.join("/", names));
            case PATH -> "path" + (names.isEmpty() ? "" : ":" + String.join("/", names));
            case HEADER -> "header:" + String.join("/", names).toLowerCase(Locale.ROOT);
            case QUERY, COOKIE, FORM -> label(field.place()) + ":" + String.join("/", names);
        };
    }

    private static String label(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Field field) {
        Field parent = field.parent();
        String name = field.name();
        boolean many = parent != null
                && parent.children() > Structure.MOST_NAMES
                && field.place() != Place.HEADER
                && field.place() != Place.PATH;
        return many || Structure.looksLikeValue(name)
                ? "*"
                : name.replace("~", "~0").replace("/", "~1");
    }
}

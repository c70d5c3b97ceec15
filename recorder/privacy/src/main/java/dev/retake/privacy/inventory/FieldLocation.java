package dev.retake.privacy.inventory;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.rule.Place;
import dev.retake.privacy.value.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Says where a field is. Names come from traffic, and some are values: what looks like an id, an address or free text is
 * written {@code *}, and so are all names under a field that has too many of them.
 */
final class FieldLocation {
    private static final int MOST_NAMES = 64;
    private static final int LONGEST_NAME = 48;
    private static final int DEEPEST = 32;

    private FieldLocation() {}

    static String of(Field field, boolean request) {
        List<String> names = new ArrayList<>();
        for (Field at = field; at != null && at.parent() != null; at = at.parent()) {
            if (names.size() == DEEPEST) {
                names.add("…");
                break;
            }
            names.add(shown(at));
        }
        Collections.reverse(names);
        String side = request ? "request " : "response ";
        return switch (field.place()) {
            case JSON, XML, CSV -> side + "body:/" + String.join("/", names);
            case TEXT -> side + "text" + (names.isEmpty() ? "" : ":" + String.join("/", names));
            case PATH -> side + "path" + (names.isEmpty() ? "" : ":" + String.join("/", names));
            case HEADER -> side + "header:" + String.join("/", names).toLowerCase(Locale.ROOT);
            case QUERY, COOKIE, FORM -> side + label(field.place()) + ":" + String.join("/", names);
        };
    }

    private static String label(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Field field) {
        Field parent = field.parent();
        String name = field.name();
        boolean many = parent != null && parent.children() > MOST_NAMES && field.place() != Place.HEADER;
        return many || looksLikeValue(name) ? "*" : name.replace("~", "~0").replace("/", "~1");
    }

    /** Whether a name says more than what kind of value it names. */
    static boolean looksLikeValue(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || PathTemplate.looksLikeId(name)) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == '@' || c == 0x7f) {
                return true;
            }
        }
        HitList hits = new HitList();
        Detectors.scan(name, hits);
        return !hits.isEmpty();
    }
}

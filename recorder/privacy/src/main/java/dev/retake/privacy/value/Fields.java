package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.Evidence;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.rule.Place;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The roots of all fields, one for each place. Kept between exchanges; not thread-safe. */
public final class Fields {
    private static final FieldRule KEEP =
            new FieldRule("privacy.keepFields", DataClass.SECRET, Action.KEEP, Evidence.ANY);
    private static final FieldRule REPLACE =
            new FieldRule("privacy.replaceFields", DataClass.SECRET, Action.PSEUDONYMIZE, Evidence.ANY);

    private static final int MOST_RESOURCES = 1_000;
    private static final int LONGEST_RESOURCE = 40;

    private final Map<String, Field> resources = new HashMap<>();
    private final Field path;
    private final Field query;
    private final Field header;
    private final Field cookie;
    private final Field form;
    private final Field json;
    private final Field protobuf;
    private final Field xml;
    private final Field csv;
    private final Field text;
    private final Field nameless;
    private final Field structure;

    /**
     * Fields by rules.
     *
     * @param keep names of fields whose values stay, whatever the rules say
     * @param replace names of fields whose values are replaced, whatever the rules say
     */
    public Fields(FieldRules rules, List<String> keep, List<String> replace) {
        Map<String, FieldRule> configured = new HashMap<>();
        replace.forEach(name -> configured.put(Field.plain(name), REPLACE));
        keep.forEach(name -> configured.put(Field.plain(name), KEEP));
        path = Field.root(rules, configured, Place.PATH);
        query = Field.root(rules, configured, Place.QUERY);
        header = Field.root(rules, configured, Place.HEADER);
        cookie = Field.root(rules, configured, Place.COOKIE);
        form = Field.root(rules, configured, Place.FORM);
        json = Field.root(rules, configured, Place.JSON);
        protobuf = Field.root(rules, configured, Place.JSON);
        xml = Field.root(rules, configured, Place.XML);
        csv = Field.root(rules, configured, Place.CSV);
        text = Field.root(rules, configured, Place.TEXT);
        nameless = Field.root(rules, configured, Place.TEXT);
        structure = Field.root(rules, configured, Place.TEXT);
    }

    public Field path() {
        return path;
    }

    public Field query() {
        return query;
    }

    public Field header() {
        return header;
    }

    public Field cookie() {
        return cookie;
    }

    public Field form() {
        return form;
    }

    public Field json() {
        return json;
    }

    /** What the fields of protobuf messages stand under, which nest as members of JSON do. */
    public Field protobuf() {
        return protobuf;
    }

    public Field xml() {
        return xml;
    }

    public Field csv() {
        return csv;
    }

    public Field text() {
        return text;
    }

    /**
     * The root of JSON in the messages of an exchange, by its target: what {@code /users/7} holds is about a user.
     *
     * @param target in origin form, as it was sent
     */
    public Field jsonAbout(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        while (end > 0) {
            int start = target.lastIndexOf('/', end - 1) + 1;
            String segment = target.substring(start, end);
            if (!segment.isEmpty() && segment.length() <= LONGEST_RESOURCE && isWord(segment)) {
                Field known = resources.get(segment);
                if (known == null) {
                    byte[] name = segment.getBytes(StandardCharsets.UTF_8);
                    known = json.about(name, 0, name.length);
                    if (resources.size() < MOST_RESOURCES) {
                        resources.put(segment, known);
                    }
                }
                return known;
            }
            end = start - 1;
        }
        return json;
    }

    private static boolean isWord(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** Where nothing is known of a value but its text; nothing stands under it. */
    public Field nameless() {
        return nameless;
    }

    /** Where the API's own words stand, names and protocol: detectors look at them, policies leave them alone. */
    public Field structure() {
        return structure;
    }
}

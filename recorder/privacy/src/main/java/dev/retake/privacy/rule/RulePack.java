package dev.retake.privacy.rule;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.detect.DataClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One file of field rules as it is written: the rules, the topics that they ask for, and examples that they must pass.
 *
 * @param origin the file, for errors
 * @param topics what surrounding names are about: words by topic
 * @param company what fields that stand beside others tell of them: names by kind
 * @param generic names that only repeat their parent's
 * @param noise last words that change nothing of a name's meaning
 * @param allowed what stays under the policies that keep nothing by default
 */
record RulePack(
        String origin,
        Map<String, List<String>> topics,
        Map<String, List<String>> company,
        Set<String> generic,
        Set<String> noise,
        List<Entry> entries,
        List<AllowList.Entry> allowed) {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final String SHIPPED = "default.yml";
    private static final int FORMAT = 1;
    private static final Set<String> RULE_KEYS = Set.of(
            "name",
            "class",
            "action",
            "places",
            "words",
            "with",
            "without",
            "in",
            "beside",
            "apart",
            "value",
            "matches",
            "mismatches");

    private static final Set<String> ALLOW_KEYS = Set.of("field", "names", "values");

    /**
     * One rule.
     *
     * @param words phrases that end a field's name; {@code *} for every name
     * @param in topics of which the object that it stands in must have one, envelopes left out
     * @param beside kinds of company of which one must stand beside the field, in the same object, row or form
     * @param apart kinds of company of which none may
     * @param matches example paths, {@code customer.phone} or {@code customer.phone=value}, that it must find; names of
     *     fields that stand beside it follow {@code +}: {@code name+street=value}
     * @param mismatches example paths that it must not
     */
    record Entry(
            FieldRule rule,
            EnumSet<Place> places,
            List<String> words,
            List<String> with,
            List<String> without,
            List<String> in,
            List<String> beside,
            List<String> apart,
            List<String> matches,
            List<String> mismatches) {}

    /** The pack that is shipped, read once. */
    static RulePack shipped() {
        return Shipped.PACK;
    }

    /** The packs in these files, then the shipped one; those in files keep what their examples promise. */
    static List<RulePack> withShipped(List<Path> files) {
        List<RulePack> packs = unchecked(files);
        RuleExamples.check(packs.subList(0, files.size()), packs);
        return packs;
    }

    /** The packs in these files, then the shipped one. */
    static List<RulePack> unchecked(List<Path> files) {
        List<RulePack> packs = new ArrayList<>();
        for (Path file : files) {
            String text;
            try {
                text = Files.readString(file);
            } catch (IOException e) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "Cannot read the rule pack " + file + "; check " + RuleKeys.PACKS.path() + ".",
                        e);
            }
            packs.add(parse(text, file.toString()));
        }
        packs.add(shipped());
        return packs;
    }

    static RulePack parse(String yaml, String origin) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    origin + " is not YAML, at line " + e.getLocation().getLineNr() + "; mend it there.",
                    e);
        }
        if (root.path("format").asInt(0) != FORMAT) {
            throw broken(origin, "has no \"format: 1\"; begin it with that line", null);
        }
        try {
            return read(root, origin);
        } catch (JsonNodeException e) {
            throw broken(origin, "has an object or a list where a text belongs; see the shipped pack", e);
        }
    }

    private static RulePack read(JsonNode root, String origin) {
        Map<String, List<String>> topics = new LinkedHashMap<>();
        root.path("topics").properties().forEach(topic -> topics.put(topic.getKey(), texts(topic.getValue())));
        Map<String, List<String>> company = new LinkedHashMap<>();
        root.path("company").properties().forEach(kind -> company.put(kind.getKey(), texts(kind.getValue())));
        List<Entry> entries = new ArrayList<>();
        for (JsonNode node : root.path("rules")) {
            entries.add(entry(node, origin));
        }
        return new RulePack(
                origin,
                topics,
                company,
                Set.copyOf(texts(root.path("generic"))),
                Set.copyOf(texts(root.path("noise"))),
                List.copyOf(entries),
                allowed(root.path("allow"), origin));
    }

    /** Each either where a field is, or an object of field or names and the values that stay. */
    private static List<AllowList.Entry> allowed(JsonNode nodes, String origin) {
        List<AllowList.Entry> allowed = new ArrayList<>();
        for (JsonNode node : nodes) {
            String field = node.isObject() ? node.path("field").asString("") : node.asString("");
            List<String> names = texts(node.path("names"));
            for (String key : node.propertyNames()) {
                if (!ALLOW_KEYS.contains(key)) {
                    throw broken(origin, "an entry of allow sets " + key + ", which none has; remove it", null);
                }
            }
            if (field.isEmpty() == names.isEmpty()) {
                throw broken(origin, "an entry of allow needs a field, as query:page, or else names; add it", null);
            }
            List<String> values = texts(node.path("values"));
            Allowance allowance = values.isEmpty()
                    ? Allowance.EVERYTHING
                    : label(values, Allowance::of, origin, "allow " + field + String.join(", ", names) + ": values");
            allowed.add(new AllowList.Entry(field.isEmpty() ? null : field, names, allowance));
        }
        return List.copyOf(allowed);
    }

    private static Entry entry(JsonNode node, String origin) {
        String name = node.path("name").asString("");
        String where = name.isEmpty() ? "a rule without a name" : "rule " + name;
        for (String key : node.propertyNames()) {
            if (!RULE_KEYS.contains(key)) {
                throw broken(origin, where + " sets " + key + ", which rules do not have; remove it", null);
            }
        }
        List<String> words = texts(node.path("words"));
        if (name.isEmpty() || words.isEmpty()) {
            throw broken(origin, where + " needs both a name and words; add them", null);
        }
        EnumSet<Place> places = EnumSet.noneOf(Place.class);
        texts(node.path("places"))
                .forEach(place -> places.add(
                        label(place, p -> Place.valueOf(p.toUpperCase(Locale.ROOT)), origin, where + ": places")));
        FieldRule rule = new FieldRule(
                name,
                label(node.path("class").asString(""), DataClass::ofLabel, origin, where + ": class"),
                label(node.path("action").asString("pseudonymize"), Action::ofLabel, origin, where + ": action"),
                label(node.path("value").asString("any"), Evidence::ofLabel, origin, where + ": value"));
        return new Entry(
                rule,
                places.isEmpty() ? EnumSet.allOf(Place.class) : places,
                words,
                texts(node.path("with")),
                texts(node.path("without")),
                texts(node.path("in")),
                texts(node.path("beside")),
                texts(node.path("apart")),
                texts(node.path("matches")),
                texts(node.path("mismatches")));
    }

    private static <S, T> T label(S text, Function<S, T> reader, String origin, String where) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw broken(origin, where + " is \"" + text + "\", which is none; see the shipped pack for those", e);
        }
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asString());
        }
        node.forEach(item -> texts.add(item.asString()));
        return List.copyOf(texts);
    }

    private static RetakeException broken(String origin, String what, @Nullable Throwable cause) {
        return new RetakeException(ErrorCode.CONFIGURATION, "Rule pack " + origin + ": " + what + ".", cause);
    }

    private static final class Shipped {
        static final RulePack PACK = read();

        private static RulePack read() {
            try (InputStream in = RulePack.class.getResourceAsStream(SHIPPED)) {
                if (in == null) {
                    throw new IllegalStateException("the shipped rule pack is not on the class path");
                }
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), SHIPPED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

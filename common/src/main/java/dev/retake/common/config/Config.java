package dev.retake.common.config;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The settings of one run: what the file says, defaults elsewhere. Everything is read and checked on load; a key that no
 * feature knows is refused, with the nearest known one. Immutable.
 */
public final class Config {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final Map<String, Object> values;

    private Config(Map<String, Object> values) {
        this.values = values;
    }

    /** All defaults. */
    public static Config defaults() {
        return new Config(Map.of());
    }

    /**
     * Reads a YAML file.
     *
     * @param known every key of every feature
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} naming the key, the value and what is allowed
     */
    public static Config load(Path file, Collection<ConfigKey<?>> known) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION, "Cannot read the configuration " + file + "; check --config.", e);
        }
        return parse(text, file.toString(), known);
    }

    /** Reads YAML text; {@code origin} names it in errors. */
    public static Config parse(String yaml, String origin, Collection<ConfigKey<?>> known) {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    origin + " is not YAML, at line " + e.getLocation().getLineNr() + "; mend it there.",
                    e);
        }
        Map<String, ConfigKey<?>> byPath = new HashMap<>();
        known.forEach(key -> byPath.put(key.path(), key));
        Map<String, Object> values = new HashMap<>();
        collect("", tree, byPath, origin, values);
        return new Config(Map.copyOf(values));
    }

    /** The value of {@code key}. */
    @SuppressWarnings("unchecked") // collect() stored what the key's own reader returned
    public <T> T get(ConfigKey<T> key) {
        @Nullable Object value = values.get(key.path());
        return value == null ? key.defaultValue() : (T) value;
    }

    private static void collect(
            String path, JsonNode node, Map<String, ConfigKey<?>> known, String origin, Map<String, Object> values) {
        ConfigKey<?> key = known.get(path);
        if (key != null) {
            values.put(path, read(key, node, origin));
            return;
        }
        boolean section = path.isEmpty() || known.keySet().stream().anyMatch(k -> k.startsWith(path + "."));
        if (!section) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    origin + " sets " + path + ", which is no setting; did you mean " + nearest(path, known) + "?");
        }
        if (node.isNull() || node.isMissingNode()) {
            return;
        }
        if (!node.isObject()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    origin + (path.isEmpty() ? "" : ": " + path) + " must be a section with settings in it.");
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            String childPath = path.isEmpty() ? child.getKey() : path + "." + child.getKey();
            collect(childPath, child.getValue(), known, origin, values);
        }
    }

    private static Object read(ConfigKey<?> key, JsonNode node, String origin) {
        try {
            return Objects.requireNonNull(key.type().reader().apply(node));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    origin + ": " + key.path() + " is " + node + "; it must be "
                            + key.type().allowed() + ".",
                    e);
        }
    }

    private static String nearest(String path, Map<String, ConfigKey<?>> known) {
        return known.keySet().stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(path, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse("another");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }

    /** Paths that the file sets, for a summary. */
    public List<String> set() {
        return values.keySet().stream().sorted().toList();
    }
}

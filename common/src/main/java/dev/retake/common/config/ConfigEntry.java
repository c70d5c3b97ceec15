package dev.retake.common.config;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of a setting that is a list or a map: an object whose members are read and checked as settings are. What is
 * wrong is said with the path of the member; {@link #end} refuses members that nobody asked for.
 */
public final class ConfigEntry {
    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @throws RetakeException {@link ErrorCode#CONFIGURATION} where {@code node} is no object */
    public ConfigEntry(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION, path + " is " + node + "; it must be an entry in braces.");
        }
    }

    /** The entries of a list. */
    public static List<ConfigEntry> list(String path, JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException();
        }
        List<ConfigEntry> entries = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            entries.add(new ConfigEntry(path + "[" + i + "]", node.get(i)));
        }
        return entries;
    }

    /** Where it stands in the file. */
    public String path() {
        return path;
    }

    /** The member {@code name}, {@code otherwise} where it is not there. */
    public <T> T get(String name, ConfigType<T> type, T otherwise) {
        T value = find(name, type);
        return value == null ? otherwise : value;
    }

    /** The member {@code name}, null where it is not there. */
    public <T> @Nullable T find(String name, ConfigType<T> type) {
        asked.add(name);
        JsonNode value = node.path(name);
        return value.isMissingNode() ? null : read(name, type, value);
    }

    /** The member {@code name}, which must be there. */
    public <T> T require(String name, ConfigType<T> type) {
        asked.add(name);
        return read(name, type, node.path(name));
    }

    /** The entry that stands at {@code name}, null where there is none. */
    public @Nullable ConfigEntry entry(String name) {
        asked.add(name);
        JsonNode value = node.path(name);
        return value.isMissingNode() ? null : new ConfigEntry(path + "." + name, value);
    }

    /** To be called last: refuses members that were not asked for. */
    public void end() {
        for (String name : node.propertyNames()) {
            if (!asked.contains(name)) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        path + " sets " + name + ", which is none of " + String.join(", ", asked) + ".");
            }
        }
    }

    /** What to throw where the member {@code name} cannot be used. */
    public RetakeException wrong(String name, String allowed, @Nullable Throwable cause) {
        JsonNode value = node.path(name);
        return new RetakeException(
                ErrorCode.CONFIGURATION,
                path + "." + name + " is " + (value.isMissingNode() ? "missing" : value) + "; it must be " + allowed
                        + ".",
                cause);
    }

    private <T> T read(String name, ConfigType<T> type, JsonNode value) {
        try {
            return type.reader().apply(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(name, type.allowed(), e);
        }
    }
}

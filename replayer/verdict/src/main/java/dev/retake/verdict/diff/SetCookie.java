package dev.retake.verdict.diff;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a response sets it (RFC 6265 §4.1).
 *
 * @param attributes by name in lower case
 */
record SetCookie(String name, String value, Map<String, String> attributes) {

    /** Reads the value of the field, null where it names no cookie. */
    static @Nullable SetCookie parse(String field) {
        String[] parts = field.split(";");
        int equals = parts[0].indexOf('=');
        if (equals <= 0) {
            return null;
        }
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int at = parts[i].indexOf('=');
            String key = (at < 0 ? parts[i] : parts[i].substring(0, at)).trim().toLowerCase(Locale.ROOT);
            if (!key.isEmpty()) {
                attributes.put(key, at < 0 ? "" : parts[i].substring(at + 1).trim());
            }
        }
        return new SetCookie(
                parts[0].substring(0, equals).trim(),
                parts[0].substring(equals + 1).trim(),
                attributes);
    }

    /** Whether it takes the cookie away. */
    boolean deletes() {
        return value.isEmpty()
                || "0".equals(attributes.get("max-age"))
                || attributes.getOrDefault("max-age", "").startsWith("-");
    }

    /** The attributes as they compare: a moment of expiry by its presence, a domain and a default path left out. */
    String promise() {
        Map<String, String> compared = new TreeMap<>(attributes);
        compared.computeIfPresent("expires", (key, value) -> "…");
        compared.computeIfPresent("samesite", (key, value) -> value.toLowerCase(Locale.ROOT));
        compared.remove("domain");
        StringBuilder out = new StringBuilder();
        compared.forEach((key, value) -> out.append("; ").append(key).append(value.isEmpty() ? "" : "=" + value));
        return out.toString();
    }
}

package dev.retake.common.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a setting is read from the file and shown in the reference.
 *
 * @param allowed what may be written, for the reference and for errors, such as {@code a size, as 64MiB}
 * @param schema its JSON Schema type: {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code array} or
 *     {@code object}
 * @param reader turns a node into the value; throws {@link IllegalArgumentException} for one that is not allowed
 * @param writer the value as it is written in YAML
 */
public record ConfigType<T>(String allowed, String schema, Function<JsonNode, T> reader, Function<T, String> writer) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB|TiB)?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

    /** A whole number from {@code min} to {@code max}. */
    public static ConfigType<Integer> integer(int min, int max) {
        return new ConfigType<>(
                "a whole number from " + min + " to " + max,
                "integer",
                node -> {
                    if (!node.isInt() || node.asInt() < min || node.asInt() > max) {
                        throw new IllegalArgumentException();
                    }
                    return node.asInt();
                },
                String::valueOf);
    }

    /** {@code true} or {@code false}. */
    public static ConfigType<Boolean> bool() {
        return new ConfigType<>(
                "true or false",
                "boolean",
                node -> {
                    if (!node.isBoolean()) {
                        throw new IllegalArgumentException();
                    }
                    return node.asBoolean();
                },
                String::valueOf);
    }

    /** Any text. */
    public static ConfigType<String> text(String allowed) {
        return new ConfigType<>(allowed, "string", ConfigType::scalar, ConfigType::quote);
    }

    /** Bytes, written with a binary unit: {@code 64MiB}. */
    public static ConfigType<Long> size() {
        return new ConfigType<>(
                "a size, as 512KiB or 64MiB",
                "string",
                node -> {
                    Matcher matcher = SIZE.matcher(scalar(node));
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException();
                    }
                    String unit = matcher.group(2);
                    int power = unit == null
                            ? 0
                            : List.of("B", "KiB", "MiB", "GiB", "TiB").indexOf(unit);
                    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
                },
                ConfigType::sizeText);
    }

    /** A length of time, written with its unit: {@code 500ms}, {@code 10s}, {@code 30m}. */
    public static ConfigType<Duration> duration() {
        return new ConfigType<>(
                "a duration, as 500ms, 10s, 30m, 2h or 7d",
                "string",
                node -> {
                    Matcher matcher = DURATION.matcher(scalar(node));
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException();
                    }
                    long amount = Long.parseLong(matcher.group(1));
                    return switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
                },
                ConfigType::durationText);
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> ConfigType<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return new ConfigType<>(
                "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(constants)
                                        .map(ConfigType::hyphenated)
                                        .toList()),
                "string",
                node -> Arrays.stream(constants)
                        .filter(constant -> hyphenated(constant).equals(scalar(node)))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                ConfigType::hyphenated);
    }

    /** A list of texts. */
    public static ConfigType<List<String>> texts(String allowed) {
        return new ConfigType<>(
                allowed,
                "array",
                node -> {
                    if (!node.isArray()) {
                        throw new IllegalArgumentException();
                    }
                    List<String> values = new ArrayList<>();
                    node.forEach(item -> values.add(scalar(item)));
                    return List.copyOf(values);
                },
                values -> "["
                        + String.join(
                                ", ", values.stream().map(ConfigType::quote).toList()) + "]");
    }

    private static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String scalar(JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw new IllegalArgumentException();
        }
        return node.asString();
    }

    private static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String sizeText(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        long amount = bytes;
        while (unit < units.length - 1 && amount != 0 && amount % 1024 == 0) {
            amount /= 1024;
            unit++;
        }
        return amount + units[unit];
    }

    private static String durationText(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}

package dev.retake.cli;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.meter.Meter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files that are written from the code: references, the shipped configuration and its schema. */
enum GeneratedFile {
    REFERENCE("docs/configuration.md", GeneratedFile::reference),
    SHIPPED("config/retake.yml", GeneratedFile::shipped),
    SCHEMA("config/retake.schema.json", GeneratedFile::schema),
    METERS("docs/metrics.md", GeneratedFile::meters);

    private static final int WIDTH = 118;

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Supplier<String> content;

    GeneratedFile(String path, Supplier<String> content) {
        this.path = path;
        this.content = content;
    }

    String path() {
        return path;
    }

    String content() {
        return content.get();
    }

    private static List<ConfigKey<?>> sorted() {
        return Settings.ALL.stream()
                .sorted(Comparator.comparing(ConfigKey::path))
                .toList();
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                Generated from the code. `--config FILE` takes YAML; `config/retake.yml` holds every setting at its
                default. A key that is not listed here is refused, with the nearest that is.

                | setting | default | allowed | meaning |
                |---|---|---|---|
                """);
        for (ConfigKey<?> key : sorted()) {
            text.append("| `%s` | `%s` | %s | %s |\n"
                    .formatted(key.path(), written(key), cell(key.type().allowed()), cell(key.description())));
        }
        return text.toString();
    }

    private static String shipped() {
        StringBuilder text = new StringBuilder("""
                # Every setting at its default. Delete what you do not change.
                # yaml-language-server: $schema=retake.schema.json
                """);
        List<String> open = List.of();
        for (ConfigKey<?> key : sorted()) {
            List<String> sections = List.of(key.path().split("\\."));
            int common = 0;
            while (common < open.size()
                    && common < sections.size() - 1
                    && open.get(common).equals(sections.get(common))) {
                common++;
            }
            for (int depth = common; depth < sections.size() - 1; depth++) {
                text.append(depth == 0 ? "\n" : "")
                        .append("  ".repeat(depth))
                        .append(sections.get(depth))
                        .append(":\n");
            }
            open = sections.subList(0, sections.size() - 1);
            String indent = "  ".repeat(open.size());
            comment(text, indent, key.description() + " Allowed: " + key.type().allowed() + ".");
            text.append(indent)
                    .append(sections.get(open.size()))
                    .append(": ")
                    .append(written(key))
                    .append('\n');
        }
        return text.toString();
    }

    private static void comment(StringBuilder text, String indent, String words) {
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            if (indent.length() + line.length() + word.length() + 3 > WIDTH) {
                text.append(indent).append('#').append(line).append('\n');
                line.setLength(0);
            }
            line.append(' ').append(word);
        }
        text.append(indent).append('#').append(line).append('\n');
    }

    private static String schema() {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode root = json.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Retake configuration");
        root.put("type", "object");
        root.put("additionalProperties", false);
        for (ConfigKey<?> key : sorted()) {
            ObjectNode section = root;
            String[] names = key.path().split("\\.");
            for (int i = 0; i < names.length - 1; i++) {
                ObjectNode properties = section.withObjectProperty("properties");
                section = properties.withObjectProperty(names[i]);
                section.put("type", "object");
                section.put("additionalProperties", false);
            }
            ObjectNode leaf = section.withObjectProperty("properties").putObject(names[names.length - 1]);
            leaf.put(
                    "description", key.description() + " Allowed: " + key.type().allowed() + ".");
            leaf.put("type", key.type().schema());
        }
        return json.writeValueAsString(root).replace("\r\n", "\n") + "\n";
    }

    private static String meters() {
        StringBuilder text = new StringBuilder("""
                # Metrics

                Generated from the code. `retake proxy --admin HOST:PORT` serves them at `/metrics` in the Prometheus
                text format, where dots become underscores and counters end in `_total`. No tag takes a value from
                traffic.

                | meter | kind | unit | tags | meaning |
                |---|---|---|---|---|
                """);
        for (Meter meter : Meter.values()) {
            text.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            meter.meterName(),
                            meter.kind().name().toLowerCase(java.util.Locale.ROOT),
                            meter.unit(),
                            String.join(", ", meter.tags()),
                            cell(meter.description())));
        }
        return text.toString();
    }

    private static <T> String written(ConfigKey<T> key) {
        return key.type().writer().apply(key.defaultValue());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

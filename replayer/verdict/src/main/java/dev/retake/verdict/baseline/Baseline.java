package dev.retake.verdict.baseline;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The findings that a team has accepted, as the text of {@code .retake/baseline.yml}:
 *
 * <pre>
 * format: 1
 * accepted:
 * - id: "3f9a0c12d4e5"
 *   kind: "field-changed"
 *   operation: "GET /orders/{id}"
 *   location: "/total"
 *   note: "rounding agreed in May"
 * </pre>
 *
 * A finding is known by its id; the other fields are for the reader. Immutable; reading and writing the file is the
 * caller's.
 */
public final class Baseline {
    /** Version of the file that {@link #text} writes. */
    public static final int FORMAT = 1;

    /** Nothing is accepted: every finding is new. */
    public static final Baseline EMPTY = new Baseline(Map.of());

    private final Map<String, Accepted> byId;

    private Baseline(Map<String, Accepted> byId) {
        this.byId = byId;
    }

    /**
     * One accepted finding.
     *
     * @param note why the team accepted it, null where it did not say
     */
    public record Accepted(
            String id,
            String kind,
            String operation,
            String location,
            @Nullable String note) {}

    /** A baseline of {@code accepted}; of several with one id the last counts. */
    public static Baseline of(Collection<Accepted> accepted) {
        Map<String, Accepted> byId = new TreeMap<>();
        accepted.forEach(one -> byId.put(one.id(), one));
        return new Baseline(byId);
    }

    /**
     * Reads the text of a baseline; fields that it does not know are passed over.
     *
     * @param origin names the text in errors
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where it is no baseline, or of a newer format
     */
    public static Baseline parse(String yaml, String origin) {
        JsonNode tree;
        try {
            tree = YAMLMapper.shared().readTree(yaml);
        } catch (JacksonException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "The baseline " + origin + " is not YAML, at line "
                            + e.getLocation().getLineNr() + "; mend it there.",
                    e);
        }
        if (tree.isMissingNode() || tree.isNull()) {
            return EMPTY;
        }
        int format = tree.path("format").asInt(0);
        if (format < 1 || format > FORMAT) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "The baseline " + origin + " must say 'format: " + FORMAT + "'; a newer one needs a newer retake.");
        }
        List<Accepted> accepted = new ArrayList<>();
        for (JsonNode one : tree.path("accepted")) {
            String id = one.path("id").asString("");
            if (id.isEmpty()) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "The baseline " + origin
                                + " has an accepted finding without an id; copy the id from a report.");
            }
            accepted.add(new Accepted(
                    id,
                    one.path("kind").asString(""),
                    one.path("operation").asString(""),
                    one.path("location").asString(""),
                    one.hasNonNull("note") ? one.path("note").asString("") : null));
        }
        return of(accepted);
    }

    /** The accepted findings, by id. */
    public List<Accepted> accepted() {
        return List.copyOf(byId.values());
    }

    /** Whether the finding with this id was accepted. */
    public boolean accepts(String id) {
        return byId.containsKey(id);
    }

    /** The text of the file, in a stable order. */
    public String text() {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Accepted one : byId.values()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", one.id());
            fields.put("kind", one.kind());
            fields.put("operation", one.operation());
            fields.put("location", one.location());
            String note = one.note();
            if (note != null) {
                fields.put("note", note);
            }
            list.add(fields);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("accepted", list);
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .build()
                .writeValueAsString(root);
    }
}

package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.rule.FieldContext;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.rule.Place;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pseudonymizes the claims of a token by the shipped rules, where the caller has no walker of its own for them. */
final class ClaimEncoder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Replacement replacement;
    private final FieldRules rules = FieldRules.standard();

    /** Claims are about a user (OpenID Connect Core 1.0 §5.1): {@code name} is a person's. */
    private final FieldContext user = rules.inside(FieldContext.NONE, "user");

    ClaimEncoder(Replacement replacement) {
        this.replacement = replacement;
    }

    byte[] encode(byte[] json) {
        try {
            JsonNode claims = JSON.readTree(json);
            return JSON.writeValueAsBytes(node(claims, null, user));
        } catch (JacksonException e) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
    }

    private JsonNode node(JsonNode node, @Nullable FieldRule rule, FieldContext context) {
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties()
                    .forEach(member -> object.set(
                            member.getKey(),
                            node(
                                    member.getValue(),
                                    rules.forField(Place.JSON, member.getKey(), context),
                                    rules.inside(context, member.getKey()))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(item -> array.add(node(item, rule, context)));
            return array;
        }
        return node.isString() ? JsonNodeFactory.instance.stringNode(text(node.asString(), rule)) : node;
    }

    private String text(String value, @Nullable FieldRule rule) {
        if (rule != null && rule.accepts(value)) {
            String replaced = replacement.apply(rule.action(), Detectors.refine(rule.dataClass(), value), value);
            return replaced == null ? "" : replaced;
        }
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(value, hits);
        StringBuilder out = new StringBuilder(value.length());
        int done = 0;
        for (int i = 0; i < hits.size(); i++) {
            out.append(text(bytes, done, hits.start(i)));
            out.append(replacement.replace(hits.dataClass(i), text(bytes, hits.start(i), hits.end(i))));
            done = hits.end(i);
        }
        return out.append(text(bytes, done, bytes.length)).toString();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

package dev.retake.journal.audit;

import dev.retake.common.keys.KeySet;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry as a line of JSON, whose last member ties it to the lines before.
 *
 * <pre>
 * {"n":1,"time":"…","verb":"reveal","user":"…","reason":"…","subject":HEX,"surrogate":"…","outcome":"…","key":1,"chain":HEX}
 * chain := HMAC-SHA-256(audit key, "line" 0 chain of the line before, the line up to ,"chain")
 * </pre>
 */
record AuditLine(AuditEntry entry, String chain) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CHAIN = ",\"chain\":\"";
    private static final int HEX_DIGITS = 64;

    static String write(AuditEntry entry, int sealKey, AuditChain chain, String before) {
        String body = body(entry, sealKey);
        return body + CHAIN + chain.next(before, body) + "\"}\n";
    }

    private static String body(AuditEntry entry, int sealKey) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("n", entry.number());
        tree.put("time", entry.time().toString());
        tree.put("verb", entry.verb());
        tree.put("user", entry.user());
        tree.put("reason", entry.reason());
        tree.put("subject", entry.subject());
        if (entry.surrogate() != null) {
            tree.put("surrogate", entry.surrogate());
        }
        tree.put("outcome", entry.outcome());
        tree.put("key", sealKey);
        String json = tree.toString();
        return json.substring(0, json.length() - 1);
    }

    /** The entry of {@code line}, which has no line end; null where it is none, or does not follow {@code before}. */
    static @Nullable AuditLine read(String line, KeySet keys, String before, long number) {
        int at = line.length() - 2 - HEX_DIGITS - CHAIN.length();
        if (at < 0 || !line.startsWith(CHAIN, at) || !line.endsWith("\"}")) {
            return null;
        }
        try {
            String chain = line.substring(at + CHAIN.length(), line.length() - 2);
            String body = line.substring(0, at);
            JsonNode tree = JSON.readTree(line);
            String expected = AuditChain.of(keys, tree.path("key").asInt(0)).next(before, body);
            if (!AuditHead.isEqual(chain, expected) || tree.path("n").asLong(0) != number) {
                return null;
            }
            return new AuditLine(
                    new AuditEntry(
                            number,
                            Instant.parse(tree.path("time").asString("")),
                            tree.path("verb").asString(""),
                            tree.path("user").asString(""),
                            tree.path("reason").asString(""),
                            tree.path("subject").asString(""),
                            tree.hasNonNull("surrogate")
                                    ? tree.path("surrogate").asString("")
                                    : null,
                            tree.path("outcome").asString("")),
                    chain);
        } catch (JacksonException | DateTimeException e) {
            return null;
        }
    }
}

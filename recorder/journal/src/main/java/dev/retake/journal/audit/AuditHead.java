package dev.retake.journal.audit;

import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far an audit log goes, in a file beside it, so that lines which are missing at its end are missed.
 *
 * <pre>
 * {"entries": n, "length": bytes, "last": HEX, "key": seal key, "proof": HEX}
 * </pre>
 */
record AuditHead(long entries, long length, String last) {
    static final AuditHead NONE = new AuditHead(0, 0, AuditChain.START);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What {@code file} says; null where it says nothing that can be believed, or is not there. */
    static @Nullable AuditHead read(Path file, KeySet keys) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            String last = tree.path("last").asString("");
            AuditHead head = new AuditHead(
                    tree.path("entries").asLong(-1), tree.path("length").asLong(-1), last);
            String proof = tree.path("proof").asString("");
            String expected = AuditChain.of(keys, tree.path("key").asInt(0)).head(head.entries, head.length, last);
            return isEqual(proof, expected) ? head : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** In a time that does not tell where they differ. */
    static boolean isEqual(String proof, String expected) {
        return MessageDigest.isEqual(proof.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    void write(Path file, KeySet keys) throws IOException {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("entries", entries);
        tree.put("length", length);
        tree.put("last", last);
        tree.put("key", keys.currentSealKey());
        String proof = AuditChain.of(keys, keys.currentSealKey()).head(entries, length, last);
        tree.put("proof", proof);
        SecretFile.replace(file, (tree + "\n").getBytes(StandardCharsets.UTF_8));
    }
}

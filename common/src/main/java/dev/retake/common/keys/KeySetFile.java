package dev.retake.common.keys;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link KeySet} as a file of mode 0600.
 *
 * <pre>
 * {"format": 1,
 *  "root": BASE64,                            32 bytes; absent in the copy that a replayer gets
 *  "seal": [{"id": 1, "key": BASE64}, ...],   32 bytes each; the highest id seals
 *  "digest": BASE64}                          32 bytes
 * </pre>
 */
public final class KeySetFile {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KeySetFile() {}

    /** Where the keys of {@code journal} are unless the user says otherwise: {@code DIR.keys} beside it. */
    public static Path defaultFor(Path journal) {
        Path absolute = journal.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".keys");
    }

    /**
     * Makes a new key set at {@code file} unless there is one.
     *
     * @return whether this call made it
     * @throws RetakeException {@link ErrorCode#KEY} if it cannot be written
     */
    public static boolean createIfAbsent(Path file) {
        if (Files.exists(file)) {
            return false;
        }
        ObjectNode tree = JSON.createObjectNode();
        tree.put("format", FORMAT);
        tree.put("root", encode(Aead.newKey()));
        tree.putArray("seal").addObject().put("id", 1).put("key", encode(Aead.newKey()));
        tree.put("digest", encode(Aead.newKey()));
        try {
            return SecretFile.createIfAbsent(file, JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "Cannot write the key set " + file + "; check the directory or pass --keys FILE.",
                    e);
        }
    }

    /** Loads everything, the root key included where the file has one. */
    public static KeySet load(Path file) {
        return read(file, true);
    }

    /** Loads what reading a journal needs; a root key in the file is passed over. */
    public static KeySet loadForReading(Path file) {
        return read(file, false);
    }

    private static KeySet read(Path file, boolean withRoot) {
        JsonNode tree;
        try {
            tree = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new RetakeException(
                    ErrorCode.KEY, "There is no key set at " + file + "; pass the journal's with --keys FILE.", e);
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.KEY, "Cannot read the key set " + file + "; check its permissions.", e);
        } catch (JacksonException e) {
            throw broken(file, "is not JSON");
        }
        int format = tree.path("format").asInt(0);
        if (format > FORMAT) {
            throw new RetakeException(
                    ErrorCode.FORMAT, "The key set " + file + " is of format " + format + "; use a newer Retake.");
        }
        if (format != FORMAT) {
            throw broken(file, "has no \"format\": 1");
        }
        NavigableMap<Integer, byte[]> seal = new TreeMap<>();
        for (JsonNode entry : tree.path("seal")) {
            seal.put(entry.path("id").asInt(0), key(file, entry.path("key"), "seal"));
        }
        if (seal.isEmpty()) {
            throw broken(file, "has no seal key");
        }
        @Nullable
        RootKey root = withRoot && tree.hasNonNull("root") ? new RootKey(key(file, tree.path("root"), "root")) : null;
        return new KeySet(root, seal, key(file, tree.path("digest"), "digest"));
    }

    private static byte[] key(Path file, JsonNode node, String name) {
        try {
            byte[] key = Base64.getDecoder().decode(node.asString(""));
            if (key.length == Aead.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw broken(file, "has a \"" + name + "\" that is not base64");
        }
        throw broken(file, "has a \"" + name + "\" that is not a key of 32 bytes");
    }

    private static RetakeException broken(Path file, String how) {
        return new RetakeException(
                ErrorCode.KEY, "The key set " + file + " " + how + "; restore it from its backup or pass another.");
    }

    private static String encode(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}

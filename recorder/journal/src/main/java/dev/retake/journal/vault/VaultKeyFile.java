package dev.retake.journal.vault;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeyWrap;
import dev.retake.common.keys.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a vault as a file of mode 0600.
 *
 * <pre>
 * {"format": 1,
 *  "public": BASE64,      SubjectPublicKeyInfo of an X25519 key (RFC 8410): all that a writer needs
 *  "private": BASE64}     PKCS #8; absent in the copy that a writer gets
 * </pre>
 */
public final class VaultKeyFile {
    private static final int FORMAT = 1;
    private static final String CURVE = "X25519";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VaultKeyFile() {}

    /**
     * Makes a new pair at {@code file} unless there is one.
     *
     * @return whether this call made it
     * @throws RetakeException {@link ErrorCode#KEY} if it cannot be written
     */
    public static boolean createIfAbsent(Path file) {
        return create(file, KeyWrap.newPair(), true);
    }

    /**
     * Makes a file of the public key alone out of {@code keys}.
     *
     * @return whether there was no such file
     */
    public static boolean createPublic(Path file, Path keys) {
        return create(file, load(keys), false);
    }

    private static boolean create(Path file, KeyPair pair, boolean whole) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("format", FORMAT);
        tree.put("public", encode(pair.getPublic().getEncoded()));
        if (whole) {
            tree.put("private", encode(pair.getPrivate().getEncoded()));
        }
        try {
            return SecretFile.createIfAbsent(file, JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.KEY, "Cannot write the vault's key " + file + "; check the directory.", e);
        }
    }

    /** What a writer needs; a private key in the file is passed over. */
    public static PublicKey loadPublic(Path file) {
        return publicKey(file, read(file));
    }

    /**
     * What reading needs.
     *
     * @throws RetakeException {@link ErrorCode#KEY} where the file has no private key
     */
    public static KeyPair load(Path file) {
        JsonNode tree = read(file);
        if (!tree.hasNonNull("private")) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "The vault's key " + file + " has no private half, by which alone a vault is read; pass it with"
                            + " --vault-key FILE.");
        }
        try {
            return new KeyPair(
                    publicKey(file, tree),
                    KeyFactory.getInstance(CURVE).generatePrivate(new PKCS8EncodedKeySpec(bytes(tree, "private"))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw broken(file, "private");
        }
    }

    private static PublicKey publicKey(Path file, JsonNode tree) {
        try {
            return KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(bytes(tree, "public")));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw broken(file, "public");
        }
    }

    private static JsonNode read(Path file) {
        JsonNode tree;
        try {
            tree = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new RetakeException(
                    ErrorCode.KEY, "There is no vault key at " + file + "; pass it with --vault-key FILE.", e);
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.KEY, "Cannot read the vault's key " + file + "; check its mode.", e);
        } catch (JacksonException e) {
            throw broken(file, "format");
        }
        int format = tree.path("format").asInt(0);
        if (format > FORMAT) {
            throw new RetakeException(
                    ErrorCode.FORMAT, "The vault's key " + file + " is of format " + format + "; use a newer Retake.");
        }
        if (format != FORMAT) {
            throw broken(file, "format");
        }
        return tree;
    }

    private static byte[] bytes(JsonNode tree, String name) {
        return Base64.getDecoder().decode(tree.path(name).asString(""));
    }

    /** Without the cause, which may quote the key. */
    private static RetakeException broken(Path file, String what) {
        return new RetakeException(
                ErrorCode.KEY,
                "The vault's key " + file + " has no valid \"" + what + "\"; restore it from its backup.");
    }

    private static String encode(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}

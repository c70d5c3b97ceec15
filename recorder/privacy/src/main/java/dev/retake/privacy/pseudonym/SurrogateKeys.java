package dev.retake.privacy.pseudonym;

import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of one scope, one for each purpose, and HMAC-SHA-256 under them. Thread-safe. */
final class SurrogateKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Map<Purpose, SecretKeySpec> keys = new EnumMap<>(Purpose.class);
    private final ThreadLocal<Map<Purpose, Mac>> macs = ThreadLocal.withInitial(this::macs);

    /** What a key is for: values that must share surrogates share a purpose. */
    enum Purpose {
        EMAIL_NAME,
        EMAIL_DOMAIN,
        PHONE,
        CARD,
        BANK,
        ADDRESS,
        JWT,
        NAME,
        PLACE,
        DATE,
        SHAPE,
        CIPHER,
        TWEAK,
        HASH
    }

    /** @param scope what the keys hold for: a session, a day, or nothing for good */
    SurrogateKeys(RootKey root, PseudonymSettings settings, String scope) {
        String prefix = "surrogate\0" + settings.tenant() + '\0' + settings.epoch() + '\0' + settings.scope() + '\0'
                + scope + '\0';
        for (Purpose purpose : Purpose.values()) {
            keys.put(purpose, new SecretKeySpec(root.derive(prefix + purpose, KEY_BYTES), ALGORITHM));
        }
    }

    /** HMAC of {@code text} under the key of {@code purpose}: 32 bytes. */
    byte[] hmac(Purpose purpose, String text) {
        return mac(purpose).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The key itself, for ciphers. */
    byte[] key(Purpose purpose) {
        return Objects.requireNonNull(keys.get(purpose)).getEncoded();
    }

    private Mac mac(Purpose purpose) {
        return Objects.requireNonNull(macs.get().get(purpose));
    }

    private Map<Purpose, Mac> macs() {
        Map<Purpose, Mac> made = new EnumMap<>(Purpose.class);
        keys.forEach((purpose, key) -> {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                made.put(purpose, mac);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime lacks " + ALGORITHM, e);
            }
        });
        return made;
    }
}

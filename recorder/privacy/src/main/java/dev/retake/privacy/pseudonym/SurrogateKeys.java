package dev.retake.privacy.pseudonym;

import dev.retake.common.keys.HmacSha256;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The keys of one scope, one for each purpose, and HMAC-SHA-256 under them. Thread-safe. */
final class SurrogateKeys {
    private static final int KEY_BYTES = 32;

    private final Map<Purpose, byte[]> keys = new EnumMap<>(Purpose.class);
    private final Map<Purpose, HmacSha256> macs = new EnumMap<>(Purpose.class);

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
            byte[] key = root.derive(prefix + purpose, KEY_BYTES);
            keys.put(purpose, key);
            macs.put(purpose, new HmacSha256(key));
        }
    }

    /** HMAC of {@code text} under the key of {@code purpose}: 32 bytes. */
    byte[] hmac(Purpose purpose, String text) {
        return Objects.requireNonNull(macs.get(purpose)).of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The key itself, for ciphers. */
    byte[] key(Purpose purpose) {
        return Objects.requireNonNull(keys.get(purpose)).clone();
    }
}

package dev.retake.common.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;

class KeyWrapTest {
    private static final byte[] PLACE = "place".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair pair = KeyWrap.newPair();
    private final byte[] key = Aead.newKey();
    private final byte[] wrapped = KeyWrap.wrap(pair.getPublic(), key, PLACE);

    @Test
    void isUnwrappedByThePrivateKey() throws Exception {
        assertThat(wrapped).hasSize(KeyWrap.WRAPPED_BYTES);
        assertThat(KeyWrap.unwrap(pair, wrapped, PLACE)).isEqualTo(key);
        assertThat(KeyWrap.wrap(pair.getPublic(), key, PLACE)).isNotEqualTo(wrapped);
    }

    @Test
    void isNotUnwrappedByAnotherKeyOrElsewhere() {
        assertThatThrownBy(() -> KeyWrap.unwrap(KeyWrap.newPair(), wrapped, PLACE))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> KeyWrap.unwrap(pair, wrapped, new byte[] {1})).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> KeyWrap.unwrap(pair, new byte[59], PLACE)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void noChangedByteIsAccepted() {
        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> KeyWrap.unwrap(pair, changed, PLACE)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void pointsOfSmallOrderAreRefused() throws Exception {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] zeros = wrapped.clone();
        for (int i = 0; i < 32; i++) {
            encoded[encoded.length - 1 - i] = 0;
            zeros[i] = 0;
        }
        PublicKey small = KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded));

        assertThatThrownBy(() -> KeyWrap.wrap(small, key, PLACE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> KeyWrap.unwrap(pair, zeros, PLACE)).isInstanceOf(SealBrokenException.class);
    }
}

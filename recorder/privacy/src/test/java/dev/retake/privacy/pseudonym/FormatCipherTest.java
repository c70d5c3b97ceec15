package dev.retake.privacy.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCipherTest {
    private final SurrogateKeys keys = new SurrogateKeys(new RootKey(new byte[32]), PseudonymSettings.DEFAULTS, "");
    private final FormatCipher cipher = new FormatCipher(keys, 64);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 900, 9_999, 10_000, 10_001, 65_537})
    void permutes(int bound) {
        BitSet seen = new BitSet();
        for (int i = 0; i < bound; i++) {
            long to = cipher.permute("tweak", i, bound);
            assertThat(to).isBetween(0L, bound - 1L);
            seen.set((int) to);
        }
        assertThat(seen.cardinality()).isEqualTo(bound);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 33, 40, 62, 63})
    void isFf1(int bits) throws Exception {
        Random random = new Random(bits);
        for (int i = 0; i < 20; i++) {
            long value = random.nextLong() & (1L << bits) - 1;
            long tweak = random.nextLong();
            int[] numerals = new int[bits];
            for (int k = 0; k < bits; k++) {
                numerals[k] = (int) (value >>> bits - 1 - k) & 1;
            }
            byte[] key = keys.key(SurrogateKeys.Purpose.CIPHER);
            int[] expected = ff1(key, 2, ByteBuffer.allocate(8).putLong(tweak).array(), numerals);
            long number = 0;
            for (int numeral : expected) {
                number = number << 1 | numeral;
            }
            assertThat(cipher.ff1(value, bits, tweak)).isEqualTo(number);
        }
    }

    /** The samples of NIST for FF1 with AES-128 hold the reference to the standard. */
    @ParameterizedTest
    @CsvSource({"'',0123456789,2433477484", "39383736353433323130,0123456789,6124200773"})
    void theReferenceIsFf1(String tweak, String plain, String expected) throws Exception {
        byte[] key = HexFormat.of().parseHex("2B7E151628AED2A6ABF7158809CF4F3C");
        int[] out = ff1(
                key,
                10,
                HexFormat.of().parseHex(tweak),
                plain.chars().map(c -> c - '0').toArray());
        StringBuilder text = new StringBuilder();
        Arrays.stream(out).forEach(text::append);
        assertThat(text.toString()).isEqualTo(expected);
    }

    @Test
    void tweaksGiveOtherPermutations() {
        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            same += cipher.permute("a", i, 1_000_000) == cipher.permute("b", i, 1_000_000) ? 1 : 0;
        }
        assertThat(same).isLessThan(5);
    }

    /** SP 800-38G, algorithm 7, step by step. */
    private static int[] ff1(byte[] key, int radix, byte[] tweak, int[] x) throws Exception {
        int n = x.length;
        int u = n / 2;
        int v = n - u;
        BigInteger r = BigInteger.valueOf(radix);
        BigInteger a = number(x, 0, u, r);
        BigInteger b = number(x, u, n, r);
        int width = (r.pow(v).subtract(BigInteger.ONE).bitLength() + 7) / 8;
        int d = 4 * ((width + 3) / 4) + 4;
        byte[] p = ByteBuffer.allocate(16)
                .put(new byte[] {1, 2, 1, 0, (byte) (radix >> 8), (byte) radix, 10, (byte) u})
                .putInt(n)
                .putInt(tweak.length)
                .array();
        int pad = Math.floorMod(-tweak.length - width - 1, 16);
        for (int i = 0; i < 10; i++) {
            byte[] q = new byte[tweak.length + pad + 1 + width];
            System.arraycopy(tweak, 0, q, 0, tweak.length);
            q[tweak.length + pad] = (byte) i;
            byte[] bytes = b.toByteArray();
            for (int k = 0; k < Math.min(width, bytes.length); k++) {
                q[q.length - 1 - k] = bytes[bytes.length - 1 - k];
            }
            byte[] mac = new byte[16];
            for (byte[] part : new byte[][] {p, q}) {
                for (int from = 0; from < part.length; from += 16) {
                    for (int k = 0; k < 16; k++) {
                        mac[k] ^= part[from + k];
                    }
                    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
                    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
                    mac = aes.doFinal(mac);
                }
            }
            BigInteger y = new BigInteger(1, Arrays.copyOf(mac, d));
            BigInteger c = a.add(y).mod(r.pow(i % 2 == 0 ? u : v));
            a = b;
            b = c;
        }
        int[] out = new int[n];
        numerals(a, out, 0, u, r);
        numerals(b, out, u, n, r);
        return out;
    }

    private static BigInteger number(int[] x, int from, int to, BigInteger radix) {
        BigInteger value = BigInteger.ZERO;
        for (int i = from; i < to; i++) {
            value = value.multiply(radix).add(BigInteger.valueOf(x[i]));
        }
        return value;
    }

    private static void numerals(BigInteger value, int[] out, int from, int to, BigInteger radix) {
        BigInteger rest = value;
        for (int i = to - 1; i >= from; i--) {
            out[i] = rest.mod(radix).intValue();
            rest = rest.divide(radix);
        }
    }
}

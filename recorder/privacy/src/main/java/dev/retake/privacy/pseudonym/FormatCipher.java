package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed permutation of the numbers from 0 up to any bound: FF1 (NIST SP 800-38G, radix 2) with cycle walking, and for
 * small bounds, which FF1 does not admit, a shuffled table. Thread-safe.
 */
final class FormatCipher {
    private static final int ROUNDS = 10;

    /** SP 800-38G wants at least a million values: 2^20. */
    private static final int FEWEST_BITS = 20;

    private static final int LARGEST_TABLE = 10_000;

    /** From this bound on no value is its own surrogate; among fewer, to know one that it is not would tell too much. */
    private static final int SMALLEST_CYCLE = 64;

    private static final int FEWEST_TABLES = 4;

    private final SurrogateKeys keys;
    private final int mostTables;
    private final Map<String, int[]> tables = new ConcurrentHashMap<>();
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(this::cipher);

    /** @param mostTables how many tables of small permutations are kept, at least four */
    FormatCipher(SurrogateKeys keys, int mostTables) {
        this.keys = keys;
        this.mostTables = Math.max(FEWEST_TABLES, mostTables);
    }

    /**
     * Where the permutation named {@code tweak} takes {@code value}.
     *
     * @param value from 0 up to {@code bound}
     * @param bound positive
     */
    long permute(String tweak, long value, long bound) {
        if (bound <= LARGEST_TABLE) {
            return table(tweak, (int) bound)[(int) value];
        }
        int bits = Math.max(FEWEST_BITS, 64 - Long.numberOfLeadingZeros(bound - 1));
        long tweakBits = ByteBuffer.wrap(keys.hmac(Purpose.TWEAK, tweak)).getLong();
        long walked = value;
        do {
            walked = ff1(walked, bits, tweakBits);
        } while (walked < 0 || walked >= bound);
        return walked;
    }

    /** FF1.Encrypt for a number of {@code bits} bits under an eight-byte tweak. */
    long ff1(long value, int bits, long tweak) {
        int u = bits / 2;
        int v = bits - u;
        int width = (v + 7) / 8;
        int taken = 4 * ((width + 3) / 4) + 4;
        byte[] first = {1, 2, 1, 0, 0, 2, ROUNDS, (byte) u, 0, 0, 0, (byte) bits, 0, 0, 0, 8};
        long a = value >>> v;
        long b = value & mask(v);
        Cipher aes = ciphers.get();
        try {
            byte[] head = aes.update(first);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] block = ByteBuffer.allocate(16).putLong(tweak).array();
                block[15 - width] = (byte) round;
                for (int k = 0; k < width; k++) {
                    block[15 - k] = (byte) (b >>> (8 * k));
                }
                for (int k = 0; k < block.length; k++) {
                    block[k] ^= head[k];
                }
                byte[] out = aes.update(block);
                long y = 0;
                for (int k = Math.max(0, taken - 8); k < taken; k++) {
                    y = y << 8 | out[k] & 0xFF;
                }
                long c = a + y & mask(round % 2 == 0 ? u : v);
                a = b;
                b = c;
            }
        } catch (RuntimeException e) {
            ciphers.remove(); // it may hold half of a block, which would spoil the next value
            throw e;
        }
        return a << v | b;
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }

    /** Fisher and Yates's shuffle of the numbers up to {@code bound}, or Sattolo's, which leaves none where it was. */
    private int[] table(String tweak, int bound) {
        if (tables.size() >= mostTables) {
            tables.clear();
        }
        return tables.computeIfAbsent(tweak + '\0' + bound, name -> {
            Noise noise = new Noise(keys, Purpose.TWEAK, name);
            int[] table = new int[bound];
            boolean inOneCycle = bound >= SMALLEST_CYCLE;
            for (int i = 0; i < bound; i++) {
                int j = noise.below(inOneCycle ? Math.max(1, i) : i + 1);
                table[i] = table[j];
                table[j] = i;
            }
            return table;
        });
    }

    private Cipher cipher() {
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Objects.requireNonNull(keys.key(Purpose.CIPHER)), "AES"));
            return aes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES", e);
        }
    }
}

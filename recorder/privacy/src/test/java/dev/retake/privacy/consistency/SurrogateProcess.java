package dev.retake.privacy.consistency;

import dev.retake.common.keys.KeySetFile;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.pseudonym.Pseudonyms;
import dev.retake.privacy.pseudonym.Replacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Objects;

/**
 * One life of one of several processes that share a key file and nothing else: computes surrogates of a part of a {@link
 * Sample}, in an order of its own, and notes a fingerprint of each at the value's number in a file of its own.
 */
final class SurrogateProcess {
    /** Coprime steps through the sample, so that no two processes meet values in the same order. */
    private static final int[] STEPS = {1, 7_368_787, 3_200_183, 5_915_587};

    private static final MessageDigest SHA_256 = sha256();

    private SurrogateProcess() {}

    /** @param args key file, file of fingerprints, size of the sample, number of the process, from and to in its order */
    public static void main(String[] args) throws IOException {
        RootKey root = Objects.requireNonNull(KeySetFile.load(Path.of(args[0])).root());
        Replacement replacement =
                Pseudonyms.create(root, PseudonymSettings.DEFAULTS).in("session of " + args[3], Instant.now());
        Sample sample = new Sample(Integer.parseInt(args[2]));
        int process = Integer.parseInt(args[3]);
        try (FileChannel file = FileChannel.open(Path.of(args[1]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LongBuffer fingerprints =
                    file.map(MapMode.READ_WRITE, 0, 8L * sample.size()).asLongBuffer();
            int to = Integer.parseInt(args[5]);
            for (int i = Integer.parseInt(args[4]); i < to; i++) {
                int number = number(process, i, sample.size());
                String surrogate = replacement.replace(sample.dataClass(number), sample.value(number));
                fingerprints.put(number, fingerprint(surrogate));
            }
        }
    }

    /** The number of the value that {@code process} meets at {@code position}. */
    private static int number(int process, int position, int size) {
        long step = STEPS[process % STEPS.length];
        int stepped = (int) ((step % size == 0 ? 1 : step) * position % size);
        return process % 2 == 0 ? stepped : size - 1 - stepped;
    }

    /** Never 0, which stands for a value that nobody met. */
    static long fingerprint(String surrogate) {
        long first = ByteBuffer.wrap(SHA_256.digest(surrogate.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return first == 0 ? 1 : first;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}

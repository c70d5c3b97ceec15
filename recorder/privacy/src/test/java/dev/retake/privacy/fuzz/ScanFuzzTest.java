package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.privacy.scan.ByteScanner;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.ScanListener;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Files of any bytes: however they come, the same is found, and a planted value always is. */
class ScanFuzzTest {
    private static final byte[] PLANTED = "zora-quimby-canary".getBytes(StandardCharsets.US_ASCII);
    private static final Canaries CANARIES = Canaries.of(List.of("zora-quimby-canary", "tiger42!Sun"));

    @FuzzTest
    void pieces(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] data = Arrays.copyOf(input, input.length + PLANTED.length);
        System.arraycopy(PLANTED, 0, data, input.length, PLANTED.length);

        Set<String> whole = found(data, data.length);

        assertThat(whole).anyMatch(leak -> leak.startsWith("1 raw") && leak.endsWith("@" + input.length + "[]"));
        for (int step : new int[] {1, 2 + (input[0] & 31)}) {
            Set<String> pieces = found(data, step);
            // Bounds on streams inside one another are met sooner or later by how much of each came at once.
            if (!isBounded(whole) && !isBounded(pieces)) {
                assertThat(pieces).isEqualTo(whole);
            }
        }
    }

    private static boolean isBounded(Set<String> found) {
        return found.stream().anyMatch(leak -> leak.contains("too "));
    }

    private static Set<String> found(byte[] data, int step) {
        Set<String> found = new HashSet<>();
        ScanListener listener = new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                if (leak.canary() > 0) {
                    found.add(leak.canary() + " " + leak.encoding() + "@" + leak.offset() + leak.inside());
                }
            }

            @Override
            public void unread(String reason) {
                found.add(reason);
            }
        };
        try (ByteScanner scanner = ByteScanner.of(CANARIES, DetectedClasses.ALL, listener)) {
            for (int from = 0; from < data.length; from += step) {
                scanner.feed(data, from, Math.min(data.length, from + step));
            }
            scanner.end();
        }
        return found;
    }
}

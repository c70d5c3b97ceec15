package dev.retake.privacy.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StopsTest {
    private static final char[] NEAR = {'"', '!', '#', '\\', '[', ']', '\t', '\b', 0, 0x80, 0xa2, 0xdc, 0xff, 'x'};

    /** Against a loop that looks at each byte, with bytes that differ from a stop in one bit or by one. */
    @Test
    void areFoundWhereverTheyStand() {
        Random random = new Random(11);
        for (int round = 0; round < 50_000; round++) {
            byte[] source = new byte[random.nextInt(40)];
            for (int i = 0; i < source.length; i++) {
                source[i] = (byte) (random.nextInt(4) == 0 ? NEAR[random.nextInt(NEAR.length)] : 'a');
            }
            int from = random.nextInt(source.length + 1);
            int to = from + random.nextInt(source.length - from + 1);

            assertThat(Stops.at('"').next(source, from, to)).isEqualTo(slowly(source, from, to, "\""));
            assertThat(Stops.at('"', '\\').next(source, from, to)).isEqualTo(slowly(source, from, to, "\"\\"));
            assertThat(Stops.at('\t', '"', '\u00ff').next(source, from, to))
                    .isEqualTo(slowly(source, from, to, "\t\"\u00ff"));
        }
    }

    private static int slowly(byte[] source, int from, int to, String stops) {
        int at = from;
        while (at < to && stops.indexOf(source[at] & 0xff) < 0) {
            at++;
        }
        return at;
    }
}

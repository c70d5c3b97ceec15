package dev.retake.common.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.coding.Decoded.End;
import java.util.Arrays;
import java.util.List;

/** Input of any bytes under any coding is decoded within its bounds, and a shorter bound gives a prefix of the same. */
class ContentDecoderFuzzTest {
    private static final int MAX = 1 << 20;
    private static final int FEW = 100;
    private static final List<String> CODINGS = List.of("gzip", "deflate", "br", "zstd", "gzip, zstd", "x", "");

    @FuzzTest
    void decode(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<String> coding = List.of(CODINGS.get((input[0] & 0xff) % CODINGS.size()));
        byte[] encoded = Arrays.copyOfRange(input, 1, input.length);

        Decoded decoded = new ContentDecoder(MAX, ContentDecoder.DEFAULT_RATIO).decode(encoded, coding);
        Decoded shorter = new ContentDecoder(FEW, ContentDecoder.DEFAULT_RATIO).decode(encoded, coding);

        assertThat(decoded.bytes().length).isLessThanOrEqualTo(MAX);
        assertThat(shorter.bytes().length).isLessThanOrEqualTo(FEW);
        if (!coding.get(0).contains(",")) {
            int common = Math.min(shorter.bytes().length, decoded.bytes().length);
            assertThat(Arrays.copyOf(shorter.bytes(), common)).isEqualTo(Arrays.copyOf(decoded.bytes(), common));
            if (shorter.end() == End.WHOLE) {
                assertThat(decoded.bytes()).isEqualTo(shorter.bytes());
            }
        }
    }
}

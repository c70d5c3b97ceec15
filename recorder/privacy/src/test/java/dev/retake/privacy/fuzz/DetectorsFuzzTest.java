package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.encoding.Utf8;
import java.util.Arrays;

/** The scanner takes any bytes: its hits are ordered, inside and whole characters, and depend on nothing around the text. */
class DetectorsFuzzTest {
    @FuzzTest
    void scan(byte[] text) {
        HitList hits = new HitList();
        Detectors.scan(text, 0, text.length, hits);

        boolean valid = Utf8.isText(text, 0, text.length);
        int done = 0;
        for (int i = 0; i < hits.size(); i++) {
            assertThat(hits.start(i)).isBetween(done, text.length);
            assertThat(hits.end(i)).isBetween(hits.start(i) + 1, text.length);
            done = hits.end(i);
            if (valid) {
                assertThat(isBoundary(text, hits.start(i)) && isBoundary(text, hits.end(i)))
                        .isTrue();
            }
        }
        if (!valid) {
            return; // half a character may be completed by what follows the text
        }
        byte[] moved = new byte[text.length + 11];
        Arrays.fill(moved, (byte) 'x');
        System.arraycopy(text, 0, moved, 5, text.length);
        HitList again = new HitList();
        Detectors.scan(moved, 5, 5 + text.length, again);
        assertThat(again.size()).isEqualTo(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            assertThat(again.start(i)).isEqualTo(hits.start(i) + 5);
            assertThat(again.end(i)).isEqualTo(hits.end(i) + 5);
            assertThat(again.dataClass(i)).isEqualTo(hits.dataClass(i));
        }
    }

    private static boolean isBoundary(byte[] text, int at) {
        return at == text.length || (text[at] & 0xc0) != 0x80;
    }
}

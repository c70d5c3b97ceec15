package dev.retake.privacy.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextsTest {
    private final CleanTexts texts = new CleanTexts(64);

    @ParameterizedTest
    @ValueSource(ints = {CleanTexts.SHORTEST, 9, 15, 16, 17, 33, CleanTexts.LONGEST})
    void holdsATextFromTheSecondTimeOn(int length) {
        byte[] source = ("<" + "cotton shirt ".repeat(5).substring(0, length) + ">").getBytes(StandardCharsets.UTF_8);

        texts.add(source, 1, 1 + length);
        assertThat(texts.holds(source, 1, 1 + length)).isFalse();
        texts.add(source, 1, 1 + length);

        assertThat(texts.holds(source, 1, 1 + length)).isTrue();
    }

    /** A text that differs in one byte is another, whichever slot it falls on. */
    @Test
    void holdsNoOtherText() {
        Random random = new Random(7);
        byte[] source = new byte[40];
        for (int round = 0; round < 20_000; round++) {
            int length = CleanTexts.SHORTEST + random.nextInt(source.length - CleanTexts.SHORTEST + 1);
            random.nextBytes(source);
            texts.add(source, 0, length);
            texts.add(source, 0, length);
            source[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(texts.holds(source, 0, length)).isFalse();
        }
    }

    @Test
    void leavesOutWhatIsTooShortOrTooLong() {
        byte[] source = new byte[CleanTexts.LONGEST + 1];
        for (int time = 0; time < 2; time++) {
            texts.add(source, 0, CleanTexts.SHORTEST - 1);
            texts.add(source, 0, source.length);
        }

        assertThat(texts.holds(source, 0, CleanTexts.SHORTEST - 1)).isFalse();
        assertThat(texts.holds(source, 0, source.length)).isFalse();
    }
}

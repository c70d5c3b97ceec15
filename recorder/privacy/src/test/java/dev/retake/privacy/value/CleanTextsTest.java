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
    @ValueSource(ints = {CleanTexts.SHORTEST, 7, 8, 9, 15, 16, 17, 33, CleanTexts.LONGEST})
    void holdsATextFromTheSecondTimeOn(int length) {
        byte[] source = ("<" + "cotton shirt ".repeat(5).substring(0, length) + ">").getBytes(StandardCharsets.UTF_8);

        texts.add(null, source, 1, 1 + length);
        assertThat(texts.holds(null, source, 1, 1 + length)).isFalse();
        texts.add(null, source, 1, 1 + length);

        assertThat(texts.holds(null, source, 1, 1 + length)).isTrue();
    }

    /** A text that differs in one byte is another, whichever slot it falls on. */
    @Test
    void holdsNoOtherText() {
        Random random = new Random(7);
        byte[] source = new byte[40];
        for (int round = 0; round < 20_000; round++) {
            int length = CleanTexts.SHORTEST + random.nextInt(source.length - CleanTexts.SHORTEST + 1);
            random.nextBytes(source);
            texts.add(null, source, 0, length);
            texts.add(null, source, 0, length);
            source[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(texts.holds(null, source, 0, length)).isFalse();
        }
    }

    /** Texts that differ in a digit, wherever it stands, fall on slots of their own for the most part. */
    @Test
    void holdsManyTextsThatAreAlike() {
        for (String form :
                new String[] {"Cotton shirt, size %d", "%d pieces of cotton", "state %d of the item", "TX-%d"}) {
            CleanTexts alike = new CleanTexts(4_096);
            int held = 0;
            for (int turn = 0; turn < 3; turn++) {
                held = 0;
                for (int i = 10; i < 100; i++) {
                    byte[] source = form.formatted(i).getBytes(StandardCharsets.UTF_8);
                    held += alike.holds(null, source, 0, source.length) ? 1 : 0;
                    alike.add(null, source, 0, source.length);
                }
            }
            assertThat(held).as(form).isGreaterThan(80);
        }
    }

    @Test
    void leavesOutWhatIsTooShortOrTooLong() {
        byte[] source = new byte[CleanTexts.LONGEST + 1];
        for (int time = 0; time < 2; time++) {
            texts.add(null, source, 0, CleanTexts.SHORTEST - 1);
            texts.add(null, source, 0, source.length);
        }

        assertThat(texts.holds(null, source, 0, CleanTexts.SHORTEST - 1)).isFalse();
        assertThat(texts.holds(null, source, 0, source.length)).isFalse();
    }
}

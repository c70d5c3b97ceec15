package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.privacy.detect.Triggers.Action;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {
    /** The second look at what shares a trigger lets none of its own texts go. */
    @Test
    void fireForEachBeginningOfAKeyAndEachTellingName() {
        assertThat(KeyPrefix.texts()).isNotEmpty().allSatisfy(text -> assertFires(text, Action.KEY));
        assertThat(TellingName.texts()).isNotEmpty().allSatisfy(text -> assertFires(text, Action.NAME_END));
    }

    private static void assertFires(String[] text, Action action) {
        for (String before : text[0].split("")) {
            for (String at : text[1].split("")) {
                for (String after : text[2].split("")) {
                    assertThat(fired(before + at + after)).contains(action);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_id", "-ID", "a1_", "9z_"})
    void fireWhereASignJoinsWords(String text) {
        assertThat(fired(text)).containsAnyOf(Action.KEY, Action.NAME_END);
    }

    /** Words of prose end in what other names are mixed of. */
    @ParameterizedTest
    @CsvSource({"are, NAME_END", "use, NAME_END", "ked, NAME_END", "pro, KEY", "one, KEY", "eat, KEY"})
    void doNotFireForAMixture(String text, Action action) {
        assertThat(fired(text)).doesNotContain(action);
    }

    private static Set<Action> fired(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Set<Action> fired = EnumSet.noneOf(Action.class);
        for (long bits = Triggers.at(bytes, 0, 1, 3); bits != 0; bits &= bits - 1) {
            fired.add(Triggers.action(bits));
        }
        assertThat(Triggers.next(bytes, 0, 1, 3)).isEqualTo(fired.isEmpty() ? secondPlace(bytes) : 1);
        return fired;
    }

    private static int secondPlace(byte[] bytes) {
        return Triggers.at(bytes, 0, 2, 3) == 0 ? 3 : 2;
    }

    /** What {@code Leaves} passes by: an amount or a short number with nothing beside it. */
    @Test
    void findNothingInFewDigitsAlone() {
        HitList hits = new HitList();
        for (int length = 1; length <= 6; length++) {
            byte[] text = new byte[length];
            for (int number = 0; number < Math.pow(11, length); number++) {
                int rest = number;
                for (int i = 0; i < length; i++) {
                    text[i] = (byte) "0123456789.".charAt(rest % 11);
                    rest /= 11;
                }
                Detectors.scan(text, 0, length, hits);
            }
        }
        assertThat(hits.isEmpty()).isTrue();
    }
}

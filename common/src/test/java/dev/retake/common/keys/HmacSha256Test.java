package dev.retake.common.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacSha256Test {
    @Test
    void isThatOfTheStandardsExamples() {
        HmacSha256 second = new HmacSha256("Jefe".getBytes(StandardCharsets.US_ASCII));
        byte[] text = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(second.of(text)))
                .as("RFC 4231, test case 2")
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(second.of(text)).as("the same a second time").isEqualTo(second.of(text));
    }

    @Test
    void takesNoKeyThatWouldHaveToBeHashedFirst() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HmacSha256(new byte[65]));
    }
}

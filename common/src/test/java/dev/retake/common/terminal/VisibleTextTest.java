package dev.retake.common.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "GET /a", "Zürich – naïve", "日本語", "👩‍🚀", "می‌خواهم", "a\u00adb", "é"})
    void keepsWhatReadersSee(String text) {
        assertThat(VisibleText.line(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1b, \\u001b",
        "0, \\u0000",
        "d, \\r",
        "7f, \\u007f",
        "9b, \\u009b",
        "202e, \\u202e",
        "2067, \\u2067",
        "200b, \\u200b",
        "2028, \\u2028",
        "feff, \\ufeff",
        "fffe, \\ufffe",
        "d800, \\ud800",
        "fdd0, \\ufdd0",
        "e0041, \\udb40\\udc41",
        "1fffe, \\ud83f\\udffe",
    })
    void showsWhatWouldHideOrReorder(String hex, String shown) {
        String hidden =
                new StringBuilder().appendCodePoint(Integer.parseInt(hex, 16)).toString();
        assertThat(VisibleText.line("a" + hidden + "b")).isEqualTo("a" + shown + "b");
        assertThat(VisibleText.block("a" + hidden + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void onlyABlockHasLineBreaks() {
        assertThat(VisibleText.line("a\n\tb")).isEqualTo("a\\n\\tb");
        assertThat(VisibleText.block("a\n\tb")).isEqualTo("a\n\tb");
    }
}

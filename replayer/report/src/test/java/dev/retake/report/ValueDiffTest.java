package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueDiffTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | 500 | `` | 200 | 500 | ``",
                "{\"a\":12.50,\"b\":1} | {\"a\":12.5,\"b\":1} | {\"a\":12. | 50 | 5 | ,\"b\":1}",
                "aa bb | aa bb | aa bb | `` | `` | ``",
                "[1] | [1,2] | [1 | `` | ,2 | ]",
                "\"aaa\" | \"aa\" | \" | aaa | aa | \"",
                "\"😀\" | \"😁\" | \" | 😀 | 😁 | \"",
                "`` | x | `` | `` | x | ``",
            })
    void marksWholeWordsThatDiffer(
            String before, String after, String prefix, String removed, String added, String suffix) {
        assertThat(ValueDiff.of(before, after)).isEqualTo(new ValueDiff(prefix, removed, added, suffix));
    }
}

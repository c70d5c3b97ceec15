package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.RetakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRuleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET /a:/x                 | GET /a          | /x
            GET /a:b/{id}:/x          | GET /a:b/{id}   | /x
            *:header:X-A              | *               | header:X-A
            GET /a:status             | GET /a          | status
            *:latency                 | *               | latency
            GET /a:body               | GET /a          | body
            GET /a:/m/a:/b            | GET /a:/m/a     | /b
            """)
    void splitsAtTheLastColonBeforeALocation(String text, String operation, String location) {
        assertThat(IgnoreRule.parse(text)).isEqualTo(new IgnoreRule(operation, location));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET /a:/items/*/p         | GET /a          | /items/*/p     | true
            GET /a:/items             | GET /a          | /items/*/p     | true
            GET /a:/items/*/p         | GET /a          | /items         | false
            GET /a:/it                | GET /a          | /items         | false
            GET *:/x                  | GET /b/{id}     | /x             | true
            GET *:/x                  | POST /b         | /x             | false
            *:header:x-a              | GET /b          | header:X-A     | true
            *:body                    | GET /b          | /a             | true
            *:status                  | GET /b          | /status        | false
            """)
    void coversWhatItNames(String rule, String operation, String location, boolean covered) {
        assertThat(IgnoreRule.parse(rule).covers(operation, location)).isEqualTo(covered);
    }

    @Test
    void refusesWhatIsNoRule() {
        assertThatThrownBy(() -> IgnoreRule.parse("GET /a"))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("OPERATION:LOCATION");
    }
}

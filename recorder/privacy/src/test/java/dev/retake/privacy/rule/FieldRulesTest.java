package dev.retake.privacy.rule;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldRulesTest {
    @Test
    void theShippedPackKeepsItsExamples() {
        assertThatCode(() -> RuleExamples.check(List.of(RulePack.shipped()))).doesNotThrowAnyException();
    }
}

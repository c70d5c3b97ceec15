package dev.retake.privacy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.error.RetakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rule packs of any text are read, or refused with a sentence. */
class RulePackFuzzTest {
    @FuzzTest
    void parse(byte[] input) {
        try {
            RulePack pack = RulePack.parse(new String(input, StandardCharsets.UTF_8), "fuzz.yml");
            FieldRules rules = RuleExamples.rules(List.of(pack, RulePack.shipped()));
            RuleExamples.broken(pack, rules);
        } catch (RetakeException e) {
            assertThat(e).hasMessageContaining("fuzz.yml");
        }
    }
}

package dev.retake.privacy.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the examples of one rule pack fared, asked with all packs that are used together.
 *
 * @param pack the file, {@code default.yml} for the shipped one
 * @param rules how many rules it has
 * @param examples how many examples it has
 * @param withoutExamples names of rules that no example holds to anything
 * @param broken what does not hold, a clause each
 */
public record PackTest(String pack, int rules, int examples, List<String> withoutExamples, List<String> broken) {
    public PackTest {
        withoutExamples = List.copyOf(withoutExamples);
        broken = List.copyOf(broken);
    }

    /**
     * Runs the examples of {@code packs}, in the order in which they are asked, and of the shipped pack behind them.
     *
     * @throws dev.retake.common.error.RetakeException for a pack that cannot be read
     */
    public static List<PackTest> run(List<Path> packs) {
        List<RulePack> all = RulePack.unchecked(packs);
        FieldRules rules = RuleExamples.rules(all);
        List<PackTest> tests = new ArrayList<>();
        for (RulePack pack : all) {
            int examples = 0;
            List<String> without = new ArrayList<>();
            for (RulePack.Entry entry : pack.entries()) {
                int own = entry.matches().size() + entry.mismatches().size();
                examples += own;
                if (own == 0) {
                    without.add(entry.rule().name());
                }
            }
            tests.add(new PackTest(
                    pack.origin(), pack.entries().size(), examples, without, RuleExamples.broken(pack, rules)));
        }
        return tests;
    }
}

package dev.retake.privacy.rule;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds packs to the examples written in them. */
final class RuleExamples {
    private static final String DEFAULT_VALUE = "Ab3dE6gh9";

    private RuleExamples() {}

    /**
     * Runs every example of {@code checked}, with the rules of all of {@code packs}.
     *
     * @throws RetakeException naming the rule and the example that it breaks
     */
    static void check(List<RulePack> checked, List<RulePack> packs) {
        FieldRules rules = rules(packs);
        for (RulePack pack : checked) {
            List<String> broken = broken(pack, rules);
            if (!broken.isEmpty()) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "Rule pack " + pack.origin() + ": " + broken.get(0) + "; change the rule or the example.");
            }
        }
    }

    /**
     * The rules of all of {@code packs}.
     *
     * @throws RetakeException where they do not go together
     */
    static FieldRules rules(List<RulePack> packs) {
        try {
            return FieldRules.of(packs);
        } catch (IllegalArgumentException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "Rule pack " + packs.get(0).origin() + " cannot be used: " + e.getMessage() + "; mend it there.",
                    e);
        }
    }

    /** What examples of {@code pack} do not hold, a clause each. */
    static List<String> broken(RulePack pack, FieldRules rules) {
        List<String> broken = new ArrayList<>();
        for (RulePack.Entry entry : pack.entries()) {
            for (String example : entry.matches()) {
                if (!entry.rule().equals(find(rules, entry, example))) {
                    broken.add("rule " + entry.rule().name() + " must find its example " + example);
                }
            }
            for (String example : entry.mismatches()) {
                if (entry.rule().equals(find(rules, entry, example))) {
                    broken.add("rule " + entry.rule().name() + " must not find its example " + example);
                }
            }
        }
        return broken;
    }

    /** An example is a path of names with dots, perhaps with names beside the last after {@code +}, and a value after {@code =}. */
    private static @Nullable FieldRule find(FieldRules rules, RulePack.Entry entry, String example) {
        int equals = example.indexOf('=');
        String value = equals < 0 ? DEFAULT_VALUE : example.substring(equals + 1);
        String path = equals < 0 ? example : example.substring(0, equals);
        Place place = entry.places().contains(Place.JSON)
                ? Place.JSON
                : entry.places().iterator().next();
        FieldContext context = FieldContext.NONE;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            context = rules.inside(context, names[i]);
        }
        String[] beside = names[names.length - 1].split("\\+");
        byte[] name = beside[0].getBytes(StandardCharsets.UTF_8);
        long company = 0;
        for (int i = 1; i < beside.length; i++) {
            byte[] other = beside[i].getBytes(StandardCharsets.UTF_8);
            company |= rules.meaning(place, other, 0, other.length, context).company();
        }
        for (FieldRule rule :
                rules.meaning(place, name, 0, name.length, context).rules(company)) {
            if (equals < 0 || rule.accepts(value)) {
                return rule;
            }
        }
        return null;
    }
}

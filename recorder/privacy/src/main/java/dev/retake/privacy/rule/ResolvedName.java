package dev.retake.privacy.rule;

import java.util.List;

/**
 * What the rules make of one field name, wherever it stands.
 *
 * @param candidates rules whose words end the name, the most specific first
 * @param topics the topic of the last word that has one: what its members are about
 * @param generic whether the name ({@code value}, {@code text}) only repeats its parent's
 * @param company what it tells of the fields beside it
 */
record ResolvedName(List<Candidate> candidates, long topics, boolean generic, long company) {
    /**
     * A rule with what the rest of the name says.
     *
     * @param phrase where in the name the rule's words stand: a number that rules of one phrase share
     * @param whole whether the rule's words are all of the name
     * @param modifiers the topic of the nearest word before the rule's own
     */
    record Candidate(PackRule rule, int phrase, boolean whole, long modifiers) {}
}

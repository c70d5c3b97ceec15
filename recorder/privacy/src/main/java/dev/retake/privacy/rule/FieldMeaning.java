package dev.retake.privacy.rule;

import dev.retake.privacy.detect.DataClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules make of a field where it stands: which of them are asked in turn for its value, and which of them depend on
 * the fields beside it. Immutable.
 */
public final class FieldMeaning {
    /** A field of which no rule speaks. */
    public static final FieldMeaning NOTHING = new FieldMeaning(List.of(), 0, false);

    private final List<ResolvedName.Candidate> candidates;
    private final List<FieldRule> alone;
    private final long company;
    private final long awaited;
    private final boolean ofThing;

    FieldMeaning(List<ResolvedName.Candidate> candidates, long company, boolean ofThing) {
        this.candidates = candidates;
        this.company = company;
        this.ofThing = ofThing;
        long asked = 0;
        for (ResolvedName.Candidate candidate : candidates) {
            asked |= candidate.rule().beside() | candidate.rule().apart();
        }
        boolean settled = !candidates.isEmpty() && isSettled(candidates.get(0).rule());
        this.awaited = settled ? 0 : asked;
        this.alone = rules(0);
    }

    /** One rule for every value. */
    public static FieldMeaning of(FieldRule rule) {
        PackRule always = new PackRule(rule, EnumSet.allOf(Place.class), 0, 0, 0, 0, 0, 0);
        return new FieldMeaning(List.of(new ResolvedName.Candidate(always, 0, true, 0)), 0, false);
    }

    /** Whether a rule holds for nearly every value, whatever stands beside it. */
    private static boolean isSettled(PackRule rule) {
        Evidence evidence = rule.rule().evidence();
        return (rule.beside() | rule.apart()) == 0 && (evidence == Evidence.ANY || evidence == Evidence.TEXT);
    }

    /** What it tells of the fields beside it, a bit for each kind. */
    public long company() {
        return company;
    }

    /** The kinds of company that its rules ask for; none where the first rule holds anyway. */
    public long awaited() {
        return awaited;
    }

    /** The rules that hold where nothing is known of what stands beside it, the most specific first. */
    public List<FieldRule> rules() {
        return alone;
    }

    /**
     * Whether what stands here beside {@code kinds} of company is called by a name, but by that of a thing: of a
     * {@code product.name}, or of a {@code name} beside a {@code price}.
     */
    public boolean namesThing(long kinds) {
        boolean thing = ofThing;
        for (ResolvedName.Candidate candidate : candidates) {
            PackRule rule = candidate.rule();
            thing |= rule.rule().dataClass() == DataClass.PERSON_NAME && (rule.apart() & kinds) != 0;
        }
        return thing && rules(kinds).isEmpty();
    }

    /**
     * The rules that hold beside {@code kinds} of company. A rule with the same words as the first one is asked where
     * that does not accept the value; one with fewer words is not.
     */
    public List<FieldRule> rules(long kinds) {
        List<FieldRule> rules = new ArrayList<>(1);
        ResolvedName.@Nullable Candidate first = null;
        for (ResolvedName.Candidate candidate : candidates) {
            PackRule rule = candidate.rule();
            boolean holds = (rule.beside() == 0 || (rule.beside() & kinds) != 0) && (rule.apart() & kinds) == 0;
            if (holds && (first == null || first.phrase() == candidate.phrase())) {
                first = first == null ? candidate : first;
                rules.add(rule.rule());
            }
        }
        return List.copyOf(rules);
    }
}

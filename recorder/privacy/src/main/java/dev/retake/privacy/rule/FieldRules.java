package dev.retake.privacy.rule;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule for a field by its name, the place it stands in and the names around it. Names are split and matched
 * once and remembered, so that a lookup costs a hash of the name. Immutable but for that memory; thread-safe.
 */
public final class FieldRules {
    private static final FieldRules STANDARD = new FieldRules(List.of(RulePack.shipped()));

    /** Words that the shipped pack knows for people. */
    private static final Set<String> PERSONS =
            Set.copyOf(RulePack.shipped().topics().getOrDefault("person", List.of()));

    private final Lexicon lexicon;
    private final AllowList allowed;
    private final NameMemory memory = new NameMemory();

    private FieldRules(List<RulePack> packs) {
        this.lexicon = Lexicon.of(packs);
        this.allowed = new AllowList(packs);
    }

    /** The rules that are shipped. */
    public static FieldRules standard() {
        return STANDARD;
    }

    /**
     * The rules that are shipped, after those of {@code packs}, of which the first wins.
     *
     * @throws dev.retake.common.error.RetakeException for a pack that cannot be read or breaks its own examples
     */
    public static FieldRules with(List<Path> packs) {
        return packs.isEmpty() ? STANDARD : new FieldRules(RulePack.withShipped(packs));
    }

    static FieldRules of(List<RulePack> packs) {
        return new FieldRules(packs);
    }

    /** The context of what stands inside a field, an object under a key or an element under a tag. */
    public FieldContext inside(FieldContext around, CharSequence name) {
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        return inside(around, bytes, 0, bytes.length);
    }

    /** The same for a name in UTF-8, from {@code from} up to {@code to}. */
    public FieldContext inside(FieldContext around, byte[] text, int from, int to) {
        return around.child(memory.resolve(text, from, to, lexicon));
    }

    /** The rule for the field {@code name}, null where there is none. */
    public @Nullable FieldRule forField(Place place, CharSequence name, FieldContext context) {
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        return forField(place, bytes, 0, bytes.length, context);
    }

    /** The same for a name in UTF-8, from {@code from} up to {@code to}. */
    public @Nullable FieldRule forField(Place place, byte[] text, int from, int to, FieldContext context) {
        List<FieldRule> rules = meaning(place, text, from, to, context).rules();
        return rules.isEmpty() ? null : rules.get(0);
    }

    /** What the rules make of the field with this name in UTF-8, from {@code from} up to {@code to}. */
    public FieldMeaning meaning(Place place, byte[] text, int from, int to, FieldContext context) {
        return find(place, memory.resolve(text, from, to, lexicon), context);
    }

    /**
     * Which values of a field stay under a policy that keeps nothing by default.
     *
     * @param location as {@code query:page} or {@code body:/items/sku}
     * @param name the field's own
     */
    public Allowance allowance(String location, String name) {
        return allowed.of(location, name);
    }

    /**
     * Whether a field is about somebody by its name or one around it, as the shipped pack's words for people say.
     *
     * @param location as {@code body:/customer/id}
     */
    public static boolean speaksOfPerson(String location) {
        return NameWords.of(location.substring(location.indexOf(':') + 1)).stream()
                .anyMatch(word -> PERSONS.contains(word)
                        || word.endsWith("s") && PERSONS.contains(word.substring(0, word.length() - 1)));
    }

    private FieldMeaning find(Place place, ResolvedName name, FieldContext context) {
        ResolvedName resolved = name;
        FieldContext around = context;
        for (int i = 0; i < FieldContext.REACH && resolved.generic(); i++) {
            ResolvedName above = around.name();
            FieldContext outer = around.parent();
            if (above == null || outer == null) {
                break;
            }
            resolved = above;
            around = outer;
        }
        List<ResolvedName.Candidate> holding = new ArrayList<>(1);
        boolean ofThing = lexicon.isWare(name);
        for (ResolvedName.Candidate candidate : resolved.candidates()) {
            if (candidate.rule().holds(place, candidate.whole(), candidate.modifiers(), around)) {
                holding.add(candidate);
            } else {
                ofThing |= candidate.rule().isOfThing(candidate.modifiers(), around);
            }
        }
        return holding.isEmpty() && name.company() == 0 && !ofThing
                ? FieldMeaning.NOTHING
                : new FieldMeaning(holding, name.company(), ofThing);
    }
}

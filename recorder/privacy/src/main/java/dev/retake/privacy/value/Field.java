package dev.retake.privacy.value;

import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.Allowance;
import dev.retake.privacy.rule.FieldContext;
import dev.retake.privacy.rule.FieldMeaning;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.rule.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A named place in documents, with the rule for what stands there. Fields form a tree that is kept between exchanges, so
 * that a name which came before costs one hash; the tree is bounded, and names past its bound are looked up each time. Not
 * thread-safe.
 *
 * <p>It is long by its tables of names, and because a field is at once the place in the tree and what is known of it.
 */
public final class Field {
    private static final int MOST_KEPT = 20_000;
    private static final int LONGEST_NAME = 128;

    /** Counts fields, so that what is remembered by field is the same each time: an object's own hash is not. */
    private static final AtomicInteger MADE = new AtomicInteger();

    private static final int SPREAD = 0x9E3779B9;

    /** Names that say nothing themselves: what stands there is what the name around it says. */
    private static final Set<String> TRANSPARENT = Set.of(
            "value", "values", "text", "content", "raw", "plain", "data", "full", "formatted", "_", "$", "$t", "#text");

    private static final Set<String> NAMING = Set.of(
            "name",
            "key",
            "field",
            "fieldname",
            "field_name",
            "param",
            "parameter",
            "attribute",
            "attributename",
            "label",
            "property",
            "path",
            "type",
            "code",
            "column",
            "columnname",
            "header",
            "question",
            "title",
            "variable",
            "kind",
            "system",
            "id",
            "k",
            "n");
    /** Names of arrays that list what the cells of other arrays are. */
    private static final Set<String> COLUMNS = Set.of(
            "columns",
            "columnnames",
            "column_names",
            "cols",
            "fields",
            "fieldnames",
            "field_names",
            "headers",
            "header",
            "keys",
            "names",
            "labels");

    private static final Set<String> NAMED = Set.of(
            "value",
            "values",
            "val",
            "text",
            "content",
            "data",
            "answer",
            "response",
            "stringvalue",
            "string_value",
            "valuestring",
            "fieldvalue",
            "field_value",
            "newvalue",
            "new_value",
            "oldvalue",
            "old_value",
            "v");

    private final Tree tree;
    private final @Nullable Field parent;
    private final FieldContext context;
    private final byte[] name;
    private final FieldMeaning meaning;
    private final List<FieldRule> rules;
    private final @Nullable FieldRule rule;
    private final boolean namesThing;
    private final boolean namesValue;
    private final boolean isNamedValue;
    private final boolean namesColumns;
    private final boolean isVersion;
    private final int identity;
    private final boolean spelledPlainly;
    private boolean plainName;
    private int keptIn;
    private @Nullable Allowance allowance;
    private boolean looksLikeValue;
    private boolean looked;
    private @Nullable Set<Integer> segments;
    private @Nullable Field firstChild;
    private @Nullable Field follower;
    private @Nullable Field @Nullable [] children;
    private int childCount;
    private @Nullable Map<String, Field> types;
    private @Nullable Map<Long, Field> companies;

    private Field(
            Tree tree,
            @Nullable Field parent,
            FieldContext context,
            byte[] name,
            FieldMeaning meaning,
            List<FieldRule> rules,
            boolean namesThing,
            boolean namesValue,
            boolean isNamedValue) {
        this.tree = tree;
        this.parent = parent;
        this.context = context;
        this.name = name;
        this.meaning = meaning;
        this.rules = rules;
        this.rule = rules.isEmpty() ? null : rules.get(0);
        this.namesThing = namesThing;
        this.namesValue = namesValue;
        this.isNamedValue = isNamedValue;
        this.namesColumns = COLUMNS.contains(lower(name, 0, name.length));
        this.isVersion = isVersion(name);
        this.identity = MADE.incrementAndGet() * SPREAD;
        this.spelledPlainly = indexOf(name, 0, name.length, '"') < 0 && indexOf(name, 0, name.length, '\\') < 0;
    }

    private static boolean isVersion(byte[] name) {
        if (endsWith(name, "ersion") || endsWith(name, "ersions")) {
            return true;
        }
        return switch (lower(name, 0, name.length)) {
            case "v", "fw", "ver", "rev", "firmware", "release", "build", "driver", "kernel", "sdk" -> true;
            default -> false;
        };
    }

    /** The field without a name that all others of {@code place} stand under. */
    static Field root(FieldRules rules, Map<String, FieldRule> configured, Place place) {
        return new Field(
                new Tree(rules, configured, place),
                null,
                FieldContext.NONE,
                new byte[0],
                FieldMeaning.NOTHING,
                List.of(),
                false,
                false,
                false);
    }

    /** A root for documents about what {@code text[from, to)} names, as a table is about its rows. */
    Field about(byte[] text, int from, int to) {
        return new Field(
                tree,
                null,
                tree.rules.inside(context, text, from, to),
                new byte[0],
                FieldMeaning.NOTHING,
                List.of(),
                false,
                false,
                false);
    }

    /** The field called {@code text[from, to)} under this one. */
    public Field child(byte[] text, int from, int to) {
        if (to - from > LONGEST_NAME) {
            return unkept(text, from, to);
        }
        int hash = hash(text, from, to);
        @Nullable Field[] table = children;
        if (table != null) {
            for (int slot = hash & table.length - 1; ; slot = slot + 1 & table.length - 1) {
                Field candidate = table[slot];
                if (candidate == null) {
                    break;
                }
                if (candidate.name.length == to - from && Runs.standsAt(candidate.name, text, from)) {
                    return candidate;
                }
            }
        }
        Field made = unkept(text, from, to);
        if (tree.kept < MOST_KEPT) {
            tree.kept++;
            keep(made, hash);
        }
        return made;
    }

    /** The same, for a name that is not worth remembering, since it hardly comes again. */
    public Field unkept(byte[] text, int from, int to) {
        if (tree.place == Place.FORM || tree.place == Place.QUERY) {
            int bracket = indexOf(text, from, to, '[');
            if (bracket > from && text[to - 1] == ']') {
                return bracketed(text, from, to, bracket);
            }
        }
        String lower = lower(text, from, to);
        FieldRule configured = tree.configured.isEmpty()
                ? null
                : tree.configured.get(plain(new String(text, from, to - from, StandardCharsets.UTF_8)));
        FieldMeaning own = configured != null
                ? FieldMeaning.of(configured)
                : tree.rules.meaning(tree.place, text, from, to, context);
        List<FieldRule> ownRules = own.rules();
        if (ownRules.isEmpty() && rule != null && (TRANSPARENT.contains(lower) || isIndex(text, from, to))) {
            ownRules = rules;
        }
        return new Field(
                tree,
                this,
                tree.rules.inside(context, text, from, to),
                Arrays.copyOfRange(text, from, to),
                own,
                ownRules,
                own.namesThing(0),
                NAMING.contains(lower),
                NAMED.contains(lower));
    }

    /**
     * This field as one whose values are messages of the type {@code text[from, to)}: the same field by name and rule, but
     * what stands under it also stands under the type's name, as in {@code Customer payload = 1}.
     */
    public Field typed(byte[] text, int from, int to) {
        String type = new String(text, from, to - from, StandardCharsets.UTF_8);
        Map<String, Field> known = types;
        Field typed = known == null ? null : known.get(type);
        if (typed != null) {
            return typed;
        }
        FieldContext around = tree.rules.inside(parent == null ? FieldContext.NONE : parent.context, text, from, to);
        typed = new Field(
                tree,
                parent,
                parent == null ? around : tree.rules.inside(around, name, 0, name.length),
                name,
                meaning,
                rules,
                namesThing,
                namesValue,
                isNamedValue);
        if (tree.kept < MOST_KEPT) {
            tree.kept++;
            types = known == null ? new HashMap<>() : known;
            types.put(type, typed);
        }
        return typed;
    }

    /** What it tells of the fields beside it, a bit for each kind of company. */
    public long company() {
        return meaning.company();
    }

    /** The kinds of company that would change what is done here. */
    public long awaited() {
        return meaning.awaited();
    }

    /** This field beside {@code kinds} of company. */
    public Field beside(long kinds) {
        long telling = kinds & meaning.awaited();
        if (telling == 0) {
            return this;
        }
        Map<Long, Field> known = companies;
        Field told = known == null ? null : known.get(telling);
        if (told == null) {
            List<FieldRule> ofCompany = meaning.rules(telling);
            boolean thing = meaning.namesThing(telling);
            told = new Field(tree, parent, context, name, meaning, ofCompany, thing, namesValue, isNamedValue);
            if (tree.kept < MOST_KEPT) {
                tree.kept++;
                companies = known == null ? new HashMap<>() : known;
                companies.put(telling, told);
            }
        }
        return told;
    }

    /** What each of {@code columns} is beside the others. */
    public static void tell(List<Field> columns) {
        long company = 0;
        for (Field column : columns) {
            company |= column.company();
        }
        for (int i = 0; company != 0 && i < columns.size(); i++) {
            columns.set(i, columns.get(i).beside(company));
        }
    }

    /** The same for an array, which stays as it is. */
    public static Field[] told(Field[] columns) {
        List<Field> told = Arrays.asList(columns.clone());
        tell(told);
        return told.toArray(Field[]::new);
    }

    /** The rule that takes {@code value} for what it speaks of; null where none does. */
    public @Nullable FieldRule ruleFor(CharSequence value) {
        for (int i = 0; i < rules.size(); i++) {
            FieldRule asked = rules.get(i);
            if (asked.accepts(value)) {
                return asked;
            }
        }
        return null;
    }

    /** Reads {@code user[address][street]} as the nesting that PHP, Rails and Express read in it. */
    private Field bracketed(byte[] text, int from, int to, int bracket) {
        Field nested = unkept(text, from, bracket);
        int open = bracket;
        while (open >= 0 && open < to) {
            int close = indexOf(text, open, to, ']');
            if (close < 0) {
                break;
            }
            if (close > open + 1 && !isIndex(text, open + 1, close)) {
                nested = nested.unkept(text, open + 1, close);
            }
            open = indexOf(text, close, to, '[');
        }
        return new Field(
                tree,
                this,
                nested.context,
                Arrays.copyOfRange(text, from, to),
                nested.meaning,
                nested.rules,
                nested.namesThing,
                nested.namesValue,
                nested.isNamedValue);
    }

    /**
     * The member of this object that most likely comes next, by those of the last object that was like it; null where
     * nothing is known.
     *
     * @param last the member that came last, null at the object's beginning
     */
    public @Nullable Field expected(@Nullable Field last) {
        return last == null ? firstChild : last.follower;
    }

    /** Notes that {@code actual} came after {@code last}. */
    public void follows(@Nullable Field last, Field actual) {
        if (last == null) {
            firstChild = actual;
        } else {
            last.follower = actual;
        }
    }

    /** Whether this name stands at {@code text[from]}, a quote after it, as JSON writes it without escapes. */
    public boolean isQuotedAt(byte[] text, int from, int to) {
        int end = from + name.length;
        return spelledPlainly && end < to && text[end] == '"' && Runs.standsAt(name, text, from);
    }

    /** Bytes of the name. */
    public int length() {
        return name.length;
    }

    /** A number that no other field has. */
    int identity() {
        return identity;
    }

    /** Notes the name as text that stays, once an exchange. */
    void keepName(Learnt learnt) {
        if (keptIn != learnt.exchange()) {
            keptIn = learnt.exchange();
            learnt.kept(name, 0, name.length);
        }
    }

    /** What it stands under; null for a root. */
    public @Nullable Field parent() {
        return parent;
    }

    /** Its name as traffic has it; empty for a root. */
    public String name() {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Whether its name is exactly {@code bytes}. */
    public boolean isNamed(byte[] bytes) {
        return Arrays.equals(name, bytes);
    }

    public Place place() {
        return tree.place;
    }

    /** How many names were met under it, those past the bound of the tree left out. */
    public int children() {
        return childCount;
    }

    /** The first rule that is asked for a value here, null where the name says nothing. */
    public @Nullable FieldRule rule() {
        return rule;
    }

    /** Whether what stands here is replaced, whatever it is; then half of it would be too much to keep. */
    public boolean isRuled() {
        return rule != null && rule.action() != Action.KEEP;
    }

    /** Whether a value here may be the name of a value beside it, as in {@code {"name": "email", "value": "…"}}. */
    public boolean namesValue() {
        return namesValue;
    }

    /** Whether a member beside it may say what stands here. */
    public boolean isNamedValue() {
        return isNamedValue;
    }

    /** Whether strings in an array here may name the columns of rows beside it. */
    public boolean namesColumns() {
        return namesColumns;
    }

    /** Whether it stands in a JSON document, so that members of JSON inside it stand under it. */
    public boolean isJson() {
        return tree.place == Place.JSON;
    }

    /** Whether it is the name of a thing that stands here, which is no person's whatever it looks like. */
    boolean namesThing() {
        return namesThing;
    }

    /** Whether numbers with dots that stand here are versions, not addresses. */
    boolean isVersion() {
        return isVersion;
    }

    /** Which of the values here stay under a policy that keeps nothing by default. */
    public Allowance allowance() {
        Allowance known = allowance;
        if (known == null) {
            known = tree.rules.allowance(FieldLocation.of(this), name());
            allowance = known;
        }
        return known;
    }

    /** Whether its name is one that traffic brings, an id used as a key, and not one that the API has. */
    boolean isNamedByTraffic() {
        if (!looked) {
            looked = true;
            looksLikeValue = Structure.looksLikeValue(name()) && !(isIndex(name, 0, name.length) && name.length <= 2);
        }
        return looksLikeValue || parent != null && parent.childCount > Structure.MOST_NAMES;
    }

    /**
     * Whether {@code text[from, to)}, a path segment after the one that this field is called by, is one that the API has: it
     * looks like one, and so do few beside it.
     */
    boolean isSegment(byte[] text, int from, int to) {
        if (!Structure.isSegment(text, from, to)
                || Structure.isSomebody(name(), new String(text, from, to - from, StandardCharsets.UTF_8))) {
            return false;
        }
        Set<Integer> known = segments;
        if (known == null) {
            known = new HashSet<>();
            segments = known;
        }
        if (known.size() <= Structure.MOST_NAMES) {
            known.add(hash(text, from, to));
        }
        return known.size() <= Structure.MOST_NAMES;
    }

    /** Whether the name was found to hold nothing that is replaced. */
    boolean hasPlainName() {
        return plainName;
    }

    void markPlainName() {
        plainName = true;
    }

    private void keep(Field child, int hash) {
        @Nullable Field[] table = children;
        if (table == null || childCount * 2 >= table.length) {
            @Nullable Field[] grown = new Field[table == null ? 8 : table.length * 2];
            if (table != null) {
                for (Field old : table) {
                    if (old != null) {
                        place(grown, old, hash(old.name, 0, old.name.length));
                    }
                }
            }
            children = grown;
            table = grown;
        }
        place(table, child, hash);
        childCount++;
    }

    private static void place(@Nullable Field[] table, Field field, int hash) {
        int slot = hash & table.length - 1;
        while (table[slot] != null) {
            slot = slot + 1 & table.length - 1;
        }
        table[slot] = field;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text[i]) * 0x01000193;
        }
        return hash ^ hash >>> 15;
    }

    private static int indexOf(byte[] text, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean endsWith(byte[] name, String ending) {
        int start = name.length - ending.length();
        for (int i = 0; start >= 0 && i < ending.length(); i++) {
            if (name[start + i] != ending.charAt(i)) {
                return false;
            }
        }
        return start >= 0;
    }

    private static boolean isIndex(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** A configured name without the marks by which spellings differ: {@code order-number} is {@code orderNumber}. */
    static String plain(String name) {
        return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }

    private static String lower(byte[] text, int from, int to) {
        char[] lower = new char[Math.min(to - from, 16)];
        for (int i = 0; i < lower.length; i++) {
            byte b = text[from + i];
            lower[i] = (char) (b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff);
        }
        return new String(lower);
    }

    /** What all fields of one tree share. */
    private static final class Tree {
        final FieldRules rules;
        final Map<String, FieldRule> configured;
        final Place place;
        int kept;

        Tree(FieldRules rules, Map<String, FieldRule> configured, Place place) {
            this.rules = rules;
            this.configured = configured;
            this.place = place;
        }
    }
}

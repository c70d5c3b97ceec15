package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.Evidence;
import dev.retake.privacy.rule.FieldRule;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sanitizes single values, which the walkers find: by the rule of their field, else by what their text shows. A
 * value that a rule drops is emptied, and a number made {@code null}: its field stays, so that the document stays valid.
 *
 * <p>It is the one place where rule, memory, detectors and nested text decide on a value, in that order, and long for it. An
 * instance serves one exchange after another; not thread-safe.
 */
public final class Leaves {
    private static final byte[] NONE = {};
    private static final int SHORTEST_NUMBER = 8;
    private static final int SHORTEST_NAME = 6;

    /** No detector finds fewer digits and dots that stand alone. */
    private static final int SHORTEST_DIGITS = 7;

    private final Fields fields;
    private final Learnt learnt;
    private final LeafMemory memory;
    private final CleanTexts clean;
    private final NestedDocuments nested;
    private final TokenClaims claims;
    private final TextWalker text;
    private final HitList hits = new HitList();
    private final FoundValues found = new FoundValues();
    private final Fragments fragments = new Fragments();
    private @Nullable Remainder remainder;
    private Replacer replacer;

    /** What the value that is walked stands in. */
    private Field current;

    private byte[] host = NONE;

    /** The text in which the detectors found nothing last. */
    private byte[] nothingIn = NONE;

    private int nothingFrom;
    private int nothingTo;

    /** Whether what becomes of the value that is walked depends on more than its field and text. */
    private boolean dependent;

    /**
     * @param fields kept between exchanges
     * @param nesting how many encodings inside one another are undone; what is nested deeper is replaced whole
     * @param nested walks the documents that values hold
     */
    public Leaves(
            Fields fields, Replacer replacer, Learnt learnt, LeafMemory memory, int nesting, NestedDocuments nested) {
        this(fields, replacer, learnt, memory, nesting, nested, new TokenClaims(fields, nesting, nested));
    }

    Leaves(
            Fields fields,
            Replacer replacer,
            Learnt learnt,
            LeafMemory memory,
            int nesting,
            NestedDocuments nested,
            TokenClaims claims) {
        this.nested = nested;
        this.claims = claims;
        this.fields = fields;
        this.replacer = replacer;
        this.current = fields.nameless();
        this.learnt = learnt;
        this.memory = memory;
        this.clean = memory.clean();
        this.text = new TextWalker(this, nesting);
    }

    /**
     * Begins with another exchange.
     *
     * @param deciding what decides from here on
     * @param ownHost the host that the exchange was addressed to, which URLs in it keep; empty where there is none
     */
    public void begin(Replacer deciding, String ownHost) {
        learnt.begin();
        found.clear();
        nothingIn = NONE;
        current = fields.nameless();
        memory.replacedBy(deciding);
        replacer = deciding;
        host = ownHost.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Has {@code deciding} say what stays of what no rule and no detector touches; all of it does without. */
    public void remainder(@Nullable Remainder deciding) {
        remainder = deciding;
    }

    /** Whether something decides on what no rule and no detector touches. */
    public boolean hasRemainder() {
        return remainder != null;
    }

    public Fields fields() {
        return fields;
    }

    /** Says in which field stands what is replaced next by its class alone. */
    public void standsIn(Field field) {
        current = field;
    }

    /** What was replaced in the exchange so far. */
    public FoundValues found() {
        return found;
    }

    public TextWalker text() {
        return text;
    }

    /** Walks documents that stand in values. */
    public NestedDocuments nested() {
        return nested;
    }

    /** Sanitizes a value that is written with {@code escaping} at {@code source[from, to)}. */
    public void value(Field field, byte[] source, int from, int to, Escaping escaping, int level, Edits edits) {
        boolean escaped = escaping != Escaping.NONE && Marks.mayHold(escaping, Marks.of(source, from, to));
        value(field, source, from, to, escaped, escaping, level, edits);
    }

    /**
     * The same for a value of which is known whether it holds what an escape begins with.
     *
     * @param escaped whether it does
     */
    public void value(
            Field field, byte[] source, int from, int to, boolean escaped, Escaping escaping, int level, Edits edits) {
        if (from == to) {
            return;
        }
        Field around = current;
        current = field;
        walk(field, source, from, to, escaped, escaping, level, edits);
        current = around;
    }

    private void walk(
            Field field, byte[] source, int from, int to, boolean escaped, Escaping escaping, int level, Edits edits) {
        if (field.rule() == null && !field.isVersion() && !escaped) {
            if (isFewDigits(source, from, to) || clean.holds(null, source, from, to)) {
                clean(source, from, to, edits);
                return;
            }
            if (TextWalker.isTime(source, from, to)) {
                leave(source, from, to, edits);
                return;
            }
            int marks = Marks.of(source, from, to);
            if (text.isPlain(source, from, to, marks)) {
                if (!detect(source, from, to, Syntax.PROSE, edits)) {
                    clean.add(null, source, from, to);
                }
                return;
            }
        }
        DecodedText decoded = escaped ? escaping.decode(source, from, to) : null;
        if (decoded != null) {
            dependent = true;
            Edits inner = new Edits();
            content(field, decoded.bytes(), 0, decoded.length(), level, inner);
            inner.into(edits, decoded, escaping, source);
        } else if (level == 0 && memory.isWorth(field, to - from) && !learnt.isApplied()) {
            remembered(field, source, from, to, escaping, edits);
        } else {
            encoded(field, source, from, to, escaping, level, edits);
        }
    }

    private void remembered(Field field, byte[] source, int from, int to, Escaping escaping, Edits edits) {
        if (clean.holds(field, source, from, to)) {
            clean(source, from, to, edits);
            return;
        }
        LeafMemory.Outcome known = memory.find(field, escaping, source, from, to);
        if (known != null) {
            known.apply(source, from, to, edits, learnt, found);
            return;
        }
        boolean around = dependent;
        dependent = false;
        nothingIn = NONE;
        int mark = edits.count();
        int learnings = learnt.learnings();
        int foundBefore = found.all().size();
        encoded(field, source, from, to, escaping, 0, edits);
        if (!dependent && edits.count() > mark) {
            memory.remember(
                    field, escaping, source, from, to, edits, mark, learnt.since(learnings), found.since(foundBefore));
        } else if (!dependent && nothingIn == source && nothingFrom == from && nothingTo == to) {
            clean.add(field, source, from, to);
        }
        dependent |= around;
    }

    private void encoded(Field field, byte[] source, int from, int to, Escaping escaping, int level, Edits edits) {
        int mark = edits.count();
        content(field, source, from, to, level, edits);
        for (int i = mark; escaping != Escaping.NONE && i < edits.count(); i++) {
            edits.encode(i, escaping, source);
        }
    }

    /** Sanitizes a value that is not escaped. */
    void content(Field field, byte[] source, int from, int to, int level, Edits edits) {
        FieldRule rule = field.rule();
        if (rule == null && field.isVersion() && isVersionNumber(source, from, to)) {
            leave(source, from, to, edits);
            return;
        }
        boolean done = rule != null
                && (structured(field, rule, source, from, to, level, edits)
                        || ruled(field, rule, source, from, to, level, edits)
                        || unwrapped(field, source, from, to, level, edits));
        if (!done) {
            text.walk(field, source, from, to, level, edits);
        }
    }

    /** Sanitizes the name of a field: an address as a key is one as well. */
    public void name(Field field, byte[] source, int from, int to, Escaping escaping, int level, Edits edits) {
        if (remainder != null && field.isNamedByTraffic()) {
            value(fields.nameless(), source, from, to, escaping, level, edits);
            return;
        }
        if (field.hasPlainName() && !learnt.isApplied()) {
            field.keepName(learnt);
            return;
        }
        if (to - from < SHORTEST_NAME) {
            return;
        }
        int mark = edits.count();
        value(fields.structure(), source, from, to, escaping, level, edits);
        if (edits.count() == mark && !learnt.isApplied()) {
            field.markPlainName();
        }
    }

    /** Sanitizes a number as JSON writes it, which stays a number. */
    public void number(Field field, byte[] source, int from, int to, Edits edits) {
        if (field.rule() == null && to - from < SHORTEST_NUMBER) {
            leaveNumber(field, source, from, to, edits);
            return;
        }
        String number = string(source, from, to);
        FieldRule rule = field.ruleFor(number);
        if (rule != null) {
            DataClass ruled = Detectors.refine(rule.dataClass(), number);
            if (number(rule.action(), ruled, from, to, number, edits)) {
                found.add(field, ruled, rule);
            }
            return;
        }
        hits.clear();
        Detectors.scan(source, from, to, hits);
        if (!hits.isEmpty()) {
            DataClass detected = hits.dataClass(0);
            if (number(Action.PSEUDONYMIZE, detected, from, to, number, edits)) {
                found.add(field, detected, null);
            }
        } else {
            leaveNumber(field, source, from, to, edits);
        }
    }

    private void leaveNumber(Field field, byte[] source, int from, int to, Edits edits) {
        int mark = edits.count();
        learnt.number(source, from, to, edits);
        Remainder deciding = remainder;
        if (deciding != null && edits.count() == mark && !deciding.keeps(field, source, from, to)) {
            number(Action.PSEUDONYMIZE, DataClass.OTHER, from, to, string(source, from, to), edits);
        }
    }

    private boolean number(Action action, DataClass dataClass, int from, int to, String number, Edits edits) {
        String replaced = replacer.applyNumber(action, dataClass, number);
        String written = replaced == null ? "null" : replaced;
        if (written.equals(number)) {
            return false;
        }
        edits.add(from, to, bytes(written));
        learnt.learn(dataClass, number, written);
        return true;
    }

    /**
     * Sanitizes a value of which the capture holds only the beginning: what its rule would replace goes whole, else the
     * last token goes, and with it what may belong to it.
     */
    public void cut(Field field, byte[] source, int from, int to, Escaping escaping, int level, Edits edits) {
        int kept = field.isRuled() ? from : Cut.safeEnd(source, from, to);
        value(field, source, from, kept, escaping, level, edits);
        if (kept < to) {
            edits.add(kept, to, new byte[0]);
        }
    }

    /** Replaces {@code source[from, to)}, which is known to be of {@code dataClass}. */
    public void replace(DataClass dataClass, byte[] source, int from, int to, Escaping escaping, Edits edits) {
        if (from == to) {
            return;
        }
        DecodedText decoded = escaping.decode(source, from, to);
        String value = decoded == null ? string(source, from, to) : string(decoded.bytes(), 0, decoded.length());
        String replaced = apply(Action.PSEUDONYMIZE, Detectors.refine(dataClass, value), value, null);
        if (!replaced.equals(value)) {
            edits.add(from, to, escaping.encode(bytes(replaced), source, from, to));
        }
    }

    /**
     * Replaces the values of known form in {@code source[from, to)}, which is plain text, and those learnt elsewhere.
     *
     * @return whether it has a value of known form
     */
    boolean detect(byte[] source, int from, int to, Syntax syntax, Edits edits) {
        HitList scanned = hits;
        scanned.clear();
        Detectors.scan(source, from, to, scanned);
        if (remainder != null) {
            fragments.begin(current, syntax, source, from, to, scanned.size() > 0);
        }
        int done = from;
        for (int i = 0; i < scanned.size(); i++) {
            int start = scanned.start(i);
            int end = scanned.end(i);
            if (syntax == Syntax.CODE && isExpression(source, from, start, end, scanned.dataClass(i))) {
                continue;
            }
            if (scanned.dataClass(i) == DataClass.PERSON_NAME && current.namesThing()) {
                continue;
            }
            left(source, done, start, edits);
            String value = string(source, start, end);
            String replaced = decide(Action.PSEUDONYMIZE, scanned.dataClass(i), value);
            if (remainder != null && value.equals(replaced)) {
                left(source, start, end, edits);
            } else if (replaced == null || !replaced.equals(value)) {
                found.add(current, scanned.dataClass(i), null);
                edits.add(start, end, replaced == null ? new byte[0] : bytes(replaced));
            }
            done = end;
        }
        left(source, done, to, edits);
        if (!scanned.isEmpty()) {
            return true;
        }
        nothingIn = source;
        nothingFrom = from;
        nothingTo = to;
        return false;
    }

    /** What stands in place of {@code text}, a token of the message's form such as a boundary; itself where it stays. */
    public byte[] word(byte[] text) {
        Remainder deciding = remainder;
        if (deciding == null || deciding.keeps(fields.nameless(), text, 0, text.length)) {
            return text;
        }
        byte[] replaced = Fragments.replaced(replacer, text, 0, text.length);
        return replaced == null ? text : replaced;
    }

    /** Walks text of which it is known that no detector finds anything in it. */
    private void clean(byte[] source, int from, int to, Edits edits) {
        if (remainder == null) {
            learnt.find(source, from, to, edits);
        } else {
            leave(source, from, to, edits);
        }
    }

    /** Leaves text that detectors need not look at to the policy. */
    void leave(byte[] source, int from, int to, Edits edits) {
        if (remainder != null) {
            fragments.begin(current, Syntax.PROSE, source, from, to, false);
            left(source, from, to, edits);
        }
    }

    /** Replaces values that were learnt elsewhere, and what the policy does not keep of the rest. */
    private void left(byte[] source, int from, int to, Edits edits) {
        Remainder deciding = remainder;
        int mark = edits.count();
        learnt.find(source, from, to, edits);
        if (deciding == null || current == fields.structure()) {
            return;
        }
        dependent = true;
        int learntTo = edits.count();
        int done = from;
        for (int i = mark; i < learntTo; i++) {
            unlisted(deciding, source, done, edits.from(i), edits);
            done = edits.to(i);
        }
        unlisted(deciding, source, done, to, edits);
    }

    private void unlisted(Remainder deciding, byte[] source, int from, int to, Edits edits) {
        for (int at = from; at < to; ) {
            int end = fragments.end(source, at, to);
            if (!fragments.isStructure(source, at, end) && !deciding.keeps(current, source, at, end)) {
                byte[] replaced = Fragments.replaced(replacer, source, at, end);
                if (replaced != null) {
                    edits.add(at, end, replaced);
                }
            }
            at = end;
        }
    }

    /** Whether what a program assigns to a secret's name is an expression that computes the secret. */
    private static boolean isExpression(byte[] source, int from, int start, int end, DataClass dataClass) {
        if (dataClass != DataClass.PASSWORD && dataClass != DataClass.SECRET) {
            return false;
        }
        int before = start - 1;
        while (before >= from && source[before] == ' ') {
            before--;
        }
        boolean assigned = before >= from && (source[before] == '=' || source[before] == ':');
        boolean computed = false;
        for (int i = start; i < end; i++) {
            byte b = source[i];
            computed |= b == '.' || b == '(' || b == '[';
            assigned &= isWord(b) || b == '.' || b == '(' || b == ')' || b == '[' || b == ']' || b == '_' || b == '$';
        }
        return assigned && computed;
    }

    /** Whether {@code source[from, to)} is a value of {@code dataClass} by its form, as a whole. */
    boolean isWhole(DataClass dataClass, byte[] source, int from, int to) {
        hits.clear();
        Detectors.scan(source, from, to, hits);
        return hits.size() == 1 && hits.dataClass(0) == dataClass && hits.start(0) == from && hits.end(0) == to;
    }

    /** Sanitizes the host and port of a URI. */
    void host(byte[] source, int from, int to, int level, Edits edits) {
        dependent = true;
        boolean own = to - from == host.length;
        for (int i = 0; own && i < host.length; i++) {
            own = lower(source[from + i]) == lower(host[i]);
        }
        String name = string(source, from, to);
        boolean kept = remainder == null
                ? own || name.startsWith("localhost") || name.startsWith("127.") || name.startsWith("[::1]")
                : Structure.isLoopback(name);
        if (!kept) {
            value(fields.nameless(), source, from, to, Escaping.PERCENT, level, edits);
        }
    }

    /** Replaces the whole of {@code source[from, to)}, whose content cannot be looked at, or is nested too deep for it. */
    public void opaque(byte[] source, int from, int to, Edits edits) {
        String value = string(source, from, to);
        edits.add(from, to, bytes(apply(Action.PSEUDONYMIZE, DataClass.SECRET, value, null)));
    }

    private boolean ruled(Field field, FieldRule first, byte[] source, int from, int to, int level, Edits edits) {
        if (first.action() == Action.PSEUDONYMIZE
                && first.dataClass() == DataClass.SECRET
                && Credentials.walk(this, source, from, to, level, edits)) {
            return true;
        }
        String value = string(source, from, to);
        FieldRule rule = field.ruleFor(value);
        if (rule == null || isOfDigits(rule.evidence()) && value.indexOf('%') >= 0) {
            return false;
        }
        boolean replaced = rule.action() == Action.PSEUDONYMIZE;
        if (rule.action() == Action.KEEP) {
            return true;
        }
        DataClass dataClass = Detectors.refine(rule.dataClass(), value);
        if (replaced && severalOf(dataClass, source, from, to, edits)) {
            return true;
        }
        String written = apply(rule.action(), dataClass, value, rule);
        if (!written.equals(value)) {
            edits.add(from, to, bytes(written));
        }
        return true;
    }

    private static boolean isOfDigits(Evidence evidence) {
        return evidence == Evidence.DIGITS || evidence == Evidence.DATE;
    }

    /** Takes an encoding off a value that is not what its field's rule asks for: a date in base64 is still a date. */
    private boolean unwrapped(Field field, byte[] source, int from, int to, int level, Edits edits) {
        int mark = edits.count();
        int marks = Marks.of(source, from, to);
        if (level >= text.nesting()) {
            return false;
        }
        if ((marks & Marks.PERCENT) != 0) {
            DecodedText decoded = Escaping.PERCENT.decode(source, from, to);
            if (decoded != null) {
                Edits inner = new Edits();
                content(field, decoded.bytes(), 0, decoded.length(), level + 1, inner);
                inner.into(edits, decoded, Escaping.PERCENT, source);
            }
        } else if ((marks & Marks.OTHER) == 0 && to - from >= TextWalker.SHORTEST_BASE64) {
            Base64Text decoded = Base64Text.decode(source, from, to);
            if (decoded != null && decoded.isText()) {
                Edits inner = new Edits();
                content(field, decoded.bytes(), 0, decoded.bytes().length, level + 1, inner);
                if (!inner.isEmpty()) {
                    edits.add(from, to, decoded.encode(inner.apply(decoded.bytes(), 0, decoded.bytes().length)));
                }
            }
        }
        return edits.count() > mark;
    }

    /**
     * Takes a list of addresses, or one with a name beside it, for its parts: each then has the surrogate that it has
     * elsewhere.
     */
    private boolean severalOf(DataClass dataClass, byte[] source, int from, int to, Edits edits) {
        boolean detectable = switch (dataClass) {
            case EMAIL, PHONE, IPV4, IPV6, PERSON_NAME, USERNAME -> true;
            default -> false;
        };
        if (!detectable) {
            return false;
        }
        hits.clear();
        Detectors.scan(source, from, to, hits);
        if (hits.isEmpty() || hits.start(0) == from && hits.end(0) == to) {
            return false;
        }
        int[] bounds = new int[2 * hits.size() + 2];
        bounds[0] = from;
        for (int i = 0; i < hits.size(); i++) {
            bounds[2 * i + 1] = hits.start(i);
            bounds[2 * i + 2] = hits.end(i);
        }
        bounds[bounds.length - 1] = to;
        DataClass besides = dataClass == DataClass.EMAIL ? DataClass.PERSON_NAME : dataClass;
        for (int i = 0; i + 1 < bounds.length; i++) {
            if (i % 2 == 1) {
                detect(source, bounds[i], bounds[i + 1], Syntax.PROSE, edits);
            } else {
                int start = bounds[i];
                int end = bounds[i + 1];
                while (start < end && !isWord(source[start])) {
                    start++;
                }
                while (start < end && !isWord(source[end - 1])) {
                    end--;
                }
                replace(besides, source, start, end, Escaping.NONE, edits);
            }
        }
        return true;
    }

    private String apply(Action action, DataClass dataClass, String value, @Nullable FieldRule rule) {
        String replaced = decide(action, dataClass, value);
        if (remainder != null && action == Action.PSEUDONYMIZE && value.equals(replaced)) {
            replaced = unrecognized(value);
        }
        String written = replaced == null ? "" : replaced;
        if (!written.equals(value)) {
            found.add(current, dataClass, rule);
            learnt.learn(dataClass, value, written);
        }
        return written;
    }

    /** What a policy makes of a value that is taken for a surrogate: anybody can write one. */
    private @Nullable String unrecognized(String value) {
        Remainder deciding = remainder;
        byte[] text = bytes(value);
        dependent = true;
        boolean kept = deciding == null || deciding.keeps(current, text, 0, text.length);
        return kept ? value : replacer.apply(Action.PSEUDONYMIZE, DataClass.OTHER, value);
    }

    private @Nullable String decide(Action action, DataClass dataClass, String value) {
        return dataClass == DataClass.JWT && action == Action.PSEUDONYMIZE
                ? replacer.applyToken(value, json -> claims.sanitize(json, replacer, remainder))
                : replacer.apply(action, dataClass, value);
    }

    /** Walks a value that is a JSON object or array in itself: its members say more than the field that it stands in. */
    private boolean structured(Field field, FieldRule rule, byte[] source, int from, int to, int level, Edits edits) {
        boolean bracketed = to - from >= 2
                && (source[from] == '{' && source[to - 1] == '}' || source[from] == '[' && source[to - 1] == ']');
        if (!bracketed || !field.isJson() || rule.dataClass() == DataClass.PASSWORD) {
            return false;
        }
        Edits inner = new Edits();
        if (nested.json(this, field, source, from, to, level + 1, inner) < to) {
            return false;
        }
        inner.into(edits);
        return true;
    }

    private static boolean isVersionNumber(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] != '.' && (source[i] < '0' || source[i] > '9')) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is too short a number for any detector, of those that nothing stands beside: an amount, a key of a row. */
    private static boolean isFewDigits(byte[] source, int from, int to) {
        if (to - from >= SHORTEST_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((source[i] < '0' || source[i] > '9') && source[i] != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(byte b) {
        return b < 0 || lower(b) >= 'a' && lower(b) <= 'z' || b >= '0' && b <= '9';
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static String string(byte[] source, int from, int to) {
        return new String(source, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.retake.privacy.inventory;

import dev.retake.privacy.policy.ValueKind;
import dev.retake.privacy.rule.FieldRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What to allow, by what the inventory of a journal says that was recorded under {@code deny} or {@code crowd}: fields whose
 * values many sessions share, those of fewest values first. A field of which each session has values of its own is listed
 * with that reason. It knows averages: that most values are shared does not say that none is somebody's alone, so a person
 * reviews it.
 */
public final class AllowProposal {
    /** So many sessions must have had a value on the average, before it is taken for the API's own. */
    private static final double SHARED_BY = 3;

    private static final long MOST_DISTINCT = 5_000;
    private static final Set<String> NO_ONE_FIELD = Set.of("text", "path", "path:*", "body:/", "form:", "query:");

    private AllowProposal() {}

    /** What becomes of a field in the proposal. */
    public enum Advice {
        /** It is to be allowed. */
        ALLOW,
        /** It stays already: a pack or the policy keeps all of it. */
        KEPT,
        /** It is not to be allowed. */
        LEAVE
    }

    /**
     * One field, of all operations that have it.
     *
     * @param location {@code query:page}
     * @param operations those that have it, in alphabetical order
     * @param values how many there were
     * @param distinct about how many different ones
     * @param sessions about how many sessions had any
     * @param sessionsEach in how many sessions a value was on the average, about
     * @param kinds labels of what its values look like
     * @param reason why it is not to be allowed, a clause; empty where it is
     */
    public record Item(
            String location,
            List<String> operations,
            long values,
            long distinct,
            long sessions,
            double sessionsEach,
            List<String> kinds,
            Advice advice,
            String reason) {
        public Item {
            operations = List.copyOf(operations);
            kinds = List.copyOf(kinds);
        }
    }

    /** What to do with each of {@code fields}: those to allow first, those of few values before others. */
    public static List<Item> of(List<OpenField> fields) {
        Map<String, OpenField> byLocation = new TreeMap<>();
        Map<String, TreeSet<String>> operations = new TreeMap<>();
        for (OpenField field : fields) {
            OpenField known = byLocation.get(field.location());
            if (known == null) {
                byLocation.put(field.location(), field.as("", field.location()));
            } else {
                known.merge(field);
            }
            operations.computeIfAbsent(field.location(), l -> new TreeSet<>()).add(field.operation());
        }
        List<Item> items = new ArrayList<>();
        byLocation.forEach((location, field) ->
                items.add(item(field, List.copyOf(operations.getOrDefault(location, new TreeSet<>())))));
        items.sort(Comparator.comparing(Item::advice)
                .thenComparingLong(Item::distinct)
                .thenComparing(Item::location));
        return items;
    }

    private static Item item(OpenField field, List<String> operations) {
        long distinct = Math.max(1, field.distinct().estimate());
        long sessions = Math.max(1, field.sessions().estimate());
        double each = (double) field.inSessions().estimate() / distinct;
        String reason = reason(field, distinct, sessions, each);
        Advice advice = field.kept() == field.values() ? Advice.KEPT : reason.isEmpty() ? Advice.ALLOW : Advice.LEAVE;
        return new Item(
                field.location(),
                operations,
                field.values(),
                distinct,
                sessions,
                Math.round(each * 10) / 10.0,
                field.kinds().stream().map(ValueKind::label).toList(),
                advice,
                advice == Advice.KEPT ? "" : reason);
    }

    private static String reason(OpenField field, long distinct, long sessions, double each) {
        String location = field.location();
        if (NO_ONE_FIELD.contains(location)) {
            return "it is no one field";
        }
        if (FieldRules.speaksOfPerson(location)) {
            return "its name speaks of a person";
        }
        if (field.kinds().contains(ValueKind.MOMENT)) {
            return "it has dates or times, which are others tomorrow";
        }
        if (each >= SHARED_BY && distinct <= MOST_DISTINCT) {
            return "";
        }
        if (sessions < SHARED_BY) {
            return "too few sessions have had it to tell";
        }
        return distinct > MOST_DISTINCT
                ? "it has very many values"
                : "a value is in " + (each < 1.5 ? "one session" : "few sessions") + " on the average";
    }
}

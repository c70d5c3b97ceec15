package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.ChangeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups symptoms by cause: those of one kind in one place of an operation, then places that show the same value of the
 * same thing, then what only followed from a request that failed earlier in the session.
 */
public final class Causes {
    private Causes() {}

    /**
     * The causes.
     *
     * @param symptoms in the order of the run
     * @param failures steps that failed where the recording succeeded
     */
    public static List<Cause> of(List<Symptom> symptoms, List<Failure> failures) {
        List<Cause> causes = ListTotals.fold(merge(byPlace(symptoms)));
        return followUps(causes, failures);
    }

    private static List<Cause> byPlace(List<Symptom> symptoms) {
        Map<String, Cause> causes = new LinkedHashMap<>();
        Set<String> newNames = new HashSet<>();
        symptoms.stream().map(Symptom::placeOfNewName).filter(Objects::nonNull).forEach(newNames::add);
        for (Symptom symptom : symptoms) {
            if (symptom.change().kind() == ChangeKind.ADDED && newNames.contains(symptom.place())) {
                continue;
            }
            String key = symptom.change().kind() + " " + symptom.place() + " " + symptom.happening();
            causes.computeIfAbsent(key, place -> new Cause(symptom.change().kind()))
                    .add(symptom);
        }
        return new ArrayList<>(causes.values());
    }

    private static List<Cause> merge(List<Cause> causes) {
        int[] parent = new int[causes.size()];
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < causes.size(); i++) {
            parent[i] = i;
            for (Symptom symptom : causes.get(i).symptoms()) {
                String trace = symptom.trace();
                if (trace != null) {
                    Integer other = first.putIfAbsent(causes.get(i).kind() + " " + trace, i);
                    if (other != null) {
                        parent[root(parent, i)] = root(parent, other);
                    }
                }
            }
        }
        Map<Integer, Cause> merged = new LinkedHashMap<>();
        for (int i = 0; i < causes.size(); i++) {
            Cause cause = causes.get(i);
            Cause whole = merged.putIfAbsent(root(parent, i), cause);
            if (whole != null) {
                whole.addAll(cause);
            }
        }
        return new ArrayList<>(merged.values());
    }

    private static int root(int[] parent, int of) {
        int at = of;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /**
     * A step that failed on the target and not in the recording.
     *
     * @param writes the method was no safe one, so that later answers depend on it
     * @param signsIn it was to give the session its credentials
     */
    public record Failure(int step, String session, String operation, boolean writes, boolean signsIn) {}

    /** A cause that shows only behind failures of another is no cause of its own. */
    private static List<Cause> followUps(List<Cause> causes, List<Failure> failures) {
        Map<String, List<Failure>> bySession = new HashMap<>();
        failures.forEach(failure -> bySession
                .computeIfAbsent(failure.session(), key -> new ArrayList<>())
                .add(failure));
        Map<Integer, Cause> causeOfFailure = new HashMap<>();
        for (Cause cause : causes) {
            for (Failure failure : failures) {
                if (cause.steps().contains(failure.step())) {
                    causeOfFailure.putIfAbsent(failure.step(), cause);
                }
            }
        }
        List<Cause> independent = new ArrayList<>();
        List<Cause> ordered = new ArrayList<>(causes);
        ordered.sort(Comparator.comparingInt(cause -> cause.symptoms().get(0).step()));
        for (Cause cause : ordered) {
            Cause first = firstCause(cause, bySession, causeOfFailure);
            if (first == null) {
                independent.add(cause);
            } else {
                first.follow(cause.steps());
                first.follow(cause.followUps());
            }
        }
        return independent;
    }

    private static @Nullable Cause firstCause(
            Cause cause, Map<String, List<Failure>> bySession, Map<Integer, Cause> causeOfFailure) {
        Set<Cause> found = new HashSet<>();
        for (Symptom symptom : cause.symptoms()) {
            Cause because = null;
            for (Failure failure : bySession.getOrDefault(symptom.session(), List.of())) {
                if (because == null && failure.step() < symptom.step() && Follows.from(failure, symptom)) {
                    because = causeOfFailure.get(failure.step());
                }
            }
            if (because == null || because.steps().equals(cause.steps())) {
                return null;
            }
            found.add(because);
        }
        found.remove(cause);
        return found.size() == 1 ? found.iterator().next() : null;
    }
}

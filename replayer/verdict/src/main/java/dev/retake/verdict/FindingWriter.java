package dev.retake.verdict;

import dev.retake.common.exchange.Request;
import dev.retake.verdict.Finding.Kind;
import dev.retake.verdict.Finding.Severity;
import dev.retake.verdict.baseline.Baseline;
import dev.retake.verdict.cluster.Cause;
import dev.retake.verdict.cluster.Curl;
import dev.retake.verdict.cluster.Exposure;
import dev.retake.verdict.cluster.Symptom;
import dev.retake.verdict.diff.Change;
import dev.retake.verdict.tree.BodyPair;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes causes down as findings: with an id that lasts, an example that is masked, and what the baseline says. */
final class FindingWriter {
    private static final String HEADER = "header:";
    private static final int LONGEST_EXAMPLE = 200;

    private final VerdictSettings settings;
    private final List<StepOutcome> steps;
    private final Function<StepFacts, String> operation;
    private final Map<String, Integer> lengths = new HashMap<>();

    FindingWriter(VerdictSettings settings, List<StepOutcome> steps, Function<StepFacts, String> operation) {
        this.settings = settings;
        this.steps = steps;
        this.operation = operation;
        steps.forEach(step -> lengths.merge(step.facts().session(), 1, Integer::sum));
    }

    /**
     * A finding and where it shows.
     *
     * @param steps positions of the steps that show it
     * @param followUps positions of steps that differ because of those
     */
    record Written(Finding finding, Set<Integer> steps, Set<Integer> followUps) {}

    Written write(Cause cause) {
        List<String> sessions = shortestFirst(cause.sessions());
        String main = cause.operations().get(0);
        Symptom example = cause.symptoms().stream()
                .min(Comparator.comparing((Symptom one) -> !one.operation().equals(main))
                        .thenComparing(one -> !one.change().location().equals(cause.location()))
                        .thenComparing(one -> one.change().sayable().isEmpty()
                                && one.objection().isEmpty())
                        .thenComparing(one -> lengths.getOrDefault(one.session(), 0))
                        .thenComparing(Symptom::step))
                .orElseThrow();
        String exposed = cause.symptoms().stream()
                .map(symptom -> Exposure.location(symptom.change()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Kind kind = exposed == null ? Explanation.kind(example.change()) : Kind.EXPOSURE;
        String location = exposed == null ? cause.location() : exposed;
        Set<String> places = exposed == null ? cause.places() : Set.of(main + " " + exposed);
        String happening = exposed == null ? cause.happening() : cause.kind().name();
        Change change = example.change();
        StepOutcome step = steps.get(example.step());
        Request sent = step instanceof StepOutcome.Compared compared ? compared.sent() : null;
        return new Written(
                new Finding(
                        id(kind, places, happening),
                        kind,
                        main,
                        cause.operations(),
                        location,
                        Explanation.severity(kind, change),
                        cause.steps().size(),
                        sessions,
                        new Finding.Example(
                                step.facts().exchange(),
                                json(change.before()),
                                maskedJson(change.after(), location),
                                sent == null ? "" : curl(sent)),
                        Explanation.sentence(kind, main, location, example),
                        status(kind, places, happening)),
                cause.steps(),
                cause.followUps());
    }

    /** Steps that got no response, by what happened to the connection. */
    List<Written> transport() {
        Map<TransportError.Kind, Set<Integer>> byKind = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof StepOutcome.Failed failed) {
                byKind.computeIfAbsent(failed.error().kind(), kind -> new TreeSet<>())
                        .add(i);
            }
        }
        List<Written> written = new ArrayList<>();
        byKind.forEach((kind, all) -> {
            Set<Integer> failures = steady(all);
            if (failures.isEmpty()) {
                return;
            }
            int first = failures.iterator().next();
            StepOutcome.Failed failed = (StepOutcome.Failed) steps.get(first);
            written.add(write(
                    Kind.TRANSPORT,
                    "status",
                    Severity.CRITICAL,
                    failures,
                    new Finding.Example(
                            failed.facts().exchange(),
                            Integer.toString(failed.facts().recordedStatus()),
                            null,
                            curl(failed.sent())),
                    failed.error().sentence(),
                    kind.name()));
        });
        return written;
    }

    /**
     * Failures that are the operation's own: it failed more often than it was answered. What fails now and then is the
     * connection's or the environment's, and so is what failed once and was not asked again in such a run.
     */
    private Set<Integer> steady(Set<Integer> failures) {
        Map<String, Integer> failed = new HashMap<>();
        Map<String, Integer> answered = new HashMap<>();
        failures.forEach(step -> failed.merge(operation.apply(steps.get(step).facts()), 1, Integer::sum));
        steps.forEach(step -> {
            if (step instanceof StepOutcome.Compared) {
                answered.merge(operation.apply(step.facts()), 1, Integer::sum);
            }
        });
        boolean nowAndThen =
                failed.entrySet().stream().anyMatch(one -> answered.getOrDefault(one.getKey(), 0) >= one.getValue());
        Set<Integer> steady = new TreeSet<>();
        for (int step : failures) {
            String name = operation.apply(steps.get(step).facts());
            int times = failed.getOrDefault(name, 0);
            if (answered.getOrDefault(name, 0) < times && !(nowAndThen && times == 1)) {
                steady.add(step);
            }
        }
        return steady;
    }

    /** How many exchanges failed that no finding is about. */
    int unsteady(List<Written> written) {
        Set<Integer> named = new HashSet<>();
        written.forEach(one -> named.addAll(one.steps()));
        int count = 0;
        for (int i = 0; i < steps.size(); i++) {
            count += steps.get(i) instanceof StepOutcome.Failed && !named.contains(i) ? 1 : 0;
        }
        return count;
    }

    /** A finding about steps as a whole. */
    Written write(
            Kind kind,
            String location,
            Severity severity,
            Set<Integer> at,
            Finding.Example example,
            String explanation,
            String detail) {
        Map<String, Integer> counts = new TreeMap<>();
        Set<String> sessions = new LinkedHashSet<>();
        for (int step : at) {
            counts.merge(operation.apply(steps.get(step).facts()), 1, Integer::sum);
            sessions.add(steps.get(step).facts().session());
        }
        List<String> operations = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Set<String> places = new TreeSet<>();
        operations.forEach(name -> places.add(name + " " + location));
        Finding finding = new Finding(
                id(kind, places, detail),
                kind,
                operations.get(0),
                operations,
                location,
                severity,
                at.size(),
                shortestFirst(sessions),
                example,
                explanation,
                status(kind, places, detail));
        return new Written(finding, at, Set.of());
    }

    String curl(Request sent) {
        return Curl.of(sent, settings.target(), this::masked);
    }

    private String masked(String text) {
        String json = settings.mask().apply(JsonText.of(new Tree.Text(text)));
        return BodyPair.embedded("[" + json + "]") instanceof Tree.Arr array
                        && array.items().get(0) instanceof Tree.Text masked
                ? masked.value()
                : "";
    }

    /** JSON text of at most 200 characters. */
    private static @Nullable String json(@Nullable Tree value) {
        return value == null ? null : shortened(JsonText.of(value));
    }

    /** The same of a value of the target: masked where it stands, since its field's name tells what it is. */
    private @Nullable String maskedJson(@Nullable Tree value, String location) {
        if (value == null) {
            return null;
        }
        Tree placed = value;
        List<String> names = names(location);
        for (int i = names.size() - 1; i >= 0; i--) {
            placed = new Tree.Obj(Map.of(names.get(i), placed));
        }
        Tree masked = BodyPair.embedded("[" + settings.mask().apply(JsonText.of(placed)) + "]");
        Tree taken = masked instanceof Tree.Arr array && array.items().size() == 1
                ? array.items().get(0)
                : new Tree.Null();
        for (int i = 0; i < names.size() && taken instanceof Tree.Obj object; i++) {
            taken = object.fields().isEmpty()
                    ? new Tree.Null()
                    : object.fields().values().iterator().next();
        }
        return shortened(JsonText.of(taken));
    }

    /** Names of the fields on the way to {@code location}, the outermost first; none for a place without a name. */
    private static List<String> names(String location) {
        if (location.startsWith(HEADER)) {
            return List.of(location.substring(HEADER.length()));
        }
        return location.startsWith("/")
                ? Arrays.stream(location.substring(1).split("/"))
                        .filter(name -> !name.isEmpty() && !name.equals("*"))
                        .map(name -> name.replace("~1", "/").replace("~0", "~"))
                        .toList()
                : List.of();
    }

    private static String shortened(String json) {
        return json.length() <= LONGEST_EXAMPLE ? json : json.substring(0, LONGEST_EXAMPLE - 1) + "…";
    }

    private List<String> shortestFirst(Collection<String> sessions) {
        return sessions.stream()
                .sorted(Comparator.comparingInt((String id) -> lengths.getOrDefault(id, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The same cause has the same id as long as the first of its places does. */
    private static String id(Kind kind, Set<String> places, String happening) {
        return idOf(kind, places.stream().min(Comparator.naturalOrder()).orElseThrow(), happening);
    }

    private static String idOf(Kind kind, String place, String happening) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((kind.text() + "\n" + place + "\n" + happening).getBytes(StandardCharsets.UTF_8));
            String prefix = kind == Kind.LATENCY ? Latency.PREFIX : "";
            return prefix + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    private Finding.Status status(Kind kind, Set<String> places, String happening) {
        boolean known = places.stream().anyMatch(place -> settings.baseline().accepts(idOf(kind, place, happening)));
        return known ? Finding.Status.KNOWN : Finding.Status.NEW;
    }

    /** Accepted findings that no longer show though their operation was compared. */
    List<Finding> fixed(List<Finding> shown) {
        Set<String> showing = new HashSet<>();
        shown.forEach(finding -> finding.operations()
                .forEach(name -> showing.add(finding.kind().text() + " " + name + " " + finding.location())));
        Set<String> ids = new HashSet<>();
        shown.forEach(finding -> ids.add(finding.id()));
        Set<String> compared = new HashSet<>();
        for (StepOutcome step : steps) {
            if (step instanceof StepOutcome.Compared) {
                compared.add(operation.apply(step.facts()));
            }
        }
        List<Finding> fixed = new ArrayList<>();
        for (Baseline.Accepted accepted : settings.baseline().accepted()) {
            String place = accepted.kind() + " " + accepted.operation() + " " + accepted.location();
            Kind kind = Explanation.kind(accepted.kind());
            if (kind != null
                    && !ids.contains(accepted.id())
                    && !showing.contains(place)
                    && compared.contains(accepted.operation())) {
                fixed.add(new Finding(
                        accepted.id(),
                        kind,
                        accepted.operation(),
                        List.of(accepted.operation()),
                        accepted.location(),
                        Severity.INFO,
                        0,
                        List.of(),
                        new Finding.Example("", null, null, ""),
                        "This accepted finding no longer shows; take it out of the baseline.",
                        Finding.Status.FIXED));
            }
        }
        return fixed;
    }

    static List<Finding> sorted(List<Written> written) {
        return written.stream()
                .map(Written::finding)
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Comparator.comparingInt(Finding::count).reversed())
                        .thenComparing(Finding::operation)
                        .thenComparing(Finding::location)
                        .thenComparing(Finding::kind)
                        .thenComparing(Finding::id))
                .toList();
    }
}

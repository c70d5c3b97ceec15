package dev.retake.verdict;

import dev.retake.verdict.RunResult.Counts;
import dev.retake.verdict.RunResult.Outcome;
import dev.retake.verdict.RunResult.SessionResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import dev.retake.verdict.cluster.Cause;
import dev.retake.verdict.cluster.Causes;
import dev.retake.verdict.cluster.Dependents;
import dev.retake.verdict.cluster.OperationNames;
import dev.retake.verdict.cluster.Symptom;
import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.diff.FieldHistory;
import dev.retake.verdict.noise.RecordedNoise;
import dev.retake.verdict.renaming.Clocks;
import dev.retake.verdict.renaming.Explainer;
import dev.retake.verdict.renaming.SessionNames;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was reported of a whole run into its result: explains differences, groups the rest by cause, and counts.
 * For one use by one thread.
 */
final class Judgement {
    private final VerdictSettings settings;
    private final Verdict.Ending ending;
    private final Map<String, SessionView> sessions;
    private final List<StepOutcome> steps = new ArrayList<>();
    private final OperationNames names;
    private final Explainer explainer;
    private final Map<String, String> ignored = new HashMap<>();
    private int unsteady;
    private final Set<Integer> blocked = new TreeSet<>();
    private final Map<String, Map<String, Integer>> notDone = new TreeMap<>();

    Judgement(
            VerdictSettings settings,
            FieldHistory history,
            RecordedNoise noise,
            Map<String, SessionView> sessions,
            Verdict.Ending ending) {
        this.settings = settings;
        this.sessions = sessions;
        this.ending = ending;
        sessions.values().forEach(session -> steps.addAll(session.outcomes().values()));
        names = OperationNames.of(
                steps.stream().map(step -> step.facts().seen()).toList());
        explainer = new Explainer(history, noise, clocks());
    }

    private Clocks clocks() {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (StepOutcome step : steps) {
            from = Math.min(from, step.facts().acceptedMillis());
            to = Math.max(
                    to,
                    step.facts().acceptedMillis()
                            + (long) Math.max(0, step.facts().recordedMillis()));
        }
        return new Clocks(
                from,
                to,
                ending.run().started().toEpochMilli(),
                ending.run().ended().toEpochMilli());
    }

    private String operation(StepFacts facts) {
        return names.name(facts.method(), facts.path());
    }

    RunResult result() {
        List<Causes.Failure> failures = new ArrayList<>();
        List<Symptom> symptoms = symptoms(failures);
        List<Cause> causes = Causes.of(symptoms, failures);
        FindingWriter writer = new FindingWriter(settings, steps, this::operation);
        List<FindingWriter.Written> written = new ArrayList<>();
        causes.forEach(cause -> written.add(writer.write(cause)));
        List<FindingWriter.Written> transport = writer.transport();
        written.addAll(transport);
        unsteady = writer.unsteady(transport);
        written.addAll(Latency.findings(writer, settings, steps, this::operation));
        List<Finding> findings = new ArrayList<>(FindingWriter.sorted(written));
        Map<Integer, Set<String>> idsByStep = new HashMap<>();
        Map<Integer, Set<String>> whyByStep = new HashMap<>();
        for (FindingWriter.Written one : written) {
            for (int step : one.steps()) {
                idsByStep
                        .computeIfAbsent(step, key -> new LinkedHashSet<>())
                        .add(one.finding().id());
                String why = one.finding().kind().text() + " at "
                        + one.finding().location() + ": " + one.finding().explanation();
                whyByStep.computeIfAbsent(step, key -> new LinkedHashSet<>()).add(why);
            }
            for (int step : one.followUps()) {
                idsByStep
                        .computeIfAbsent(step, key -> new LinkedHashSet<>())
                        .add(one.finding().id());
                String why = "Follows from an earlier step of the session: "
                        + one.finding().explanation();
                whyByStep.computeIfAbsent(step, key -> new LinkedHashSet<>()).add(why);
            }
        }
        Map<StepStatus, Integer> counts = new EnumMap<>(StepStatus.class);
        Map<String, Integer> skippedBy = new TreeMap<>();
        List<SessionResult> results = results(idsByStep, whyByStep, counts, skippedBy);
        findings.addAll(writer.fixed(findings));
        return new RunResult(
                ending.run(),
                outcome(counts, findings),
                reason(counts),
                counts(counts),
                skippedBy,
                List.copyOf(findings),
                List.copyOf(ending.bindings()),
                ending.lag(),
                results,
                notes(counts, findings));
    }

    /** Differences that nothing explains, in the order of the run; notes what failed where the recording did not. */
    private List<Symptom> symptoms(List<Causes.Failure> failures) {
        for (StepOutcome step : steps) {
            if (step instanceof StepOutcome.Compared compared) {
                for (StepOutcome.Difference one : compared.differences()) {
                    explainer.learn(step.facts().session(), step.facts().look(), one.change());
                }
            }
        }
        List<Symptom> symptoms = new ArrayList<>();
        Map<Integer, Boolean> dependents = new HashMap<>();
        Set<Integer> signedOut = new TreeSet<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof StepOutcome.Compared compared) {
                for (StepOutcome.Difference one : compared.differences()) {
                    Symptom symptom = symptom(i, compared.facts(), one);
                    if (symptom != null) {
                        symptoms.add(symptom);
                    }
                }
                if (compared.dependence() != null) {
                    dependents.put(i, compared.dependence().state());
                    if (compared.dependence().signIn()) {
                        signedOut.add(i);
                    }
                }
            }
        }
        Set<Symptom> excused = Dependents.excused(symptoms, dependents, signedOut);
        symptoms.removeIf(excused::contains);
        excused.forEach(symptom -> blocked.add(symptom.step()));
        Set<Integer> failed = new TreeSet<>();
        for (Symptom symptom : symptoms) {
            if (becameAnError(steps.get(symptom.step()).facts(), symptom.change())) {
                failed.add(symptom.step());
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            if (failed.contains(i) || steps.get(i) instanceof StepOutcome.Failed) {
                failures.add(failure(i, steps.get(i).facts()));
            }
        }
        return symptoms;
    }

    private @Nullable Symptom symptom(int step, StepFacts facts, StepOutcome.Difference difference) {
        Change change = difference.change();
        SessionNames shown =
                Objects.requireNonNull(sessions.get(facts.session())).names();
        Explainer.Objection objection = explainer.judge(facts.look(), change, shown);
        if (objection == null && !difference.objection().isEmpty() && !explainer.isNoise(facts.look(), change)) {
            objection = new Explainer.Objection(difference.objection());
        }
        if (objection == null) {
            return null;
        }
        String operation = operation(facts);
        IgnoreRule rule = IgnoreRule.first(settings.ignore(), operation, change.location());
        if (rule == null) {
            rule = IgnoreRule.first(settings.ignore(), facts.look(), change.location());
        }
        if (rule != null) {
            ignored.put(operation + " " + change.location(), rule.toString());
            return null;
        }
        return new Symptom(step, facts.session(), operation, change, objection.words());
    }

    private static boolean becameAnError(StepFacts facts, Change change) {
        return change.kind() == ChangeKind.STATUS
                && facts.recordedStatus() < 400
                && change.after() instanceof Tree.Num after
                && after.value().intValue() >= 400;
    }

    private Causes.Failure failure(int step, StepFacts facts) {
        String path = facts.path().toLowerCase(Locale.ROOT);
        boolean writes = !Set.of("GET", "HEAD", "OPTIONS", "TRACE").contains(facts.method());
        boolean signsIn = writes
                && Stream.of("login", "signin", "sign-in", "session", "auth", "token")
                        .anyMatch(path::contains);
        return new Causes.Failure(step, facts.session(), operation(facts), writes, signsIn);
    }

    private List<SessionResult> results(
            Map<Integer, Set<String>> ids,
            Map<Integer, Set<String>> why,
            Map<StepStatus, Integer> counts,
            Map<String, Integer> skippedBy) {
        Map<String, List<StepResult>> bySession = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            StepOutcome step = steps.get(i);
            StepFacts facts = step.facts();
            List<String> words = new ArrayList<>(why.getOrDefault(i, Set.of()));
            StepStatus status;
            double millis = 0;
            if (step instanceof StepOutcome.Compared compared) {
                boolean changed = ids.getOrDefault(i, Set.of()).stream().anyMatch(id -> !id.startsWith(Latency.PREFIX));
                boolean equivalent = !compared.differences().isEmpty();
                status = changed
                        ? StepStatus.CHANGED
                        : blocked.contains(i)
                                ? StepStatus.BLOCKED
                                : equivalent ? StepStatus.EQUIVALENT : StepStatus.MATCH;
                if (blocked.contains(i) && compared.dependence() != null) {
                    words.add(compared.dependence().why() + " What differs may come of that: "
                            + places(compared.differences()) + ".");
                    notDone.computeIfAbsent(compared.dependence().on(), on -> new TreeMap<>())
                            .merge(operation(facts), 1, Integer::sum);
                }
                if (status == StepStatus.EQUIVALENT) {
                    words.add("Equal but for identifiers, times or noise at " + places(compared.differences()) + ".");
                }
                if (!compared.bodyCompared()) {
                    words.add(
                            "The recording does not hold this body whole: it was compared by status and header only.");
                }
                millis = compared.millis();
            } else if (step instanceof StepOutcome.Failed failed) {
                status = StepStatus.FAILED;
                words.add(failed.error().sentence());
                millis = failed.millis();
            } else if (step instanceof StepOutcome.Skipped skipped) {
                status = StepStatus.SKIPPED;
                words.add("Not sent: " + skipped.reason() + ".");
                skippedBy.merge(skipped.reason(), 1, Integer::sum);
            } else {
                status = StepStatus.BLOCKED;
                Dependence dependence = ((StepOutcome.Blocked) step).dependence();
                words.add(dependence.why());
                notDone.computeIfAbsent(dependence.on(), on -> new TreeMap<>())
                        .merge(operation(facts), 1, Integer::sum);
            }
            counts.merge(status, 1, Integer::sum);
            List<String> findings = List.copyOf(ids.getOrDefault(i, Set.of()));
            bySession
                    .computeIfAbsent(facts.session(), key -> new ArrayList<>())
                    .add(new StepResult(
                            facts.sequence(), facts.exchange(), operation(facts), status, words, findings, millis));
        }
        List<SessionResult> results = new ArrayList<>();
        sessions.keySet().forEach(id -> results.add(new SessionResult(id, bySession.getOrDefault(id, List.of()))));
        return results;
    }

    private static String places(List<StepOutcome.Difference> differences) {
        List<String> places = differences.stream()
                .map(one -> one.change().location())
                .distinct()
                .toList();
        int shown = Math.min(4, places.size());
        String more = places.size() > shown ? " and " + (places.size() - shown) + " more" : "";
        return String.join(", ", places.subList(0, shown)) + more;
    }

    private Counts counts(Map<StepStatus, Integer> counts) {
        return new Counts(
                sessions.size(),
                steps.size(),
                counts.getOrDefault(StepStatus.MATCH, 0),
                counts.getOrDefault(StepStatus.EQUIVALENT, 0),
                counts.getOrDefault(StepStatus.CHANGED, 0),
                counts.getOrDefault(StepStatus.FAILED, 0),
                counts.getOrDefault(StepStatus.SKIPPED, 0),
                counts.getOrDefault(StepStatus.BLOCKED, 0));
    }

    private Outcome outcome(Map<StepStatus, Integer> counts, List<Finding> findings) {
        if (reason(counts) != null) {
            return Outcome.INCONCLUSIVE;
        }
        return findings.stream().anyMatch(finding -> finding.status() == Finding.Status.NEW)
                ? Outcome.REGRESSIONS
                : Outcome.CLEAN;
    }

    private @Nullable String reason(Map<StepStatus, Integer> byStatus) {
        if (ending.stopped() != null) {
            return ending.stopped();
        }
        int compared = counts(byStatus).compared();
        int wanted = Math.max(1, settings.minCompared());
        if (compared >= wanted) {
            return null;
        }
        return compared == 0
                ? "Nothing was compared, so the run says nothing about the target."
                : "Only " + compared + " of at least " + wanted + " responses were compared.";
    }

    private List<String> notes(Map<StepStatus, Integer> byStatus, List<Finding> findings) {
        List<String> notes = new ArrayList<>(ending.notes());
        Counts counts = counts(byStatus);
        if (counts.blocked() > 0) {
            notes.addAll(BlockedNotes.of(notDone));
        }
        if (unsteady > 0) {
            notes.add(unsteady + (unsteady == 1 ? " exchange" : " exchanges")
                    + " failed though the target answered the like at other times: the connection or the environment is"
                    + " unreliable. They were not compared, and count as no regression.");
        }
        long bodies = steps.stream()
                .filter(step -> step instanceof StepOutcome.Compared compared && !compared.bodyCompared())
                .count();
        if (bodies > 0) {
            notes.add(
                    bodies == 1
                            ? "The body of 1 exchange was not compared, because the recording does not hold it whole."
                            : "The bodies of " + bodies
                                    + " exchanges were not compared, because the recording does not hold them whole.");
        }
        if (settings.compare() != RunResult.Compare.VALUES) {
            notes.add("Values were not compared: the run was told to compare "
                    + settings.compare().name().toLowerCase(Locale.ROOT) + " only.");
        }
        ignored.values().stream()
                .distinct()
                .sorted()
                .forEach(rule -> notes.add("Differences were left out by the rule " + rule + "."));
        long values = findings.stream()
                .filter(finding ->
                        finding.kind() == Finding.Kind.FIELD_CHANGED && finding.status() == Finding.Status.NEW)
                .count();
        boolean most = counts.changed() * 2 > counts.compared() && counts.compared() >= 4 && values >= 4;
        if (settings.compare() == RunResult.Compare.VALUES && most) {
            notes.add("Values differ in most responses, as in an environment with data of its own: --compare shape"
                    + " compares the form of responses without their values.");
        }
        return notes;
    }
}

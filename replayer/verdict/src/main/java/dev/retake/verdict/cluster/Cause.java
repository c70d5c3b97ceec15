package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.ChangeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Symptoms of one cause. Not for use by several threads. */
public final class Cause {
    private final ChangeKind kind;
    private final List<Symptom> symptoms = new ArrayList<>();
    private final Set<Integer> followUps = new TreeSet<>();

    Cause(ChangeKind kind) {
        this.kind = kind;
    }

    void add(Symptom symptom) {
        symptoms.add(symptom);
    }

    void addAll(Cause other) {
        symptoms.addAll(other.symptoms);
        symptoms.sort(Comparator.comparingInt(Symptom::step));
    }

    void follow(Set<Integer> steps) {
        followUps.addAll(steps);
    }

    public ChangeKind kind() {
        return kind;
    }

    /** All of them, in the order of the run. */
    public List<Symptom> symptoms() {
        return symptoms;
    }

    /** Positions of the exchanges that show it. */
    public Set<Integer> steps() {
        Set<Integer> steps = new TreeSet<>();
        symptoms.forEach(symptom -> steps.add(symptom.step()));
        return steps;
    }

    /** Positions of exchanges that differ because an exchange before them showed it. */
    public Set<Integer> followUps() {
        return followUps;
    }

    /** Ids of sessions that show it. */
    public Set<String> sessions() {
        Set<String> sessions = new LinkedHashSet<>();
        symptoms.forEach(symptom -> sessions.add(symptom.session()));
        return sessions;
    }

    /** Operations that show it, the most frequent first, ties alphabetical. */
    public List<String> operations() {
        return byFrequency(symptoms, false);
    }

    /** The most frequent location in the most frequent operation. */
    public String location() {
        String operation = operations().get(0);
        List<Symptom> there = symptoms.stream()
                .filter(one -> one.operation().equals(operation))
                .toList();
        return byFrequency(there, true).get(0);
    }

    /** All pairs of operation and location that show it, each as {@code OPERATION LOCATION}, in alphabetical order. */
    public Set<String> places() {
        Set<String> places = new TreeSet<>();
        symptoms.forEach(symptom -> places.add(symptom.place()));
        return places;
    }

    /** What happened in all of them. */
    public String happening() {
        return symptoms.get(0).happening();
    }

    private static List<String> byFrequency(List<Symptom> symptoms, boolean locations) {
        Map<String, Set<Integer>> steps = new HashMap<>();
        for (Symptom symptom : symptoms) {
            String name = locations ? symptom.change().location() : symptom.operation();
            steps.computeIfAbsent(name, key -> new HashSet<>()).add(symptom.step());
        }
        return steps.keySet().stream()
                .sorted(Comparator.comparingInt((String name) ->
                                -steps.getOrDefault(name, Set.of()).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}

package dev.retake.verdict.cluster;

import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out what follows from other items in a list: numbers and flags beside the list, such as its count, its pages or
 * the sum of it, that differ only where the items do. One that differs where the items are the same has its own cause.
 */
final class ListTotals {
    private ListTotals() {}

    static List<Cause> fold(List<Cause> causes) {
        List<Set<String>> lists = new ArrayList<>();
        for (Cause cause : causes) {
            Set<String> besideLists = new HashSet<>();
            for (Symptom symptom : cause.symptoms()) {
                if (changesItems(symptom.change())) {
                    besideLists.add(
                            symptom.step() + parent(parent(symptom.change().location())));
                }
            }
            if (!besideLists.isEmpty()) {
                lists.add(besideLists);
            }
        }
        return causes.stream()
                .filter(cause -> lists.stream().noneMatch(list -> follows(cause, list)))
                .toList();
    }

    private static boolean follows(Cause cause, Set<String> besideLists) {
        return cause.symptoms().stream()
                .allMatch(symptom -> isTotal(symptom)
                        && besideLists.contains(
                                symptom.step() + parent(symptom.change().location())));
    }

    private static boolean isTotal(Symptom symptom) {
        Change change = symptom.change();
        return change.kind() == ChangeKind.VALUE
                && symptom.objection().isEmpty()
                && (change.before() instanceof Tree.Num && change.after() instanceof Tree.Num
                        || change.before() instanceof Tree.Bool && change.after() instanceof Tree.Bool);
    }

    private static boolean changesItems(Change change) {
        return change.sayable().startsWith("items:") || change.sayable().startsWith("replaced:");
    }

    private static String parent(String location) {
        int slash = location.lastIndexOf('/');
        return slash < 0 ? "-" : location.substring(0, slash);
    }
}

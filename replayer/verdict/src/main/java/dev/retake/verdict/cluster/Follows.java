package dev.retake.verdict.cluster;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.verdict.cluster.Causes.Failure;
import dev.retake.verdict.diff.ChangeKind;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/** Tells whether a symptom can come of an earlier failure in its session. */
final class Follows {
    private Follows() {}

    static boolean from(Failure failure, Symptom symptom) {
        boolean status = symptom.change().kind() == ChangeKind.STATUS;
        Tree after = symptom.change().after();
        String now = after == null ? "" : JsonText.of(after);
        if (failure.signsIn()) {
            return status && (now.equals("401") || now.equals("403"));
        }
        if (!failure.writes() || failure.operation().equals(symptom.operation())) {
            return false;
        }
        boolean refused = status && now.matches("400|404|409|410|412|422|428");
        return (refused || !status) && resource(failure.operation()).equals(resource(symptom.operation()));
    }

    /** The first name in a path that is no version and no id: what the operation is about. */
    private static String resource(String operation) {
        List<String> names = new ArrayList<>();
        for (String segment : operation.substring(operation.indexOf(' ') + 1).split("/")) {
            boolean name = !segment.isEmpty()
                    && !segment.equals(PathTemplate.ID)
                    && !segment.equals("api")
                    && !segment.matches("v\\d+");
            if (name) {
                names.add(segment);
            }
        }
        return names.isEmpty() ? "" : names.get(0);
    }
}

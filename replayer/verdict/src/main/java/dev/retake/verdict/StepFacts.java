package dev.retake.verdict;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.verdict.cluster.OperationNames;
import dev.retake.verdict.tree.BodyPair;
import dev.retake.verdict.tree.Tree;
import java.util.TreeSet;

/**
 * What is kept of a recorded exchange until the run ends: no content but the path.
 *
 * @param look operation by the look of its own path
 * @param form what the recorded answer looks like: the names of its fields, else its media type
 * @param recordedStatus 0 where the recording has no response
 * @param acceptedMillis when it was recorded, since the epoch
 * @param recordedMillis how long the recorded service took; negative where that is not known
 */
record StepFacts(
        String session,
        int sequence,
        String exchange,
        String method,
        String path,
        String look,
        String form,
        int recordedStatus,
        long acceptedMillis,
        double recordedMillis) {

    static StepFacts of(Step step) {
        Exchange recorded = step.recorded();
        Response response = recorded.response();
        Timings times = recorded.timings();
        boolean timed = times.sentNs() >= 0 && times.lastByteNs() >= times.sentNs();
        return new StepFacts(
                step.session(),
                step.sequence(),
                recorded.id().toString(),
                recorded.request().method(),
                recorded.request().path(),
                PathTemplate.operation(recorded.request()),
                response == null ? "" : form(response),
                response == null ? 0 : response.status(),
                times.acceptedAt() / 1000,
                timed ? (times.lastByteNs() - times.sentNs()) / 1e6 : -1);
    }

    private static String form(Response response) {
        MediaType type = MediaType.parse(response.headers().first("Content-Type"));
        byte[] bytes = response.body().bytes();
        if (response.status() < 300 && bytes.length > 0 && type.family() == MediaType.Family.JSON) {
            for (Tree tree : BodyPair.documents(bytes, type)) {
                if (tree instanceof Tree.Obj object) {
                    return new TreeSet<>(object.fields().keySet()).toString();
                }
            }
        }
        return "type " + response.status() / 100 + " " + type.essence();
    }

    OperationNames.Seen seen() {
        return new OperationNames.Seen(path, form);
    }
}

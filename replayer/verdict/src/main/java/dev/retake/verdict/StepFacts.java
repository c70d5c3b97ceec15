package dev.retake.verdict;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;

/**
 * What is kept of a recorded exchange until the run ends: no content.
 *
 * @param operation method and path template by the look of the path alone
 * @param recordedStatus 0 where the recording has no response
 */
record StepFacts(String session, int sequence, String exchange, String operation, int recordedStatus) {

    static StepFacts of(Step step) {
        Exchange recorded = step.recorded();
        Response response = recorded.response();
        return new StepFacts(
                step.session(),
                step.sequence(),
                recorded.id().toString(),
                PathTemplate.operation(recorded.request()),
                response == null ? 0 : response.status());
    }
}

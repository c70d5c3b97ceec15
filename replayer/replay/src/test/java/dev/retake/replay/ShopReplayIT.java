package dev.retake.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Compare;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions recorded at one shop, played against another whose every id is different. */
class ShopReplayIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyStepGetsTheStatusThatWasRecorded(boolean otherOrder) throws Exception {
        try (ShopServer production = new ShopServer(1, false);
                ShopServer test = new ShopServer(2, otherOrder)) {
            List<Exchange> session = Shopper.shop("s1", production.uri());

            // Another order of a list is a difference; here it must only not lead the session astray.
            RunResult result = run(test, session, otherOrder ? Compare.STATUS : Compare.VALUES);

            assertThat(statusDifferences(result)).isEmpty();
            assertThat(result.counts().exchanges()).isEqualTo(session.size());
            assertThat(result.counts().compared()).isEqualTo(session.size());
            assertThat(test.seen).allMatch(line -> line.endsWith(result.run().id()));
        }
    }

    @Test
    void bindingsAreListedWithWhereTheyCameFrom() throws Exception {
        try (ShopServer production = new ShopServer(3, false);
                ShopServer test = new ShopServer(4, false)) {
            RunResult result = run(test, Shopper.shop("s1", production.uri()), Compare.VALUES);

            assertThat(result.bindings())
                    .extracting(binding -> binding.from() + " > " + binding.to() + " " + binding.transform())
                    .contains(
                            "GET /login body:input[_csrf] > POST /login body:_csrf none",
                            "POST /login header:Location > GET /account/{id} path:2 none",
                            "POST /login cookie:XSRF-TOKEN > POST /account/{id} header:X-XSRF-TOKEN none",
                            "POST /api/session body:/access_token > GET /api/products header:Authorization bearer",
                            "GET /api/products body:/items/*/id > POST /api/carts/{id}/items body:/productId none",
                            "POST /api/carts body:/cartId > POST /api/orders body:/cart/ref none",
                            "GET /api/carts/{id} header:Etag > PUT /api/carts/{id}/items/{id} header:If-Match none")
                    .anyMatch(text -> text.contains("query:cursor base64"))
                    .anyMatch(text -> text.contains("query:sig percent"))
                    .noneMatch(text -> text.contains("Idempotency-Key"));
        }
    }

    private static RunResult run(ShopServer target, List<Exchange> session, Compare compare) {
        ReplaySettings settings = ReplaySettings.to(target.uri())
                .allowUnsafe(true)
                .compare(compare)
                .build();
        return new ReplayRun(settings, new FixedSource().with(session), ReplayEnvironment.system(), ReplayListener.NONE)
                .run();
    }

    private static List<String> statusDifferences(RunResult result) {
        return result.sessions().get(0).steps().stream()
                .filter(step -> step.status() != StepStatus.MATCH && step.status() != StepStatus.EQUIVALENT)
                .map(StepResult::toString)
                .toList();
    }
}

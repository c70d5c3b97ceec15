package dev.retake.verdict;

import static dev.retake.verdict.Played.json;
import static dev.retake.verdict.Played.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Response;
import dev.retake.verdict.RunResult.StepStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs only because an earlier step was not sent is no regression, and hides none. */
class DependenceTest {
    private static final Response FULL = json("{\"items\":[{\"id\":5,\"price\":2.5}],\"total\":2.5}");
    private static final Response EMPTY = json("{\"items\":[],\"total\":0}");

    @Test
    void anAnswerThatLacksWhatWasNotWrittenIsBlocked() {
        RunResult result = Played.run()
                .step("GET /products", "[]", "[]")
                .skipped("POST /cart {}", "unsafe-method")
                .dependent("GET /cart", true, FULL, EMPTY)
                .dependent("GET /cart/items/5", true, FULL, response(404, "{}"))
                .finish();

        assertThat(result.findings()).isEmpty();
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
        assertThat(result.counts().blocked()).isEqualTo(2);
        assertThat(result.counts().compared()).isEqualTo(1);
        assertThat(result.sessions().get(0).steps().get(2).why().get(0)).contains("step 1", "/items/*", "/total");
        assertThat(result.notes())
                .contains(
                        "Not compared, because POST /w was skipped (unsafe-method): GET /cart, GET /cart/items/{id}.");
    }

    @Test
    void anAnswerAsRecordedIsComparedAllTheSame() {
        RunResult result = Played.run().dependent("GET /cart", true, FULL, FULL).finish();
        assertThat(result.counts().match()).isEqualTo(1);
    }

    @Test
    void nothingComparedForWantOfAStepIsInconclusive() {
        RunResult result =
                Played.run().dependent("GET /cart", true, FULL, EMPTY).finish();
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.INCONCLUSIVE);
    }

    @Test
    void whatAStepShowsThatDependsOnNothingIsFoundEverywhere() {
        RunResult result = Played.run()
                .step("GET /cart", "{\"total\":2.5}", "{\"total\":2.4}")
                .session("s2")
                .dependent("GET /cart", true, json("{\"total\":5}"), json("{\"total\":4.9}"))
                .finish();
        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().get(0).count()).isEqualTo(2);
        assertThat(result.counts().blocked()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"500", "503", "401", "405"})
    void aStatusThatComesOfNoMissingWriteIsFound(int status) {
        assertThat(Played.run()
                        .dependent("GET /cart", true, FULL, response(status, ""))
                        .findings())
                .containsExactly("status GET /cart status");
    }

    @Test
    void whatNoMissingWriteExplainsIsFound() {
        Response before = response(
                200,
                "{\"items\":[{\"id\":5,\"price\":2.5,\"unit\":\"kg\"}],\"total\":5}",
                "Content-Type",
                "application/json",
                "Cache-Control",
                "no-store");
        Response after = json("{\"items\":[{\"id\":5,\"price\":\"2.5\"}],\"total\":0,\"passwordHash\":\"x\"}");
        RunResult result =
                Played.run().dependent("GET /cart", true, before, after).finish();

        assertThat(result.findings().stream().map(one -> one.kind().text() + " " + one.location()))
                .containsExactlyInAnyOrder(
                        "header header:Cache-Control",
                        "type-changed /items/*/price",
                        "field-missing /items/*/unit",
                        "exposure /passwordHash");
        assertThat(result.sessions().get(0).steps().get(0).status()).isEqualTo(StepStatus.CHANGED);
    }

    @Test
    void aSessionThatWasNotSignedInIsRefused() {
        for (int status : new int[] {401, 403, 302}) {
            assertThat(Played.run()
                            .signedOut("GET /me", FULL, response(status, ""))
                            .findings())
                    .isEmpty();
        }
        assertThat(Played.run().signedOut("GET /me", FULL, response(500, "")).findings())
                .hasSize(1);
        assertThat(Played.run().signedOut("GET /me", FULL, EMPTY).findings()).isNotEmpty();
        assertThat(Played.run()
                        .step("GET /me", FULL, response(401, ""))
                        .signedOut("GET /me", FULL, response(401, ""))
                        .findings())
                .hasSize(1);
    }

    @Test
    void aStepThatDoesNotReadWhatWasWrittenExcusesNoBody() {
        assertThat(Played.run().dependent("GET /cart", false, FULL, EMPTY).findings())
                .isNotEmpty();
        assertThat(Played.run()
                        .dependent("GET /cart", false, FULL, response(404, ""))
                        .findings())
                .isEmpty();
    }
}

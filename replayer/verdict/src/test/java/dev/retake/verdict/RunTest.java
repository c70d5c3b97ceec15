package dev.retake.verdict;

import static dev.retake.verdict.Played.json;
import static dev.retake.verdict.Played.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Response;
import dev.retake.verdict.baseline.Baseline;
import dev.retake.verdict.baseline.Baseline.Accepted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only a whole run can tell: consistent renaming, noise, causes, counts, and the verdict itself. */
class RunTest {
    private static final String A = "0b4fba2e-6f5e-4e0c-9b7a-3a8a4a0f6d11";
    private static final String B = "7d3a9c41-0a0e-4f39-8a52-0a6f7e6f2b90";
    private static final String C = "c1c7e4f6-1d2a-4f0b-9c3d-5e6f7a8b9c0d";
    private static final String D = "e9b8a7c6-5d4e-4f3a-8b2c-1d0e9f8a7b6c";

    private static String order(String id) {
        return "{\"id\":\"" + id + "\",\"total\":12.5}";
    }

    @Test
    void renamingThatHoldsThroughoutIsNoChange() {
        RunResult result = Played.run()
                .step("POST /orders {}", order(A), order(C))
                .step("GET /orders/" + A, "GET /orders/" + C, json(order(A)), json(order(C)), 5)
                .step("POST /orders {}", order(B), order(D))
                .finish();
        assertThat(result.findings()).isEmpty();
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
        assertThat(result.counts().equivalent()).isEqualTo(3);
    }

    @Test
    void anIdThatChangesInsideASessionIsFound() {
        assertThat(Played.run()
                        .step("POST /orders {}", order(A), order(C))
                        .step("GET /orders/latest", order(A), order(D))
                        .findings())
                .containsExactly("field-changed GET /orders/latest /id");
    }

    @Test
    void aListOfRenamedThingsInAnotherOrderIsFound() {
        String bought = "{\"number\":\"ORD-2026-%06d\",\"status\":\"PLACED\",\"total\":%s}";
        String list = "{\"orders\":[%s,%s]}";
        assertThat(Played.run()
                        .step("POST /orders {}", bought.formatted(17, "12.5"), bought.formatted(901, "12.5"))
                        .step("POST /orders {}", bought.formatted(18, "7.5"), bought.formatted(902, "7.5"))
                        .step(
                                "GET /orders",
                                list.formatted(bought.formatted(18, "7.5"), bought.formatted(17, "12.5")),
                                list.formatted(bought.formatted(901, "12.5"), bought.formatted(902, "7.5")))
                        .findings())
                .containsExactly("order GET /orders /orders");
    }

    @Test
    void twoThingsThatBecomeOneAreFound() {
        assertThat(Played.run()
                        .step("POST /orders {}", order(A), order(C))
                        .step("POST /orders {}", order(B), order(C))
                        .findings())
                .containsExactly("field-changed POST /orders /id");
    }

    @Test
    void anIdThatIsTheSameEverywhereElseIsNoRenaming() {
        Played run = Played.run();
        String[] ids = {"product-0001", "product-0002", "product-0003", "product-0004", "product-0005"};
        for (String id : ids) {
            String body = "{\"id\":\"" + id + "\"}";
            run.step("GET /products/" + id, body, id.equals("product-0005") ? "{\"id\":\"product-0009\"}" : body);
        }
        assertThat(run.findings()).containsExactly("field-changed GET /products/{id} /id");
    }

    @Test
    void numbersInTextsAreRenamedOnlyWhereTheyAreIdsElsewhere() {
        assertThat(Played.run()
                        .step("POST /orders {}", "{\"id\":1017}", "{\"id\":2033}")
                        .step(
                                "GET /orders/1017",
                                "GET /orders/2033",
                                json("{\"message\":\"Order 1017 created\",\"left\":\"17 left\"}"),
                                json("{\"message\":\"Order 2033 created\",\"left\":\"18 left\"}"),
                                5)
                        .findings())
                .containsExactly("field-changed GET /orders/{id} /left");
    }

    @Test
    void whatVariesInTheRecordingIsNoise() {
        String[] loads = {"17", "21", "19"};
        Played run = Played.run();
        for (String load : loads) {
            run.step("GET /status", "{\"load\":" + load + ",\"name\":\"a\"}", "{\"load\":30,\"name\":\"a\"}");
        }
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void aListWithoutOrderInTheRecordingHasNone() {
        assertThat(Played.run()
                        .step("GET /tags", "[\"a\",\"b\",\"c\"]", "[\"c\",\"a\",\"b\"]")
                        .step("GET /tags", "[\"b\",\"a\",\"c\"]", "[\"a\",\"b\",\"c\"]")
                        .findings())
                .isEmpty();
    }

    @Test
    void norHasOneThatOtherSessionsWereGivenInAnotherOrder() {
        assertThat(Played.run()
                        .step("GET /tags", "[\"a\",\"b\",\"c\"]", "[\"c\",\"b\",\"a\"]")
                        .findings())
                .containsExactly("order GET /tags body");
        Played run = Played.run();
        String[][] orders = {{"a", "b", "c"}, {"c", "a", "b"}};
        for (int i = 0; i < 2; i++) {
            String[] keys = orders[i];
            run.session("s" + (i + 2))
                    .step("GET /tags", "[\"%s\",\"%s\",\"%s\"]".formatted((Object[]) keys), "[\"b\",\"a\",\"c\"]")
                    .step(
                            "GET /sorted?by=" + keys[0],
                            "[\"%s\",\"%s\",\"%s\"]".formatted((Object[]) keys),
                            "[\"b\",\"a\",\"c\"]");
        }
        assertThat(run.findings()).containsExactly("order GET /sorted body");
    }

    @Test
    void whatFailsNowAndThenIsNoRegressionAndWhatAlwaysFailsIsOne() {
        TransportError reset = new TransportError(TransportError.Kind.RESET, "The target reset the connection.");
        RunResult flaky = Played.run()
                .step("GET /a", "{}", "{}")
                .failed("GET /a", reset)
                .failed("GET /rare", reset)
                .finish();
        assertThat(flaky.findings()).isEmpty();
        assertThat(flaky.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
        assertThat(flaky.counts().failed()).isEqualTo(2);
        assertThat(flaky.notes()).anyMatch(note -> note.startsWith("2 exchanges failed though"));

        assertThat(Played.run()
                        .step("GET /a", "{}", "{}")
                        .failed("GET /a", reset)
                        .failed("GET /b", reset)
                        .failed("GET /b", reset)
                        .findings())
                .containsExactly("transport GET /b status");
    }

    @Test
    void aCountFollowsFromItsListOnlyWhereTheListDiffers() {
        String page = "{\"items\":%s,\"total\":%d,\"more\":%s}";
        assertThat(Played.run()
                        .step("GET /a", page.formatted("[1,2]", 2, "true"), page.formatted("[1]", 1, "false"))
                        .findings())
                .containsExactly("field-missing GET /a /items/*");
        assertThat(Played.run()
                        .step("GET /a", page.formatted("[1,2]", 2, "true"), page.formatted("[1]", 1, "true"))
                        .session("s2")
                        .step("GET /a", page.formatted("[1,2]", 2, "true"), page.formatted("[1,2]", 1, "true"))
                        .findings())
                .containsExactly("field-changed GET /a /total", "field-missing GET /a /items/*");
    }

    @Test
    void whatIsNotThereIsAskedForWhereThingsAre() {
        RunResult result = Played.run()
                .step("GET /products/1017", "{\"id\":1017}", "{\"id\":1017}")
                .step("GET /products/nope-5", response(404, "{}"), response(500, "{}"))
                .step("GET /products/none", response(404, "{}"), response(500, "{}"))
                .step("GET /products/search", "{\"items\":[]}", "{\"items\":[1]}")
                .finish();
        assertThat(result.findings())
                .extracting(Finding::operation)
                .containsExactly("GET /products/{id}", "GET /products/search");
    }

    @Test
    void aPolledStateIsNoiseOnlyAmongItsRecordedValues() {
        assertThat(Played.run()
                        .step("GET /jobs/1", "{\"state\":\"running\"}", "{\"state\":\"running\"}")
                        .step("GET /jobs/1", "{\"state\":\"running\"}", "{\"state\":\"done\"}")
                        .step("GET /jobs/1", "{\"state\":\"done\"}", "{\"state\":\"failed\"}")
                        .findings())
                .containsExactly("field-changed GET /jobs/{id} /state");
    }

    @Test
    void aRealChangeInANoisyFieldStillShows() {
        assertThat(Played.run()
                        .step("GET /status", "{\"load\":17}", "{\"load\":18}")
                        .step("GET /status", "{\"load\":21}", "{\"load\":\"18\"}")
                        .step("GET /status", "{\"load\":22}", "{\"load\":null}")
                        .findings())
                .containsExactly("type-changed GET /status /load");
    }

    @Test
    void findingsThatDifferInTheirCauseAloneHaveIdsOfTheirOwn() {
        Response before = response(200, "", "Set-Cookie", "a=1; HttpOnly", "Set-Cookie", "b=1; Secure");
        RunResult result = Played.run()
                .step("GET /a", before, response(200, "", "Set-Cookie", "a=1", "Set-Cookie", "b=1"))
                .step("GET /b", before, response(200, "", "Set-Cookie", "b=1; Secure"))
                .finish();
        assertThat(result.findings()).hasSize(3);
        assertThat(result.findings()).extracting(Finding::id).doesNotHaveDuplicates();
        String gone = idOf("GET /c", 404);
        assertThat(idOf("GET /c", 404)).isEqualTo(gone);
        assertThat(idOf("GET /c", 500)).isNotEqualTo(gone);
    }

    @Test
    void anAcceptedStatusAcceptsNoOther() {
        Baseline baseline = Baseline.of(List.of(new Accepted(idOf("GET /c", 404), "status", "GET /c", "status", null)));
        assertThat(statusWith(baseline, 404)).containsExactly(Finding.Status.KNOWN);
        assertThat(statusWith(baseline, 500)).containsExactly(Finding.Status.NEW);
        assertThat(statusWith(baseline, 404, 500)).containsExactlyInAnyOrder(Finding.Status.KNOWN, Finding.Status.NEW);
    }

    private static String idOf(String line, int status) {
        return Played.run()
                .step(line, json("{}"), response(status, ""))
                .finish()
                .findings()
                .get(0)
                .id();
    }

    private static List<Finding.Status> statusWith(Baseline baseline, int... statuses) {
        Played run = Played.run(from -> new VerdictSettings(
                from.compare(),
                from.comparable(),
                from.ignore(),
                from.minCompared(),
                baseline,
                from.target(),
                from.recordedHosts(),
                from.surrogateClass(),
                from.mask(),
                from.digest()));
        for (int status : statuses) {
            run.step("GET /c", json("{}"), response(status, ""));
        }
        return run.finish().findings().stream().map(Finding::status).toList();
    }

    @Test
    void norIsOneThatWasNotSent() {
        assertThat(Played.run()
                        .step("GET /cart", "{\"total\":1}", "{\"total\":1}")
                        .skipped("POST /cart {}", "unsafe-method")
                        .step("GET /cart", "{\"total\":5}", "{\"total\":6}")
                        .findings())
                .containsExactly("field-changed GET /cart /total");
    }

    @Test
    void aRequestThatWritesInBetweenIsNoNoise() {
        assertThat(Played.run()
                        .step("GET /cart", "{\"total\":1}", "{\"total\":1}")
                        .step("POST /cart {}", "{}", "{}")
                        .step("GET /cart", "{\"total\":5}", "{\"total\":6}")
                        .findings())
                .containsExactly("field-changed GET /cart /total");
    }

    @Test
    void oneCauseInManyOperationsIsOneFinding() {
        RunResult result = Played.run()
                .step(
                        "GET /products",
                        "{\"items\":[{\"id\":7,\"price\":9.99}]}",
                        "{\"items\":[{\"id\":7,\"price\":10.00}]}")
                .step("GET /products/7", "{\"id\":7,\"price\":9.99}", "{\"id\":7,\"price\":10.00}")
                .step("GET /products/7", "{\"id\":7,\"price\":9.99}", "{\"id\":7,\"price\":10.00}")
                .finish();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.operations()).containsExactly("GET /products/{id}", "GET /products");
            assertThat(finding.operation()).isEqualTo("GET /products/{id}");
            assertThat(finding.location()).isEqualTo("/price");
            assertThat(finding.count()).isEqualTo(3);
            assertThat(finding.example().before()).isEqualTo("9.99");
            assertThat(finding.example().after()).isEqualTo("10.00");
            assertThat(finding.explanation()).isEqualTo("GET /products/{id} has another value at /price.");
        });
    }

    @Test
    void differentThingsOfOneNameStayApart() {
        assertThat(Played.run()
                        .step("GET /products/7", "{\"id\":7,\"name\":\"Mug\"}", "{\"id\":7}")
                        .step("GET /profile", "{\"id\":3,\"name\":\"Ann\"}", "{\"id\":3}")
                        .findings())
                .containsExactly("field-missing GET /products/{id} /name", "field-missing GET /profile /name");
    }

    @Test
    void anotherStatusBringsNoOtherFindings() {
        RunResult result = Played.run()
                .step(
                        "GET /orders/17",
                        response(200, "{\"a\":1}", "Content-Type", "application/json", "ETag", "x"),
                        response(500, "<html>Oops</html>", "Content-Type", "text/html"))
                .finish();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.STATUS);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.CRITICAL);
            assertThat(finding.explanation()).isEqualTo("GET /orders/{id} answers 500 instead of 200.");
        });
    }

    @Test
    void whatFollowsFromAFailedRequestBelongsToIt() {
        Played run = Played.run();
        for (int i = 0; i < 3; i++) {
            run.session("s" + i)
                    .step("POST /orders {}", response(201, order(A)), response(500, ""))
                    .step("GET /orders/" + A, json(order(A)), response(404, ""))
                    .step("GET /orders", "[" + order(A) + "]", "[]");
        }
        RunResult result = run.finish();
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.operation()).isEqualTo("POST /orders"));
        assertThat(result.counts().changed()).isEqualTo(9);
        assertThat(result.sessions().get(1).steps().get(1).findings())
                .containsExactly(result.findings().get(0).id());
    }

    @Test
    void aFailureThatAlsoShowsAloneIsACauseOfItsOwn() {
        assertThat(Played.run()
                        .step("POST /orders {}", response(201, order(A)), response(500, ""))
                        .step("GET /orders/" + A, json(order(A)), response(404, ""))
                        .session("s2")
                        .step("GET /orders/" + B, json(order(B)), response(404, ""))
                        .findings())
                .containsExactly("status GET /orders/{id} status", "status POST /orders status");
    }

    @Test
    void segmentsThatVaryWhileTheirNeighboursDoNotAreIds() {
        Played run = Played.run();
        for (String slug : List.of("red-mug", "blue-mug", "lamp-2")) {
            run.step("GET /api/products/" + slug, "{\"name\":1,\"price\":2}", "{\"name\":1,\"price\":3}");
        }
        run.step("GET /api/products/search", "{\"items\":[],\"total\":0}", "{\"items\":[],\"total\":1}");
        run.step("GET /api/orders", "{\"orders\":1}", "{\"orders\":2}");
        run.step("GET /api/cart", "{\"lines\":1}", "{\"lines\":2}");
        assertThat(run.findings())
                .containsExactly(
                        "field-changed GET /api/cart /lines",
                        "field-changed GET /api/orders /orders",
                        "field-changed GET /api/products/search /total",
                        "field-changed GET /api/products/{id} /price");
    }

    @Test
    void countsAddUpAndWhatWasNotComparedIsSaid() {
        RunResult result = Played.run()
                .step("GET /a", "{}", "{}")
                .step("GET /b", "{\"id\":\"" + A + "\"}", "{\"id\":\"" + B + "\"}")
                .step("GET /c", "{\"x\":1}", "{\"x\":2}")
                .failed(
                        "GET /far/away",
                        new TransportError(TransportError.Kind.RESET, "The target reset the connection."))
                .skipped("POST /e", "unsafe-method")
                .blocked("GET /f")
                .finish();
        assertThat(result.counts()).isEqualTo(new RunResult.Counts(1, 6, 1, 1, 1, 1, 1, 1));
        assertThat(result.skippedBy()).containsEntry("unsafe-method", 1);
        assertThat(result.notes())
                .as("each report counts them itself")
                .noneMatch(note -> note.contains("unsafe-method"));
        assertThat(result.findings())
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.TRANSPORT, Finding.Kind.FIELD_CHANGED);
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.REGRESSIONS);
    }

    @Test
    void aRunThatComparedNothingIsNeverClean() {
        assertThat(Played.run().finish().outcome()).isEqualTo(RunResult.Outcome.INCONCLUSIVE);
        assertThat(Played.run().skipped("POST /e", "unsafe-method").finish().reason())
                .isEqualTo("Nothing was compared, so the run says nothing about the target.");
        assertThat(Played.run()
                        .step("GET /a", "{}", "{}")
                        .finish("The target suffered.")
                        .outcome())
                .isEqualTo(RunResult.Outcome.INCONCLUSIVE);
    }

    @Test
    void skipsAloneAreNoRegression() {
        RunResult result = Played.run()
                .step("GET /a", "{}", "{}")
                .skipped("POST /e", "unsafe-method")
                .finish();
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
    }

    @Test
    void theBaselineTellsKnownFromNewAndFixed() {
        RunResult first = Played.run().step("GET /a", "{\"x\":1}", "{\"x\":2}").finish();
        Finding finding = first.findings().get(0);
        Baseline baseline = Baseline.parse(
                Baseline.of(List.of(
                                new Accepted(
                                        finding.id(),
                                        finding.kind().text(),
                                        finding.operation(),
                                        finding.location(),
                                        "ok"),
                                new Accepted("gone", "header", "GET /a", "header:Vary", null)))
                        .text(),
                "test");
        RunResult second = Played.run(from -> new VerdictSettings(
                        from.compare(),
                        from.comparable(),
                        from.ignore(),
                        1,
                        baseline,
                        from.target(),
                        from.recordedHosts(),
                        from.surrogateClass(),
                        from.mask(),
                        null))
                .step("GET /a", "{\"x\":1}", "{\"x\":2}")
                .finish();
        assertThat(second.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
        assertThat(second.findings())
                .extracting(Finding::status)
                .containsExactly(Finding.Status.KNOWN, Finding.Status.FIXED);
    }

    @Test
    void rulesAndDepthsLeaveOutWhatTheySay() {
        List<IgnoreRule> rules = List.of(IgnoreRule.parse("GET /a:/x"), IgnoreRule.parse("*:header:X-Total-Count"));
        RunResult ignored = Played.run(from -> Played.with(from, RunResult.Compare.VALUES, rules))
                .step("GET /a", "{\"x\":1,\"y\":1}", "{\"x\":2,\"y\":1}")
                .finish();
        assertThat(ignored.findings()).isEmpty();
        assertThat(ignored.notes()).contains("Differences were left out by the rule GET /a:/x.");
        String list = "{\"items\":[{\"n\":\"a\",\"p\":1},{\"n\":\"b\",\"p\":2}]}";
        String other = "{\"items\":[{\"n\":\"z\",\"p\":7}]}";
        String broken = "{\"items\":[{\"n\":\"z\"}]}";
        assertThat(Played.run(from -> Played.with(from, RunResult.Compare.SHAPE, List.of()))
                        .step("GET /a", list, other)
                        .findings())
                .isEmpty();
        assertThat(Played.run(from -> Played.with(from, RunResult.Compare.SHAPE, List.of()))
                        .step("GET /a", list, broken)
                        .findings())
                .containsExactly("field-missing GET /a /items/*/p");
        assertThat(Played.run(from -> Played.with(from, RunResult.Compare.STATUS, List.of()))
                        .step("GET /a", list, broken)
                        .findings())
                .isEmpty();
    }

    @Test
    void surrogatesOfPeopleAreRenamedInAForeignEnvironmentOnly() {
        String recorded = "{\"email\":\"kim@example.org\",\"note\":\"mail kim@example.org now\"}";
        String observed = "{\"email\":\"test@shop.test\",\"note\":\"mail test@shop.test now\"}";
        assertThat(surrogates(RunResult.Comparability.FOREIGN)
                        .step("GET /a", recorded, observed)
                        .findings())
                .isEmpty();
        assertThat(surrogates(RunResult.Comparability.ANONYMIZED)
                        .step("GET /a", recorded, observed)
                        .findings())
                .containsExactly("field-changed GET /a /email", "field-changed GET /a /note");
    }

    private static Played surrogates(RunResult.Comparability comparable) {
        return Played.run(from -> new VerdictSettings(
                from.compare(),
                comparable,
                from.ignore(),
                1,
                from.baseline(),
                from.target(),
                from.recordedHosts(),
                value -> value.endsWith("@example.org") ? "email" : null,
                from.mask(),
                null));
    }

    @Test
    void aSlowOperationIsNamedOnlyWhenItIsSlowThroughout() {
        Played slow = Played.run();
        Played mixed = Played.run();
        for (int i = 0; i < 40; i++) {
            slow.step("GET /a", "GET /a", json("{}"), json("{}"), 400);
            mixed.step("GET /a", "GET /a", json("{}"), json("{}"), i % 2 == 0 ? 400 : 12);
        }
        assertThat(slow.findings()).containsExactly("latency GET /a latency");
        assertThat(slow.finish().counts().match()).isEqualTo(40);
        assertThat(mixed.findings()).isEmpty();
    }

    @Test
    void theResultDoesNotDependOnWhichSessionEndsFirst() {
        Played one = Played.run();
        Played other = Played.run();
        String before = "{\"id\":\"" + A + "\",\"x\":1}";
        one.session("a").step("GET /a", before, "{\"id\":\"" + B + "\",\"x\":2}");
        one.session("b").step("GET /a", before, "{\"id\":\"" + C + "\",\"x\":3}");
        other.session("b").step("GET /a", before, "{\"id\":\"" + C + "\",\"x\":3}");
        other.session("a").step("GET /a", before, "{\"id\":\"" + B + "\",\"x\":2}");
        assertThat(one.findings()).isEqualTo(other.findings());
        assertThat(one.finish().findings().get(0).id())
                .isEqualTo(other.finish().findings().get(0).id());
    }

    @Test
    void whatTheTargetAnsweredIsMaskedBeforeItIsShown() {
        RunResult result = Played.run(from -> new VerdictSettings(
                        from.compare(),
                        from.comparable(),
                        from.ignore(),
                        1,
                        from.baseline(),
                        from.target(),
                        from.recordedHosts(),
                        from.surrogateClass(),
                        json -> json.replace("Secret Person", "•••"),
                        null))
                .step("GET /a?q=Secret%20Person", "{\"owner\":\"x\"}", "{\"owner\":\"Secret Person\"}")
                .finish();
        assertThat(result.findings().get(0).example().after()).isEqualTo("\"•••\"");
        assertThat(result.toString()).doesNotContain("Secret Person");
    }
}

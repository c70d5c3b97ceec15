package dev.retake.replay.gap;

import static dev.retake.replay.Recording.get;
import static dev.retake.replay.Recording.json;
import static dev.retake.replay.Recording.jsonResponse;
import static dev.retake.replay.Recording.request;
import static dev.retake.replay.Recording.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import dev.retake.replay.Recording;
import dev.retake.verdict.Dependence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndoneStepsTest {
    private static final Response OK = jsonResponse(200, "{}");
    private static final String DIGEST = "sha256:0e5574283393d8a7f2a4a5f0f0d1a6f2b3c4d5e6f708192a3b4c5d6e7f809102";

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "POST /cart/items, GET /cart, true",
        "POST /cart/items, GET /cart/items, true",
        "POST /cart/items, GET /cart/items/9, true",
        "POST /cart/items, GET /products, false",
        "POST /api/v1/orders, GET /api/v1/products, false",
        "POST /api/v1/orders, GET /api/v2/orders/77, true",
        "POST /orders/17/pay, GET /orders/17, true",
        "POST /orders/17/pay, GET /orders, true",
        "POST /orders/17/pay, GET /orders/18, false",
        "PUT /orders/17, GET /orders/18, false",
        "PUT /orders/17, GET /orders/17/lines, true",
        "DELETE /orders/17, GET /orders, true",
        "POST /orders, GET /me/orders, true",
        "POST /products/9/reviews, GET /products/5/reviews, false",
        "POST /orders, GET /, false",
        "POST /graphql, POST /graphql, false",
        "PUT /profile, PUT /profile, true",
        "POST /orders, PATCH /orders/77, true",
        "GET /orders, GET /orders/77, false"
    })
    void whatIsAboutTheSameResourceDepends(String undone, String step, boolean depends) {
        Dependence found = after(0, 200, of(undone), of(step));

        assertThat(found != null).isEqualTo(depends);
        if (found != null) {
            assertThat(found.state()).isTrue();
            assertThat(found.why()).contains("step 1").contains(undone.split(" ")[0]);
            assertThat(found.on()).endsWith("was skipped (unsafe-method)");
        }
    }

    @Test
    void whatTheSessionKnewBeforeDoesNotComeOfANewThing() {
        assertThat(after(1, 404, get("/orders/17"), of("POST /orders"), get("/orders/17")))
                .isNull();
        assertThat(after(1, 404, get("/orders/17"), of("POST /orders"), get("/orders/18")))
                .isNotNull();

        Recording listed = new Recording("s1")
                .add(get("/orders"), jsonResponse(200, "{\"orders\":[{\"id\":7,\"lines\":8}]}"))
                .add(of("POST /orders"), OK)
                .add(get("/orders/7"), OK)
                .add(get("/orders/8"), OK);
        UndoneSteps steps = new UndoneSteps(listed.exchanges());
        steps.add(1, "was skipped (unsafe-method)");
        assertThat(steps.of(2, 404)).isNull();
        assertThat(steps.of(3, 404)).isNotNull();
    }

    @Test
    void whatNamesWhatOnlyTheUndoneStepMadeDepends() {
        Recording push = new Recording("s1")
                .add(of("HEAD /v2/app/blobs/" + DIGEST), response(404, ""))
                .add(withheld(of("PUT /v2/app/blobs/uploads/1?digest=" + DIGEST)), response(201, ""))
                .add(json("PUT", "/v2/app/manifests/latest", "{\"layers\":[\"" + DIGEST + "\"]}"), response(201, ""))
                .add(get("/v2/app/manifests/latest"), OK)
                .add(get("/v2/other/tags/list"), OK);
        UndoneSteps steps = new UndoneSteps(push.exchanges());
        steps.add(1, "was skipped (body-withheld)");

        Dependence refused = steps.of(2, 400);
        assertThat(refused).isNotNull();
        assertThat(refused.state()).isFalse();
        assertThat(refused.on()).contains("PUT /v2/app/blobs/uploads/{id} was skipped (body-withheld)");
        assertThat(steps.of(2, 201)).isNull();

        steps.add(2, refused);
        Dependence missing = steps.of(3, 404);
        assertThat(missing).isNotNull();
        assertThat(missing.on()).isEqualTo(refused.on());
        assertThat(missing.why())
                .contains("step 3 (PUT /v2/app/manifests/latest)")
                .contains("body-withheld");
        assertThat(steps.of(4, 404)).isNull();
    }

    @Test
    void whatIsAnsweredWithWhatTheUndoneStepMadeDepends() {
        String line = "9f1c2b3a-5d4e-4f60-8a7b-1c2d3e4f5a6b";
        Recording shopping = new Recording("s1")
                .add(json("POST", "/cart/lines", "{}"), jsonResponse(201, "{\"line\":\"" + line + "\"}"))
                .add(json("POST", "/orders", "{}"), jsonResponse(201, "{\"lines\":[\"" + line + "\"]}"))
                .add(json("POST", "/wishes", "{}"), jsonResponse(201, "{\"wish\":\"5b6c7d8e9f0a1b2c3d4e\"}"))
                .add(get("/orders"), OK);
        UndoneSteps steps = new UndoneSteps(shopping.exchanges());
        steps.add(0, "was skipped (body-withheld)");

        Dependence order = steps.of(1, 201);
        assertThat(order).isNotNull();
        assertThat(order.state()).isTrue();
        steps.add(1, order);
        assertThat(steps.of(2, 409)).isNull();
        assertThat(steps.of(3, 200)).isNotNull();
    }

    @Test
    void whoIsNotSignedInIsRefused() {
        Dependence refused = after(0, 401, of("POST /login"), get("/me"));
        assertThat(refused).isNotNull();
        assertThat(refused.signIn()).isTrue();
        assertThat(after(0, 302, of("POST /login"), get("/me"))).isNotNull();
        assertThat(after(0, 404, of("POST /login"), get("/me"))).isNull();
        assertThat(after(0, 401, of("POST /orders"), get("/me"))).isNull();
    }

    @Test
    void aRefusalIsForWantOfTheSignInAndNotOfWhatCameLater() {
        Recording session = new Recording("s1")
                .add(of("POST /login"), OK)
                .add(of("POST /orders"), OK)
                .add(get("/orders"), OK);
        UndoneSteps steps = new UndoneSteps(session.exchanges());
        steps.add(0, "was skipped (unsafe-method)");
        steps.add(1, "was skipped (unsafe-method)");
        assertThat(steps.of(2, 401)).matches(Dependence::signIn);
        assertThat(steps.of(2, 200)).matches(Dependence::state);
    }

    @Test
    void whatIsWrittenAfterAWriteThatGotNoAnswerDepends() {
        Recording session = new Recording("s1")
                .add(of("DELETE /cart/lines/17"), OK)
                .add(of("POST /orders"), OK)
                .add(get("/products"), OK);
        UndoneSteps steps = new UndoneSteps(session.exchanges());
        steps.addFailed(0);
        assertThat(steps.of(1, 201)).matches(Dependence::state);
        assertThat(steps.of(2, 404)).isNull();
    }

    @Test
    void aFileOfAnUploadThatWasNotKept() {
        Recording upload = new Recording("s1")
                .add(get("/files/logo.svg"), OK)
                .add(withheld(of("POST /files/upload")), response(204, ""))
                .add(get("/files/a.png"), OK)
                .add(get("/files/logo.svg"), OK)
                .add(get("/about"), OK);
        UndoneSteps steps = new UndoneSteps(upload.exchanges());
        steps.add(1, "was skipped (body-withheld)");

        assertThat(steps.of(2, 404)).isNotNull();
        assertThat(steps.of(3, 404)).isNull();
        assertThat(steps.of(4, 404)).isNull();
    }

    private static Dependence after(int undone, int status, Request... requests) {
        Recording recording = new Recording("s1");
        for (Request request : requests) {
            recording.add(request, OK);
        }
        UndoneSteps steps = new UndoneSteps(recording.exchanges());
        steps.add(undone, "was skipped (unsafe-method)");
        return steps.of(requests.length - 1, status);
    }

    private static Request of(String line) {
        String[] parts = line.split(" ");
        return request(parts[0], parts[1], "");
    }

    private static Request withheld(Request request) {
        Body body = new Body(new byte[0], 9, 9, null, false, Withheld.BINARY, null, 0, new long[0]);
        return new Request(
                request.method(), request.target(), request.version(), request.headers(), body, request.trailers());
    }
}

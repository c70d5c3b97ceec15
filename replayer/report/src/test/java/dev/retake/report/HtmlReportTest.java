package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.SessionResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {
    @Test
    void theFirstScreenAnswers() throws IOException {
        Document page = page(Runs.regressions());

        assertThat(page.select("header h1").text()).isEqualTo("Regressions");
        assertThat(page.select("header p").text()).startsWith("2 new findings in 3 of 4 compared exchanges");
        assertThat(page.select("section.loud li").eachText())
                .containsExactly(
                        "3 skipped: unsafe method; --allow-unsafe sends these too",
                        "1 skipped: the recording withheld the request's body, or a part of it",
                        "1 blocked: they depend on a step that failed, was skipped, or no longer gives what they need",
                        "1 failed: the target gave no response to compare");
        assertThat(page.select("section.counts li").eachText())
                .containsExactly("1 match", "0 equivalent", "3 changed", "1 failed", "1 skipped", "1 blocked");
    }

    @Test
    void aFindingShowsBeforeAfterAndHowToRepeatIt() throws IOException {
        Document page = page(Runs.regressions());

        var price = page.select("details.finding").get(1);
        assertThat(price.select(".before pre").text()).isEqualTo("{\"amount\":1299,\"currency\":\"EUR\"}");
        assertThat(price.select("del").text()).isEqualTo("1299");
        assertThat(price.select("ins").text()).isEqualTo("1300");
        assertThat(price.select(".command pre").text()).isEqualTo("curl -sS 'http://127.0.0.1:8081/orders/17'");
        assertThat(price.select("button.copy")).hasSize(1);
        assertThat(price.text()).contains("--ignore 'GET /products:/items/*/price'");
        var added = page.select("details.finding").get(2);
        assertThat(added.select(".before .absent")).hasSize(1);
        assertThat(added.hasAttr("open")).isFalse();
    }

    @Test
    void sessionsWithTroubleComeFirstAndLinkToTheirFindings() throws IOException {
        RunResult result = Runs.result(
                RunResult.Outcome.REGRESSIONS,
                null,
                Map.of(),
                Runs.regressions().findings(),
                List.of(
                        Runs.session("calm", Runs.step(1, "GET /a", StepStatus.MATCH)),
                        Runs.session("hurt", Runs.step(1, "GET /b", StepStatus.CHANGED, "f-price"))),
                List.of());

        Document page = page(result);

        assertThat(page.select("details.session > summary code").eachText()).containsExactly("hurt", "calm");
        String href = page.select("details.session a").attr("href");
        assertThat(page.select(href).select(".explanation").text()).isEqualTo("The price is rounded to whole units.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</style><img src=x onerror=alert(1)>",
                "\" onmouseover=\"alert(1)",
                "' autofocus onfocus='alert(1)",
                "<!--",
                "]]>",
                "javascript:alert(1)",
                "&lt;b&gt;",
                "</pre></details><iframe src=//evil.example>",
                "\u0000\u001b[2J\u202e\ud800",
            })
    void hostileTextStaysText(String hostile) throws IOException {
        HostileRun.assertShown(hostile, page(HostileRun.of(hostile)));
    }

    @Test
    void thePolicyAllowsThePagesOwnStyleAndScriptOnly() throws Exception {
        Document page = page(Runs.regressions());

        String policy = page.select("meta[http-equiv=Content-Security-Policy]").attr("content");

        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("style-src '" + hash(page.select("style").first().data()) + "'")
                .contains("script-src '" + hash(page.select("script").first().data()) + "'");
    }

    @Test
    void thousandsOfSessionsStayReadable() throws IOException {
        List<SessionResult> sessions = IntStream.range(0, 2_000)
                .mapToObj(s -> new SessionResult(
                        "session-" + s,
                        IntStream.range(0, 40)
                                .mapToObj(i -> Runs.step(i + 1, "GET /orders/{id}/lines", StepStatus.CHANGED, "f1"))
                                .toList()))
                .toList();
        List<Finding> findings = IntStream.range(0, 2_000)
                .mapToObj(i -> Runs.finding(
                        "f" + i,
                        Finding.Kind.FIELD_CHANGED,
                        "GET /orders/{id}",
                        "/field" + i,
                        Finding.Severity.MAJOR,
                        "1",
                        "2",
                        "The field changed.",
                        Finding.Status.NEW))
                .toList();

        byte[] html = write(Runs.result(RunResult.Outcome.REGRESSIONS, null, Map.of(), findings, sessions, List.of()));

        assertThat(html.length).isLessThan(5_000_000);
        Document page = Jsoup.parse(new String(html, StandardCharsets.UTF_8));
        assertThat(page.select("section > .left-out").eachText())
                .containsExactly(
                        "1,700 findings more, left out to keep this page small; report.json has all.",
                        "1,500 sessions more, left out to keep this page small; those with changes come first, and"
                                + " junit.xml has every step of all.");
        assertThat(page.select("details.session").last().select(".left-out").text())
                .startsWith("40 steps more, left out");
    }

    private static String hash(String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static Document page(RunResult result) throws IOException {
        return Jsoup.parse(new String(write(result), StandardCharsets.UTF_8));
    }

    private static byte[] write(RunResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(result, out);
        return out.toByteArray();
    }
}

package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;

/** A result with one text wherever there may be text, and what must hold for the page made of it. */
final class HostileRun {
    private HostileRun() {}

    static RunResult of(String hostile) {
        Finding finding = new Finding(
                hostile,
                Finding.Kind.BODY,
                hostile,
                List.of(hostile, hostile + "2"),
                hostile,
                Finding.Severity.MAJOR,
                1,
                List.of(hostile),
                new Finding.Example(hostile, hostile, hostile + "2", hostile),
                hostile,
                Finding.Status.NEW);
        StepResult step =
                new StepResult(1, hostile, hostile, StepStatus.CHANGED, List.of(hostile), List.of(hostile), 1);
        RunResult plain = Runs.clean();
        return new RunResult(
                new RunResult.Run(
                        hostile,
                        plain.run().started(),
                        plain.run().ended(),
                        hostile,
                        hostile,
                        1,
                        plain.run().comparable(),
                        plain.run().compare()),
                RunResult.Outcome.INCONCLUSIVE,
                hostile,
                plain.counts(),
                Map.of(hostile, 1),
                List.of(finding),
                List.of(new RunResult.Binding(hostile, hostile, hostile, 1)),
                plain.lag(),
                List.of(Runs.session(hostile, step)),
                List.of(hostile));
    }

    /** The page shows the text, and none of it is an element, an attribute or a link. */
    static void assertShown(String hostile, Document page) {
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("img, iframe, link, object, embed, form, base")).isEmpty();
        assertThat(page.getAllElements())
                .allMatch(element -> element.attributes().asList().stream()
                        .noneMatch(a -> a.getKey().startsWith("on")
                                || a.getKey().equals("style")
                                || a.getKey().equals("src")));
        assertThat(page.select("a").eachAttr("href")).allMatch(href -> href.startsWith("#finding-"));
        assertThat(page.select(".explanation").first().wholeText()).isEqualTo(VisibleText.line(hostile));
        assertThat(page.select(".command pre").first().wholeText()).isEqualTo(VisibleText.block(hostile));
    }
}

package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.xml.sax.SAXException;

/** Whatever stands in a result, a page shows it as text, XML stays XML, and a terminal gets no control character of it. */
class ReportFuzzTest {
    @FuzzTest
    void write(byte[] input) throws IOException, SAXException, ParserConfigurationException {
        String hostile = new String(input, StandardCharsets.UTF_8);
        if (hostile.isEmpty()) {
            return;
        }
        RunResult result = result(hostile);

        ByteArrayOutputStream html = new ByteArrayOutputStream();
        HtmlReport.write(result, html);
        Document page = Jsoup.parse(html.toString(StandardCharsets.UTF_8));
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("img, iframe, link, object, embed, form, base")).isEmpty();
        assertThat(page.getAllElements())
                .allMatch(element -> element.attributes().asList().stream()
                        .noneMatch(a -> a.getKey().startsWith("on")
                                || a.getKey().equals("style")
                                || a.getKey().equals("src")));
        assertThat(page.select("a").eachAttr("href")).allMatch(href -> href.startsWith("#finding-"));
        assertThat(page.select(".command pre").first().wholeText()).isEqualTo(VisibleText.block(hostile));

        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        JunitXml.write(result, xml);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.toByteArray()));

        StringBuilder terminal = new StringBuilder();
        TerminalSummary.write(result, terminal, false);
        assertThat(terminal.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
    }

    private static RunResult result(String hostile) {
        Finding finding = new Finding(
                hostile,
                Finding.Kind.BODY,
                hostile,
                List.of(hostile),
                hostile,
                Finding.Severity.MAJOR,
                1,
                List.of(hostile),
                new Finding.Example(hostile, hostile, hostile + "2", hostile),
                hostile,
                Finding.Status.NEW);
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
                List.of(Runs.session(hostile, Runs.step(1, hostile, RunResult.StepStatus.CHANGED, hostile))),
                List.of(hostile));
    }
}

package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitXmlTest {
    @Test
    void aSuiteForEachSessionAndACaseForEachStep() throws Exception {
        Document xml = parse(Runs.regressions());

        assertThat(elements(xml, "testsuite"))
                .extracting(e -> e.getAttribute("name"))
                .containsExactly("session aa01", "session aa02", "session aa03");
        assertThat(elements(xml, "testcase"))
                .extracting(e -> e.getAttribute("classname") + ": " + e.getAttribute("name"))
                .containsExactly(
                        "session aa01: 1 GET /products",
                        "session aa01: 2 GET /profile",
                        "session aa01: 3 POST /cart",
                        "session aa02: 1 GET /orders/{id}",
                        "session aa02: 2 GET /orders/{id}",
                        "session aa02: 3 GET /export.csv",
                        "session aa03: 1 GET /products");
        Element root = xml.getDocumentElement();
        assertThat(List.of(
                        root.getAttribute("tests"),
                        root.getAttribute("failures"),
                        root.getAttribute("errors"),
                        root.getAttribute("skipped")))
                .containsExactly("7", "2", "1", "2");
        assertThat(elements(xml, "failure")).hasSize(2);
        assertThat(elements(xml, "error")).hasSize(1);
        assertThat(elements(xml, "skipped")).hasSize(2);
    }

    @Test
    void aKnownFindingFailsNoCase() throws Exception {
        Element known = elements(parse(Runs.regressions()), "testcase").get(1);

        assertThat(known.getElementsByTagName("failure").getLength()).isZero();
        assertThat(known.getElementsByTagName("system-out").item(0).getTextContent())
                .isEqualTo("known: because of CHANGED");
    }

    @Test
    void anyTextGivesValidXml() throws Exception {
        String hostile = "]]><x a=\"1\">&amp;\u0000\u0001\u001b[31m\ud800\ufffe\r\n😀";
        StepResult step = new StepResult(1, hostile, hostile, StepStatus.FAILED, List.of(hostile), List.of(hostile), 0);
        RunResult result = Runs.result(
                RunResult.Outcome.CLEAN,
                null,
                Map.of(),
                List.of(),
                List.of(new RunResult.SessionResult(hostile, List.of(step))),
                List.of());

        Document xml = parse(result);

        assertThat(elements(xml, "testcase").get(0).getAttribute("name"))
                .isEqualTo("1 ]]><x a=\"1\">&amp;\\u0000\\u0001\\u001b[31m\\ud800\\ufffe\\r\\n😀");
        assertThat(elements(xml, "error").get(0).getTextContent())
                .isEqualTo("]]><x a=\"1\">&amp;\\u0000\\u0001\\u001b[31m\\ud800\\ufffe\\r\n😀");
    }

    private static Document parse(RunResult result) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JunitXml.write(result, out);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()));
    }

    private static List<Element> elements(Document xml, String name) {
        NodeList nodes = xml.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}

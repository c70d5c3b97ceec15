package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.verdict.RunResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.xml.sax.SAXException;

/** Whatever stands in a result, a page shows it as text, XML stays XML, and a terminal gets no control character of it. */
class ReportFuzzTest {
    @FuzzTest
    void write(byte[] input) throws IOException, SAXException, ParserConfigurationException {
        String hostile = new String(input, StandardCharsets.UTF_8);
        if (hostile.isEmpty()) {
            return;
        }
        RunResult result = HostileRun.of(hostile);

        ByteArrayOutputStream html = new ByteArrayOutputStream();
        HtmlReport.write(result, html);
        HostileRun.assertShown(hostile, Jsoup.parse(html.toString(StandardCharsets.UTF_8)));

        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        JunitXml.write(result, xml);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.toByteArray()));

        StringBuilder terminal = new StringBuilder();
        TerminalSummary.write(result, terminal, false);
        assertThat(terminal.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
    }
}

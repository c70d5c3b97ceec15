package dev.retake.report;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.SessionResult;
import dev.retake.verdict.RunResult.StepResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code junit.xml}: a suite for each session, a case for each step, in the order of the journal.
 *
 * <p>A case fails exactly when it shows a finding that is new, so that a build server that reads this file and one that
 * takes the exit code agree; what shows only known findings passes, and says so. A transport failure is an error. Names
 * come from ids and positions in the recording, so a build server can follow a case from night to night.
 */
final class JunitXml {
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    private final XMLStreamWriter xml;
    private final Set<String> fresh = new HashSet<>();

    private JunitXml(XMLStreamWriter xml, RunResult result) {
        this.xml = xml;
        Wording.withStatus(result, Finding.Status.NEW).forEach(finding -> fresh.add(finding.id()));
    }

    /** Writes the document in UTF-8; {@code out} stays open. */
    static void write(RunResult result, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new JunitXml(xml, result).document(result);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void document(RunResult result) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        attribute("name", "retake: " + Wording.name(result.outcome()));
        totals(result.sessions().stream().flatMap(s -> s.steps().stream()).toList());
        for (SessionResult session : result.sessions()) {
            suite(session);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(SessionResult session) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", "session " + session.id());
        totals(session.steps());
        for (StepResult step : session.steps()) {
            step(session, step);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private void totals(List<StepResult> steps) throws XMLStreamException {
        int failures = 0;
        int errors = 0;
        int skipped = 0;
        double millis = 0;
        for (StepResult step : steps) {
            switch (step.status()) {
                case MATCH, EQUIVALENT -> {}
                case CHANGED -> failures += isNew(step) ? 1 : 0;
                case FAILED -> errors++;
                case SKIPPED, BLOCKED -> skipped++;
            }
            millis += step.millis();
        }
        attribute("tests", Integer.toString(steps.size()));
        attribute("failures", Integer.toString(failures));
        attribute("errors", Integer.toString(errors));
        attribute("skipped", Integer.toString(skipped));
        attribute("time", seconds(millis));
    }

    private void step(SessionResult session, StepResult step) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("classname", "session " + session.id());
        attribute("name", step.sequence() + " " + step.operation());
        attribute("time", seconds(step.millis()));
        switch (step.status()) {
            case MATCH, EQUIVALENT -> {}
            case CHANGED -> changed(step);
            case FAILED -> reason("error", "transport", "no response: " + firstReason(step), step.why());
            case SKIPPED -> reason("skipped", null, firstReason(step), List.of());
            case BLOCKED -> reason("skipped", null, "blocked: " + firstReason(step), List.of());
        }
        xml.writeEndElement();
    }

    private void changed(StepResult step) throws XMLStreamException {
        if (isNew(step)) {
            reason("failure", "changed", firstReason(step), step.why());
        } else {
            xml.writeStartElement("system-out");
            text("known: " + String.join("\n", step.why()));
            xml.writeEndElement();
        }
    }

    private void reason(String element, @Nullable String type, String message, List<String> why)
            throws XMLStreamException {
        xml.writeStartElement(element);
        if (type != null) {
            attribute("type", type);
        }
        attribute("message", message);
        text(String.join("\n", why));
        xml.writeEndElement();
    }

    private boolean isNew(StepResult step) {
        return step.findings().stream().anyMatch(fresh::contains);
    }

    private static String firstReason(StepResult step) {
        return step.why().isEmpty() ? Wording.name(step.status()) : step.why().get(0);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, VisibleText.line(value));
    }

    private void text(String text) throws XMLStreamException {
        xml.writeCharacters(VisibleText.block(text));
    }

    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1_000);
    }
}

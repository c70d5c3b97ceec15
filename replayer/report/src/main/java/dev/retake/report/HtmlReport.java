package dev.retake.report;

import dev.retake.verdict.RunResult;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * Writes {@code report.html}: one file that needs nothing else and asks the network for nothing.
 *
 * <p>The template escapes by context and puts what was recorded into text and plain attributes only. Behind that stands
 * a content security policy that allows the page's own style and script by their hashes and nothing else: markup that
 * slipped through could neither run nor load nor send.
 */
final class HtmlReport {
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    private HtmlReport() {}

    /** Writes the page in UTF-8; {@code out} stays open. */
    @SuppressWarnings("NullAway") // generated code is without annotations, and null means no interceptor
    static void write(RunResult result, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // Called by its name, not through jte's engine: the compiler checks the parameters, and nothing is looked up.
        JtereportGenerated.render(
                new OwaspHtmlTemplateOutput(new WriterOutput(writer)),
                null,
                ReportPage.of(result),
                STYLE,
                SCRIPT,
                POLICY);
        writer.flush();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + name + " from the class path", e);
        }
    }

    private static String hash(String content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha256.digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

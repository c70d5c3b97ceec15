package dev.retake.report;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.verdict.RunResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes all reports of a run into one directory. Each file appears whole or not at all: a reader that comes while it is
 * written, or after a crash, sees the file of the run before.
 */
public final class ReportFiles {
    /** For programs; what {@code --json} prints. */
    public static final String JSON = "report.json";

    /** For people. */
    public static final String HTML = "report.html";

    /** For build servers. */
    public static final String JUNIT = "junit.xml";

    /** For a comment on a pull request. */
    public static final String MARKDOWN = "summary.md";

    private ReportFiles() {}

    /**
     * Writes {@link #JSON}, {@link #HTML}, {@link #JUNIT} and {@link #MARKDOWN} into {@code directory}, which is made
     * where it is missing; files of an earlier run are replaced.
     *
     * @throws RetakeException {@link ErrorCode#DISK} if one of them cannot be written
     */
    public static void write(RunResult result, Path directory) {
        try {
            Files.createDirectories(directory);
            replace(directory.resolve(JSON), out -> ReportJson.write(result, out));
            replace(directory.resolve(HTML), out -> HtmlReport.write(result, out));
            replace(directory.resolve(JUNIT), out -> JunitXml.write(result, out));
            replace(directory.resolve(MARKDOWN), out -> MarkdownSummary.write(result, out));
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK,
                    "Cannot write the report to " + directory + "; check the disk's space and permissions, or pass"
                            + " another directory with --out.",
                    e);
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        // Not a temporary file of the JDK's: that would be for its owner alone, and reports are handed on.
        Path draft = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                content.write(out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What goes into one file. */
    private interface Content {
        void write(OutputStream out) throws IOException;
    }
}

package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path directory;

    @Test
    void writesAllReportsAndLeavesNothingElse() throws IOException {
        Path out = directory.resolve("a/b");

        ReportFiles.write(Runs.regressions(), out);
        ReportFiles.write(Runs.clean(), out);

        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("report.json", "report.html", "junit.xml", "summary.md");
        }
        assertThat(out.resolve(ReportFiles.JSON)).content().contains("\"verdict\" : \"clean\"");
        assertThat(out.resolve(ReportFiles.MARKDOWN)).content().startsWith("## Retake: Clean");
    }

    @Test
    void theSameResultGivesTheSameBytes() throws IOException {
        ReportFiles.write(Runs.regressions(), directory.resolve("one"));
        ReportFiles.write(Runs.regressions(), directory.resolve("two"));

        for (String name : new String[] {ReportFiles.JSON, ReportFiles.HTML, ReportFiles.JUNIT, ReportFiles.MARKDOWN}) {
            assertThat(directory.resolve("one").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("two").resolve(name));
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsOneSentence() throws IOException {
        Path file = Files.createFile(directory.resolve("taken"));

        assertThatThrownBy(() -> ReportFiles.write(Runs.clean(), file))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK))
                .hasMessageContaining("pass another directory with --out");
    }
}

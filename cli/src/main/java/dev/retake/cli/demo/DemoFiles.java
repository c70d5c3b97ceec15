package dev.retake.cli.demo;

import dev.retake.cli.demo.regression.Planted;
import dev.retake.cli.demo.regression.Regression;
import dev.retake.cli.demo.shop.Documents;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySetFile;
import dev.retake.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/** The files of a demo in its directory. */
final class DemoFiles {
    private static final String PLANTED = "planted.json";
    private static final String JOURNAL = "journal";

    private final Path directory;

    DemoFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path journal() {
        return directory.resolve(JOURNAL);
    }

    Path keys() {
        return KeySetFile.defaultFor(journal());
    }

    Path report() {
        return directory.resolve(ReportFiles.HTML);
    }

    /** Removes what an earlier demo left, and nothing else: the directory may hold more. */
    void clear() {
        try {
            Files.createDirectories(directory);
            for (String name : List.of(
                    JOURNAL,
                    JOURNAL + ".keys",
                    JOURNAL + ".keyring",
                    PLANTED,
                    ReportFiles.HTML,
                    ReportFiles.JSON,
                    ReportFiles.JUNIT,
                    ReportFiles.MARKDOWN)) {
                delete(directory.resolve(name));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Writes what was planted, for whoever checks the report against it. */
    void writePlanted(List<Regression> regressions) {
        ArrayNode list = Documents.array();
        for (Regression regression : regressions) {
            Planted planted = regression.planted();
            list.addObject()
                    .put("kind", planted.kind())
                    .put("operation", planted.operation())
                    .put("location", planted.location());
        }
        try {
            Files.write(directory.resolve(PLANTED), Documents.bytes(list));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private RetakeException unwritable(IOException cause) {
        return new RetakeException(
                ErrorCode.DISK,
                "Cannot write the demo to " + directory + "; check the disk, or pass another directory with --out.",
                cause);
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> tree = Files.walk(path)) {
                for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}

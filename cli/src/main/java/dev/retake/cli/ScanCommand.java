package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.RecordScanner;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retake scan}: a gate that lets nothing real through. */
@Command(
        name = "scan",
        description = "Look for planted values and for what the detectors know, in every byte of files, journals and"
                + " reports. Exit code 1 with the places, never the values, where there is a leak; 3 where a part could"
                + " not be read.")
final class ScanCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ScanCommand.class);

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files and directories to read, - for standard input. A journal is read as files and, with its"
                            + " keys, also record by record.")
    private List<Path> paths = List.of();

    @Option(
            names = "--canaries",
            paramLabel = "FILE",
            description = "Planted values, one a line in UTF-8, each at least 4 bytes: looked for as they are, in hex,"
                    + " base64, percent-encoding, UTF-16, JSON and markup escapes, and inside gzip, zlib and zstd.")
    private @Nullable Path canaryFile;

    @Option(
            names = "--detect",
            paramLabel = "WHICH",
            description = "Which values that the detectors find are leaks: certain (default), those of classes whose"
                    + " surrogates can be told from real values (e-mail, phone, card, IBAN, IP address, JWT); all, also"
                    + " keys and ids, for logs and files that hold no surrogates; none.")
    private DetectedClasses classes = DetectedClasses.CERTAIN;

    @Option(names = "--max", paramLabel = "N", description = "How many places are shown; default: 1000.")
    private int most = 1_000;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    ScanCommand() {}

    @Override
    public Integer call() throws IOException {
        Config config = common.config();
        Canaries canaries = canaryFile == null ? Canaries.NONE : read(canaryFile);
        RecordScanner records = RecordScanner.of(canaries, classes, PrivacySettings.from(config));
        ScanFindings findings = new ScanFindings(most);
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            FileScan files = new FileScan(canaries, classes, findings, progress, canaryFile);
            for (Path path : paths) {
                if (path.toString().equals("-")) {
                    files.read("-", System.in);
                } else {
                    files.read(path);
                }
            }
            for (Path journal : files.journals()) {
                if (keys.areThereFor(journal)) {
                    new JournalScan(records, findings, progress).read(journal, keys.forReading(journal));
                } else {
                    LOG.warn("{} was read as files only, for there are no keys to it; pass them with --keys", journal);
                }
            }
        }
        if (common.json()) {
            Answer.to(spec).line(findings.json());
        } else {
            findings.print(Answer.to(spec));
        }
        return findings.leaks() > 0 ? 1 : findings.isUnread() ? 3 : 0;
    }

    private static Canaries read(Path file) {
        try {
            return Canaries.of(Files.readAllLines(file));
        } catch (CharacterCodingException e) {
            throw new RetakeException(ErrorCode.INPUT, file + " is not UTF-8; write the planted values in it.", e);
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.INPUT, "Cannot read " + file + "; check --canaries.", e);
        } catch (IllegalArgumentException e) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    file + ": " + e.getMessage() + ", which any file holds; plant longer values.",
                    e);
        }
    }
}

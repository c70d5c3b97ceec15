package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalWriter;
import dev.retake.journal.vault.VaultWriter;
import dev.retake.pipeline.HarImporter;
import dev.retake.pipeline.ImportCounts;
import dev.retake.pipeline.RecorderSettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.inventory.FieldInventory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake import}: recordings of other programs into a journal, sanitized like live traffic. */
@Command(name = "import", description = "Import recordings of browsers and proxies, sanitized like live traffic.")
final class ImportCommand implements Callable<Integer> {
    /** What can be imported. */
    enum Format {
        HAR
    }

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private Format format = Format.HAR;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to import, plain or gzipped.")
    private List<Path> files = List.of();

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to write to.")
    private Path journal = Path.of("");

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    ImportCommand() {}

    @Override
    public Integer call() {
        Config config = common.config();
        KeySet keySet = keys.forWriting(journal);
        BackgroundErrors errors = new BackgroundErrors();
        FieldInventory inventory = new FieldInventory();
        VaultWriter vault = Vaults.behindData(config, journal, errors);
        JournalSettings settings = JournalSettings.from(config).withoutRetention();
        try (JournalWriter writer = Recorders.open(journal, keySet, settings, errors, inventory)) {
            Sanitizer sanitizer = Recorders.sanitizer(config, keySet, errors, inventory, vault);
            HarImporter importer = new HarImporter(RecorderSettings.from(config), keySet, writer, sanitizer, errors);
            try {
                switch (format) {
                    case HAR -> importer.importFiles(files);
                }
            } finally {
                print(importer.counts());
            }
        } finally {
            Vaults.close(vault);
        }
        return 0;
    }

    private void print(ImportCounts counts) {
        Answer answer = Answer.to(spec);
        if (common.json()) {
            ObjectNode tree = Json.object();
            tree.put("files", counts.files());
            tree.put("entries", counts.entries());
            tree.put("imported", counts.imported());
            tree.put("dropped", counts.dropped());
            tree.put("sessions", counts.sessions());
            ObjectNode skipped = tree.putObject("skipped");
            counts.skipped().forEach((reason, count) -> skipped.put(reason.text(), count));
            answer.line(tree.toString());
            return;
        }
        answer.line("imported %,d of %,d entries as %s"
                .formatted(counts.imported(), counts.entries(), Answer.count(counts.sessions(), "session")));
        if (!counts.skipped().isEmpty()) {
            answer.line("skipped: "
                    + counts.skipped().entrySet().stream()
                            .map(reason -> "%,d %s"
                                    .formatted(
                                            reason.getValue(), reason.getKey().text()))
                            .collect(Collectors.joining(", ")));
        }
    }
}

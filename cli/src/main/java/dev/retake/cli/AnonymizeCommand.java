package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.vault.VaultWriter;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.anonymize.DataFormat;
import dev.retake.privacy.anonymize.DataLayout;
import dev.retake.privacy.anonymize.DataStream;
import dev.retake.privacy.pseudonym.Scope;
import java.io.IOException;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake anonymize}: a test database that agrees with recorded sessions. */
@Command(
        name = "anonymize",
        description =
                "Anonymize CSV, JSON, NDJSON or a plain PostgreSQL dump by the keys and rules of capture: the same"
                        + " value has the same surrogate there as in recorded sessions. What is not replaced stays byte for byte.")
final class AnonymizeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(AnonymizeCommand.class);

    @Parameters(index = "0", paramLabel = "IN", description = "The data; - for standard input, as it comes.")
    private String in = "-";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description =
                    "The new file, which must not exist; - for standard output. It is OUT.part until it is whole.")
    private String out = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES}; default: by the name of IN (.csv, .tsv, .json, .ndjson, .jsonl, .sql,"
                            + " .dump, .copy).")
    private @Nullable DataFormat format;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "What the records are about, as users: a name in users is a person's, in products it is not."
                    + " Default: the name of IN; a dump names its tables itself.")
    private @Nullable String table;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Columns of CSV without a first row of names, or of bare COPY rows, with commas between.")
    private List<String> columns = List.of();

    @Option(names = "--resume", description = "Go on where an interrupted run with the same arguments ended.")
    private boolean resume;

    @Option(
            names = "--max-record",
            paramLabel = "MB",
            description = "The longest record, in MB, 1 to 1024; default: 64.")
    private int longest = 64;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    AnonymizeCommand() {}

    @Override
    public Integer call() throws IOException {
        Config config = common.config();
        KeySet keySet = Options.required(spec, "--keys", keys.named());
        RootKey root = Recorders.root(keySet);
        PrivacySettings settings = PrivacySettings.from(config);
        if (settings.pseudonyms().scope() != Scope.PERMANENT) {
            LOG.warn(
                    "surrogates are not permanent in this configuration, so recorded sessions will not agree with them");
        }
        if (longest < 1 || longest > 1024) {
            throw new ParameterException(spec.commandLine(), "--max-record is 1 to 1024 MB");
        }
        boolean toFile = !out.equals("-");
        if (resume && (!toFile || in.equals("-"))) {
            throw new ParameterException(spec.commandLine(), "--resume needs files for IN and OUT");
        }
        DataFormat data = format();
        String about = table != null ? table : in.equals("-") ? "" : baseName();
        VaultWriter vault = Vaults.behindData(config, null, new BackgroundErrors());
        try {
            DataStream stream = DataStream.of(data, new DataLayout(about, columns), root, settings, vault);
            Runnable finished = () -> print(stream, toFile);
            try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
                if (toFile) {
                    String run = String.join("\n", data.name(), about, String.join(",", columns));
                    DataFiles files = new DataFiles(Path.of(in), Path.of(out), keySet, root, settings, run);
                    return files.run(stream, longest * 1024 * 1024, resume, progress, finished) ? 0 : 3;
                }
                return DataPipe.run(stream, in, longest * 1024 * 1024, finished) ? 0 : 3;
            }
        } finally {
            Vaults.close(vault);
        }
    }

    private DataFormat format() {
        DataFormat data = format != null ? format : DataFormat.ofName(in);
        if (data == null) {
            throw new ParameterException(
                    spec.commandLine(), "The name of IN shows no format; pass --format csv, json, ndjson or copy");
        }
        return data;
    }

    private String baseName() {
        String name = String.valueOf(Path.of(in).getFileName());
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void print(DataStream stream, boolean toFile) {
        ObjectNode tree = Json.object();
        tree.put("records", stream.records());
        tree.put("replaced", stream.replaced());
        tree.put("malformed", stream.malformed());
        String text = common.json()
                ? tree.toString()
                : "anonymized %s, replaced %s%s"
                        .formatted(
                                Answer.count(stream.records(), "record"),
                                Answer.count(stream.replaced(), "value"),
                                stream.malformed() == 0
                                        ? ""
                                        : "; " + Answer.count(stream.malformed(), "malformed record")
                                                + " among them, sanitized and kept");
        if (toFile) {
            Answer.to(spec).line(text);
        } else {
            spec.commandLine().getErr().println(text);
            spec.commandLine().getErr().flush();
        }
    }
}

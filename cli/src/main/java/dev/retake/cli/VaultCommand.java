package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.vault.VaultKeyFile;
import dev.retake.journal.vault.VaultReader;
import dev.retake.journal.vault.VaultStats;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake vault}: what stands behind surrogates, for those who may know. */
@Command(
        name = "vault",
        description = "Tell the originals of surrogates, for a reason and on record; forget them; look who asked.",
        subcommands = {
            VaultRevealCommand.class,
            VaultForgetCommand.class,
            VaultAuditCommand.class,
            VaultCommand.Stats.class,
            VaultCommand.Key.class
        })
final class VaultCommand implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // for --help
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    VaultCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: reveal, forget, audit, stats or key.");
    }

    /** {@code retake vault stats}. */
    @Command(name = "stats", description = "Say how much is in the vault, and of which days; nothing is revealed.")
    static final class Stats implements Callable<Integer> {
        @Mixin
        private VaultOptions options = new VaultOptions();

        @Spec
        private CommandSpec spec;

        Stats() {}

        @Override
        public Integer call() {
            VaultStats stats;
            try (VaultReader reader = VaultReader.open(options.files())) {
                stats = reader.stats();
            }
            if (options.json()) {
                ObjectNode tree = Json.object();
                tree.put("mappings", stats.mappings());
                tree.put("writers", stats.writers());
                tree.put("bytes", stats.bytes());
                tree.put(
                        "oldest", stats.oldest() == null ? null : stats.oldest().toString());
                tree.put(
                        "newest", stats.newest() == null ? null : stats.newest().toString());
                Answer.to(spec).line(tree.toString());
                return 0;
            }
            String days = stats.oldest() == null ? "" : ", from " + stats.oldest() + " to " + stats.newest();
            Answer.to(spec)
                    .line("%s (one for each value, day and writer) of %s, %,d bytes%s"
                            .formatted(
                                    Answer.count(stats.mappings(), "mapping"),
                                    Answer.count(stats.writers(), "writer"),
                                    stats.bytes(),
                                    days));
            return 0;
        }
    }

    /** {@code retake vault key}. */
    @Command(
            name = "key",
            description = "Make a vault's key: FILE, which reads, to be kept away from what records, and FILE.public,"
                    + " which what records gets by privacy.vault.publicKey.")
    static final class Key implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "The new key's file.")
        private Path file = Path.of("");

        @Mixin
        @SuppressWarnings("UnusedVariable") // for --help
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Key() {}

        @Override
        public Integer call() {
            if (!VaultKeyFile.createIfAbsent(file)) {
                throw new RetakeException(ErrorCode.ARGUMENT, "There is a file at " + file + "; name another.");
            }
            Path half = file.resolveSibling(file.getFileName() + ".public");
            if (!VaultKeyFile.createPublic(half, file)) {
                throw new RetakeException(ErrorCode.ARGUMENT, "There is a file at " + half + "; name another.");
            }
            Answer.to(spec).line("made " + file + " and " + half);
            return 0;
        }
    }
}

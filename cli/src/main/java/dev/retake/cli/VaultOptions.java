package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.journal.audit.AuditLog;
import dev.retake.journal.vault.VaultFiles;
import dev.retake.journal.vault.VaultKeyFile;
import dev.retake.journal.vault.VaultSettings;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which vault, its key, and the audit log that belongs to it. */
final class VaultOptions {
    private static final int FEWEST_WORDS = 2;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal that it belongs to.")
    private Path journal = Path.of("");

    @Option(
            names = "--vault-key",
            paramLabel = "FILE",
            description = "The vault's key with its private half; default: DIR.vault.key beside the journal.")
    private @Nullable Path vaultKey;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    boolean json() {
        return common.json();
    }

    VaultFiles files() {
        Config config = common.config();
        return VaultSettings.from(config).files(journal);
    }

    KeyPair key() {
        Path file = vaultKey;
        return VaultKeyFile.load(file == null ? files().key() : file);
    }

    AuditLog audit() {
        return AuditLog.of(journal, keys.forReading(journal), Clock.systemUTC());
    }

    /** Whoever looks behind a surrogate says why: a word alone is no reason. */
    static String reason(CommandSpec spec, @Nullable String reason) {
        String text = reason == null ? "" : reason.strip();
        if (text.split("\\s+").length < FEWEST_WORDS) {
            throw new ParameterException(
                    spec.commandLine(), "Say why in a few words, with --reason TEXT; the audit log keeps it");
        }
        return text;
    }
}

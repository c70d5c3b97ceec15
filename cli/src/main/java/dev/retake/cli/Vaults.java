package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.meter.Meter;
import dev.retake.journal.vault.VaultFiles;
import dev.retake.journal.vault.VaultKeyFile;
import dev.retake.journal.vault.VaultSettings;
import dev.retake.journal.vault.VaultWriter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the optional vault behind what sanitizes, as the configuration says. */
final class Vaults {
    private static final Logger LOG = LoggerFactory.getLogger(Vaults.class);

    private Vaults() {}

    /** For a sidecar, which it never holds up; null where none is configured. */
    static @Nullable VaultWriter behindTraffic(
            Config config, Path journal, BackgroundErrors errors, MeterRegistry meters) {
        VaultSettings settings = VaultSettings.from(config);
        if (!settings.enabled()) {
            return null;
        }
        VaultFiles files = settings.files(journal);
        VaultWriter vault =
                VaultWriter.behindTraffic(settings, files, publicKey(settings, files), Clock.systemUTC(), errors);
        counter(meters, Meter.VAULT_VALUES, vault, VaultWriter::asked);
        counter(meters, Meter.VAULT_KNOWN, vault, VaultWriter::hits);
        counter(meters, Meter.VAULT_STORED, vault, VaultWriter::stored);
        counter(meters, Meter.VAULT_DROPPED, vault, VaultWriter::dropped);
        return vault;
    }

    /**
     * For an import or for data, which waits for it; null where none is configured.
     *
     * @param journal beside which it is, null where the configuration must name it
     */
    static @Nullable VaultWriter behindData(Config config, @Nullable Path journal, BackgroundErrors errors) {
        VaultSettings settings = VaultSettings.from(config);
        if (!settings.enabled()) {
            return null;
        }
        Path path = settings.path();
        if (journal == null && path == null) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "privacy.vault.path must name the vault where there is no journal; set it, or set"
                            + " privacy.vault.enabled to false.");
        }
        VaultFiles files = journal == null && path != null ? VaultFiles.at(path) : settings.files(path(journal));
        return VaultWriter.behindData(settings, files, publicKey(settings, files), Clock.systemUTC(), errors);
    }

    /** Ends a writer of data, and says so where originals are missing from the vault. */
    static void close(@Nullable VaultWriter vault) {
        if (vault != null) {
            vault.close();
            if (vault.dropped() > 0) {
                LOG.warn("{} originals could not be put into the vault; check its disk", vault.dropped());
            }
        }
    }

    private static Path path(@Nullable Path journal) {
        return journal == null ? Path.of("") : journal;
    }

    private static PublicKey publicKey(VaultSettings settings, VaultFiles files) {
        Path named = settings.publicKey();
        if (named != null) {
            return VaultKeyFile.loadPublic(named);
        }
        if (VaultKeyFile.createIfAbsent(files.key())) {
            LOG.warn(
                    "made a vault key at {}; a deployment should make it elsewhere with retake vault key, and give what"
                            + " records its public half alone by privacy.vault.publicKey",
                    files.key());
        }
        return VaultKeyFile.loadPublic(files.key());
    }

    private static void counter(
            MeterRegistry registry, Meter meter, VaultWriter vault, ToDoubleFunction<VaultWriter> count) {
        FunctionCounter.builder(meter.meterName(), vault, count)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
    }
}

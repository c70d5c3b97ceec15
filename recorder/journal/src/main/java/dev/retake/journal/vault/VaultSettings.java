package dev.retake.journal.vault;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.detect.DataClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a vault keeps, where and for how long.
 *
 * @param enabled whether anything is kept
 * @param path the vault's directory, null beside the journal
 * @param publicKey the file of the key that originals are sealed for, null beside the vault
 * @param retention whole days, 1 to 3,650
 * @param remembered how many stored values are remembered, 1,000 to 10,000,000
 * @param classes of which originals are kept; none that {@link #NEVER} holds
 */
public record VaultSettings(
        boolean enabled,
        @Nullable Path path,
        @Nullable Path publicKey,
        Duration retention,
        int remembered,
        Set<DataClass> classes) {
    /**
     * Credentials and what pays, since nobody who looks into a test has a reason to get one back, and what nobody knows,
     * which may be one.
     */
    public static final Set<DataClass> NEVER = Set.of(
            DataClass.PASSWORD, DataClass.SECRET, DataClass.JWT, DataClass.CARD, DataClass.CARD_CODE, DataClass.OTHER);

    private static final long MOST_DAYS = 3_650;

    public VaultSettings {
        classes = Set.copyOf(classes);
        for (DataClass kept : classes) {
            if (NEVER.contains(kept)) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "privacy.vault.classes must not name " + kept.label()
                                + ", of which no original is ever kept; take it out.");
            }
        }
        if (retention.toDays() < 1 || retention.toDays() > MOST_DAYS) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION, "privacy.vault.retention must be from 1d to 3650d; change it.");
        }
    }

    /** What {@code config} says. */
    public static VaultSettings from(Config config) {
        String path = config.get(VaultKeys.PATH);
        String publicKey = config.get(VaultKeys.PUBLIC_KEY);
        return new VaultSettings(
                config.get(VaultKeys.ENABLED),
                path.isEmpty() ? null : Path.of(path),
                publicKey.isEmpty() ? null : Path.of(publicKey),
                config.get(VaultKeys.RETENTION),
                config.get(VaultKeys.REMEMBERED),
                classes(config.get(VaultKeys.CLASSES)));
    }

    /** Where the vault of {@code journal} is by these settings. */
    public VaultFiles files(Path journal) {
        return path == null ? VaultFiles.of(journal) : VaultFiles.at(path);
    }

    private static Set<DataClass> classes(List<String> labels) {
        Set<DataClass> classes = EnumSet.noneOf(DataClass.class);
        for (String label : labels) {
            try {
                classes.add(DataClass.ofLabel(label));
            } catch (IllegalArgumentException e) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "privacy.vault.classes names " + label + ", which is no data class; see docs/privacy.md.",
                        e);
            }
        }
        return classes;
    }
}

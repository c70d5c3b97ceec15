package dev.retake.journal.vault;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.time.Duration;
import java.util.List;

/** The settings of the vault. */
public final class VaultKeys {
    public static final ConfigKey<Boolean> ENABLED = new ConfigKey<>(
            "privacy.vault.enabled",
            ConfigType.bool(),
            false,
            "Whether originals are kept, sealed, so that retake vault reveal can tell them for a surrogate.");

    public static final ConfigKey<String> PATH = new ConfigKey<>(
            "privacy.vault.path",
            ConfigType.text("a directory"),
            "",
            "Where the vault is; empty: DIR.vault beside the journal. retake anonymize needs it named.");

    public static final ConfigKey<String> PUBLIC_KEY = new ConfigKey<>(
            "privacy.vault.publicKey",
            ConfigType.text("a file that retake vault key made"),
            "",
            "The key that originals are sealed for. The file needs its public half alone; empty: the vault's path with"
                    + " .key, a pair that the first writer makes.");

    public static final ConfigKey<Duration> RETENTION = new ConfigKey<>(
            "privacy.vault.retention",
            ConfigType.duration(),
            Duration.ofDays(30),
            "For how many days after a value was last seen its original can be revealed, 1d to 3650d.");

    public static final ConfigKey<Integer> REMEMBERED = new ConfigKey<>(
            "privacy.vault.remembered",
            ConfigType.integer(1_000, 10_000_000),
            100_000,
            "How many values are remembered as stored already on this day, by a keyed hash.");

    public static final ConfigKey<List<String>> CLASSES = new ConfigKey<>(
            "privacy.vault.classes",
            ConfigType.texts(
                    "a list of data classes, as [email, user-id]; never password, secret, jwt, card, card-code, other"),
            List.of(
                    "email",
                    "phone",
                    "person-name",
                    "given-name",
                    "family-name",
                    "username",
                    "user-id",
                    "street",
                    "city",
                    "postcode",
                    "address",
                    "date-of-birth"),
            "Of which classes originals are kept. Credentials and card numbers cannot be named.");

    public static final List<ConfigKey<?>> ALL = List.of(ENABLED, PATH, PUBLIC_KEY, RETENTION, REMEMBERED, CLASSES);

    private VaultKeys() {}
}

package dev.retake.journal.vault;

import java.nio.file.Path;

/**
 * Where the parts of a vault are: apart from the journal, so that neither is copied with the other by mistake.
 *
 * <pre>
 * DIR.vault/         owner (who writes), db/ (the tables)
 * DIR.vault.key      the private key, and the public one: mode 0600
 * </pre>
 */
public record VaultFiles(Path directory) {

    /** The vault of {@code journal}, unless the user says otherwise. */
    public static VaultFiles of(Path journal) {
        return new VaultFiles(beside(journal, ".vault"));
    }

    /** The vault at {@code directory}. */
    public static VaultFiles at(Path directory) {
        return new VaultFiles(directory.toAbsolutePath().normalize());
    }

    /** The vault's keys, unless the user says otherwise. */
    public Path key() {
        return beside(directory, ".key");
    }

    Path owner() {
        return directory.resolve("owner");
    }

    Path db() {
        return directory.resolve("db");
    }

    private static Path beside(Path path, String suffix) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + suffix);
    }
}

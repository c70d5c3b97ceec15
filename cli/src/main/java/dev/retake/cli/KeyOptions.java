package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where the keys of a journal are. */
final class KeyOptions {
    private static final Logger LOG = LoggerFactory.getLogger(KeyOptions.class);

    @Option(names = "--keys", paramLabel = "FILE", description = "The key set; default: DIR.keys beside the journal.")
    private @Nullable Path file;

    /** The keys for writing to {@code journal}; made, with a warning, where there are none. */
    KeySet forWriting(Path journal) {
        Path keys = fileFor(journal);
        if (!Files.exists(keys) && JournalWriter.isThere(journal)) {
            // New keys would not open it, and would give every value another surrogate.
            throw new RetakeException(
                    ErrorCode.KEY,
                    "The journal " + journal + " is there, but its key set " + keys + " is not; restore that from its"
                            + " backup, pass it with --keys FILE, or give another directory with --journal.");
        }
        if (KeySetFile.createIfAbsent(keys)) {
            LOG.warn("made a new key set at {}; a deployment should supply its own with --keys", keys);
        }
        return KeySetFile.load(keys);
    }

    /** The keys for reading {@code journal}: no root key is loaded. */
    KeySet forReading(Path journal) {
        return KeySetFile.loadForReading(existing(journal));
    }

    /** The keys for reading {@code journal} and for sanitizing as it was: the root key is loaded where there is one. */
    KeySet forSanitizing(Path journal) {
        return KeySetFile.load(existing(journal));
    }

    /** The keys that {@code --keys} names, the root key too; null where it names none. */
    @Nullable
    KeySet named() {
        return file == null ? null : KeySetFile.load(file);
    }

    /** Whether there are keys for {@code journal}: named ones are taken to be there. */
    boolean areThereFor(Path journal) {
        return file != null || Files.exists(KeySetFile.defaultFor(journal));
    }

    private Path existing(Path journal) {
        if (!Files.isDirectory(journal)) {
            throw new RetakeException(
                    ErrorCode.INPUT, "There is no journal at " + journal + "; check --journal, or record one first.");
        }
        return fileFor(journal);
    }

    /** Where the keys of {@code journal} are. */
    Path fileFor(Path journal) {
        return file == null ? KeySetFile.defaultFor(journal) : file;
    }
}

package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalReader;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.Masker;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.replay.ReplayEnvironment;
import dev.retake.replay.source.JournalSource;
import dev.retake.replay.source.MergedSource;
import dev.retake.replay.source.SessionSource;
import dev.retake.verdict.RunResult.Comparability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journals of one replay: their sessions, and what their keys allow a run to compare and must mask. */
final class ReplayedJournals implements AutoCloseable {
    private final MergedSource sessions;
    private final ReplayEnvironment environment;

    private ReplayedJournals(MergedSource sessions, ReplayEnvironment environment) {
        this.sessions = sessions;
        this.environment = environment;
    }

    static ReplayedJournals open(
            List<Path> directories, KeyOptions keys, SessionQuery query, Config config, Comparability comparable) {
        List<SessionSource> sources = new ArrayList<>();
        Path first = directories.get(0);
        boolean sanitizes = comparable == Comparability.SHADOW;
        KeySet keySet = sanitizes ? keys.forSanitizing(first) : keys.forReading(first);
        for (Path directory : directories) {
            sources.add(new JournalSource(
                    directory.toString(), JournalReader.open(directory, keys.forReading(directory)), query));
        }
        return new ReplayedJournals(new MergedSource(sources), environment(keySet, config));
    }

    private static ReplayEnvironment environment(KeySet keys, Config config) {
        ReplayEnvironment system = ReplayEnvironment.system();
        return new ReplayEnvironment(
                system.clock(),
                system.random(),
                system.variables(),
                ReplayedJournals::surrogateClass,
                Masker.create(PrivacySettings.from(config))::json,
                keys::digest,
                sanitizer(keys, config));
    }

    /** Only a key set that was loaded for sanitizing has a root key. */
    private static ReplayEnvironment.@Nullable ExchangeSanitizer sanitizer(KeySet keys, Config config) {
        if (keys.root() == null) {
            return null;
        }
        Sanitizer sanitizer = Recorders.sanitizer(config, keys, new BackgroundErrors());
        return exchange -> sanitizer.sanitize(exchange).exchange();
    }

    private static @Nullable String surrogateClass(String value) {
        DataClass dataClass = SurrogateRecognizer.classOf(value);
        return dataClass == null ? null : dataClass.name();
    }

    SessionSource sessions() {
        return sessions;
    }

    ReplayEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        sessions.close();
    }
}

package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalReader;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.Masker;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.replay.ReplayEnvironment;
import dev.retake.replay.source.JournalSource;
import dev.retake.replay.source.MergedSource;
import dev.retake.replay.source.SessionSource;
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

    static ReplayedJournals open(List<Path> directories, KeyOptions keys, SessionQuery query, Config config) {
        List<SessionSource> sources = new ArrayList<>();
        KeySet keySet = keys.forReading(directories.get(0));
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
                system.sanitizer());
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

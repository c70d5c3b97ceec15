package dev.retake.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalWriter;
import dev.retake.journal.LedgerDelta;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.SanitizedExchange;
import dev.retake.privacy.Sanitizer;
import dev.retake.replay.source.JournalSource;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sanitized and sealed journal still knows: every binding works on surrogates as it does on the real values. */
class JournalReplayIT {

    @Test
    void sanitizedSessionsPlayAgainstAnotherShop(@TempDir Path directory) throws Exception {
        Path journal = directory.resolve("journal");
        KeySetFile.createIfAbsent(directory.resolve("keys"));
        KeySet keys = KeySetFile.load(directory.resolve("keys"));
        try (ShopServer production = new ShopServer(5, false);
                ShopServer test = new ShopServer(6, false)) {
            List<Exchange> session = Shopper.shop("00aa11bb22cc33dd", production.uri());
            write(journal, keys, session, production);

            RunResult refused = replay(journal, keys, test, "");
            assertThat(refused.skippedBy()).containsOnlyKeys("credentials");
            assertThat(refused.findings()).isEmpty();

            RunResult played = replay(journal, keys, test, "{fields: {password: '" + ShopServer.PASSWORD + "'}}");
            assertThat(played.sessions().get(0).steps())
                    .filteredOn(step -> step.status() != StepStatus.MATCH && step.status() != StepStatus.EQUIVALENT)
                    .extracting(StepResult::toString)
                    .isEmpty();
            assertThat(played.counts().compared()).isEqualTo(session.size());
        }
    }

    private static void write(Path journal, KeySet keys, List<Exchange> session, ShopServer upstream) throws Exception {
        Sanitizer sanitizer = Sanitizer.create(Objects.requireNonNull(keys.root()), PrivacySettings.DEFAULTS);
        List<SanitizedExchange> sanitized =
                session.stream().map(sanitizer::sanitize).toList();
        try (JournalWriter writer = JournalWriter.open(
                journal, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors())) {
            writer.recordUpstream(upstream.uri().toString());
            writer.forwarded().add(sanitized.size());
            writer.append(new JournalBatch(sanitized, List.of(), LedgerDelta.NONE));
            writer.sync();
        }
    }

    private static RunResult replay(Path journal, KeySet keys, ShopServer target, String credential) {
        Config config = Config.parse("replay: {credentials: [" + credential + "]}", "test", ReplayKeys.ALL);
        ReplaySettings settings = ReplaySettings.to(target.uri())
                .allowUnsafe(true)
                .policy(ReplayPolicy.from(config))
                .build();
        try (JournalSource source = new JournalSource("journal", JournalReader.open(journal, keys), SessionQuery.ALL)) {
            return new ReplayRun(settings, source, ReplayEnvironment.system(), ReplayListener.NONE).run();
        }
    }
}

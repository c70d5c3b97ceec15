package dev.retake.cli.demo;

import dev.retake.cli.demo.regression.RegressedShop;
import dev.retake.cli.demo.regression.Regression;
import dev.retake.cli.demo.regression.Regressions;
import dev.retake.cli.demo.shop.Dialect;
import dev.retake.cli.demo.shop.Shop;
import dev.retake.cli.demo.shop.ShopData;
import dev.retake.cli.demo.shop.ShopServer;
import dev.retake.cli.demo.shopper.Shoppers;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalStats;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.DataAnonymizer;
import dev.retake.privacy.Masker;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.replay.ReplayEnvironment;
import dev.retake.replay.ReplayListener;
import dev.retake.replay.ReplayRun;
import dev.retake.replay.ReplaySettings;
import dev.retake.replay.source.JournalSource;
import dev.retake.report.ReportFiles;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Comparability;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * Shows the whole loop on real sockets: users visit a shop through the sidecar, the next build of the shop gets a few
 * regressions, the recorded sessions are replayed against it, and the verdict is held against what was planted.
 */
public final class Demo {
    /** The loop found exactly what was planted. */
    public static final int FOUND_ALL = 0;

    /** It did not. */
    public static final int FAILED = 3;

    private static final int REGRESSIONS = 5;

    private final DemoSettings settings;
    private final DemoFiles files;
    private final Narration narration;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** A demo that is told on {@code out}. */
    public Demo(DemoSettings settings, PrintStream out) {
        this.settings = settings;
        this.files = new DemoFiles(settings.out());
        this.narration = new Narration(new Narrator(out), files);
    }

    /** Removes what a demo has left in its directory. */
    public void clear() {
        files.clear();
    }

    /**
     * Runs the demo; with {@link DemoSettings#keep()} it returns only after {@link #stop()}.
     *
     * @return {@link #FOUND_ALL} or {@link #FAILED}
     * @throws RetakeException where the loop could not run
     */
    public int run() throws InterruptedException {
        files.clear();
        KeySetFile.createIfAbsent(files.keys());
        KeySet keys = KeySetFile.load(files.keys());
        RootKey root = Objects.requireNonNull(keys.root(), "the key set was just made, with a root key");
        ShopData data = ShopData.generate(settings.seed());
        Clock clock = Clock.systemUTC();
        Shop shop = new Shop(data, clock, settings.seed());
        try (ShopServer production = ShopServer.start(shop, Dialect.PLAIN, clock, "shop", settings.seed());
                DemoSidecar sidecar = DemoSidecar.start(production.address(), files.journal(), keys, root);
                JournalReader journal = JournalReader.open(files.journal(), KeySetFile.loadForReading(files.keys()))) {
            narration.started(settings.seed(), production.address(), sidecar.address());
            int sent = Shoppers.visit(sidecar.address(), data.customers(), settings.seed());
            JournalStats stats = DemoSidecar.awaitRecorded(journal, sent);
            narration.recorded(data.customers().size(), sent, stats);

            ShopData anonymized = anonymized(data, root);
            narration.sanitized(SanitizedSample.first(journal, data.customers(), anonymized.customers()));

            List<Regression> planted = Regressions.draw(REGRESSIONS, settings.seed());
            files.writePlanted(planted);
            Shop next = new Shop(anonymized, clock, ~settings.seed());
            try (ShopServer test = ShopServer.start(
                    new RegressedShop(next, planted), Dialect.REBUILT, clock, "next-shop", ~settings.seed())) {
                narration.nextBuild(test.address(), planted.size());
                RunResult result = replay(test.address(), keys);
                ReportFiles.write(result, files.directory());
                Score score = Score.of(planted, result);
                narration.verdict(result, score);
                if (settings.keep()) {
                    narration.kept(production.address(), sidecar.address(), test.address());
                    stopped.await();
                }
                return score.perfect() ? FOUND_ALL : FAILED;
            }
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.UNREACHABLE,
                    "The demo's shop could not be served or visited on the loopback interface; check that 127.0.0.1 is"
                            + " up and not filtered.",
                    e);
        }
    }

    /** Lets a demo that is kept end. From any thread, at any time. */
    public void stop() {
        stopped.countDown();
    }

    /** The customers as a test database has them: made from production's by the keys that sanitized the traffic. */
    private static ShopData anonymized(ShopData data, RootKey root) {
        return data.withCustomers(DataAnonymizer.create(root, PrivacySettings.DEFAULTS)::json);
    }

    private RunResult replay(URI target, KeySet keys) {
        ReplayEnvironment system = ReplayEnvironment.system();
        ReplayEnvironment environment = new ReplayEnvironment(
                system.clock(),
                system.random(),
                system.variables(),
                value -> {
                    var dataClass = SurrogateRecognizer.classOf(value);
                    return dataClass == null ? null : dataClass.name();
                },
                Masker.create(PrivacySettings.DEFAULTS)::json,
                keys::digest,
                system.sanitizer());
        ReplaySettings replay = ReplaySettings.to(target)
                .allowUnsafe(true)
                .comparable(Comparability.ANONYMIZED)
                .seed(settings.seed())
                .build();
        JournalReader reader = JournalReader.open(files.journal(), keys);
        try (JournalSource sessions = new JournalSource(files.journal().toString(), reader, SessionQuery.ALL)) {
            return new ReplayRun(replay, sessions, environment, ReplayListener.NONE).run();
        }
    }
}

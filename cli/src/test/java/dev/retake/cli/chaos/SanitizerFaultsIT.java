package dev.retake.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalWriter;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.pipeline.Recorder;
import dev.retake.pipeline.RecorderKeys;
import dev.retake.pipeline.RecorderSettings;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.ReplacedValue;
import dev.retake.privacy.ReplacedValues;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.inventory.FieldInventory;
import dev.retake.proxy.ProxyKeys;
import dev.retake.proxy.ProxyServer;
import dev.retake.proxy.ProxySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sanitizer that fails on every exchange keeps nothing of it; one that stands still costs captures. Neither costs a client
 * anything. {@code -Dretake.chaos=long} has it stand still for half a minute.
 */
class SanitizerFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STANDING =
            Duration.ofSeconds("long".equals(System.getProperty("retake.chaos")) ? 30 : 3);

    @TempDir
    private Path home;

    private final BackgroundErrors errors = new BackgroundErrors();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile boolean failing;
    private volatile CountDownLatch standing = new CountDownLatch(0);

    @Test
    void whatItFailsOnIsWithheldAndWhatFollowsIsNot() throws Exception {
        Path journal = home.resolve("journal");
        KeySetFile.createIfAbsent(KeySetFile.defaultFor(journal));
        KeySet keys = KeySetFile.load(KeySetFile.defaultFor(journal));
        failing = true;
        long answered;
        try (Upstream upstream = new Upstream();
                Recorder recorder = recorder(journal, keys);
                ProxyServer proxy = proxy(upstream, recorder)) {
            URI address = URI.create("http://127.0.0.1:" + proxy.address().getPort());
            try (Traffic traffic = new Traffic(address, 2, 100)) {
                await().atMost(PATIENCE).until(() -> withheld() > 100);
                failing = false;
                await().atMost(PATIENCE).until(() -> {
                    double before = withheld();
                    long reached = traffic.answered() + 20;
                    await().atMost(PATIENCE).until(() -> traffic.answered() > reached);
                    return withheld() == before;
                });
                traffic.stop();
                assertThat(traffic.failures()).isEmpty();
                answered = traffic.answered();
            }
        }
        assertThat(errors.counts().keySet()).anyMatch(kind -> kind.startsWith("sanitize body: "));

        try (JournalReader reader = JournalReader.open(journal, keys)) {
            JournalStats stats = reader.stats();
            assertThat(stats.forwarded()).isEqualTo(answered);
            assertThat(stats.unknown()).isZero();
            List<Exchange> exchanges = exchanges(reader);
            assertThat(exchanges).hasSize((int) stats.captured());
            assertThat(exchanges)
                    .noneSatisfy(exchange -> assertThat(
                                    new String(exchange.response().body().bytes(), StandardCharsets.UTF_8))
                            .containsAnyOf(Upstream.MARK, "zabrowski.net"));
            assertThat(exchanges)
                    .anySatisfy(exchange ->
                            assertThat(exchange.response().body().withheld()).isEqualTo(Withheld.SANITIZER_FAILED))
                    .anySatisfy(exchange ->
                            assertThat(exchange.response().body().withheld()).isNull());
        }
    }

    @Test
    void whileItStandsStillClientsDoNotWait() throws Exception {
        Path journal = home.resolve("journal");
        KeySetFile.createIfAbsent(KeySetFile.defaultFor(journal));
        KeySet keys = KeySetFile.load(KeySetFile.defaultFor(journal));
        long answered;
        try (Upstream upstream = new Upstream();
                Recorder recorder = recorder(journal, keys);
                ProxyServer proxy = proxy(upstream, recorder)) {
            URI address = URI.create("http://127.0.0.1:" + proxy.address().getPort());
            try (Traffic traffic = new Traffic(address, 2, 200);
                    Traffic direct = new Traffic(upstream.url(), 1, 50)) {
                await().atMost(PATIENCE).until(() -> captured() > 100);
                long behind = traffic.begin();
                long beside = direct.begin();
                standing = new CountDownLatch(1);
                await().atMost(Duration.ofSeconds(5)).until(() -> recorder.whyOff() != null);
                assertThat(recorder.whyOff()).contains("The recorder has been busy");
                await().atMost(STANDING.multipliedBy(2)).pollDelay(STANDING).until(() -> dropped() > 0);
                assertThat(recorder.budget().used())
                        .isLessThan(RecorderSettings.defaults().budget());
                standing.countDown();
                double before = captured();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> recorder.whyOff() == null && captured() > before + 20);
                Traffic.Latency through = traffic.since(behind);
                Traffic.Latency past = direct.since(beside);
                assertThat(through.max()).as("%s beside %s", through, past).isLessThan(past.max() + 1_000);
                traffic.stop();
                assertThat(traffic.failures()).isEmpty();
                answered = traffic.answered();
            } finally {
                standing.countDown();
            }
        }
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            JournalStats stats = reader.stats();
            long lost =
                    stats.dropped().values().stream().mapToLong(Long::longValue).sum();
            assertThat(stats.captured() + lost).isEqualTo(stats.forwarded()).isEqualTo(answered);
            assertThat(stats.dropped()).containsKey("queue");
        }
    }

    private double captured() {
        return meters.get("retake.exchanges.captured").functionCounter().count();
    }

    private double dropped() {
        return meters.get("retake.exchanges.dropped")
                .tag("reason", "queue")
                .functionCounter()
                .count();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Exchange> exchanges(JournalReader reader) {
        List<Exchange> all = new ArrayList<>();
        try (Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            for (Session session : sessions.toList()) {
                try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
                    exchanges.forEach(all::add);
                }
            }
        }
        return all;
    }

    private double withheld() {
        return meters.get("retake.bodies.withheld")
                .tag("reason", "sanitizer-failed")
                .functionCounter()
                .count();
    }

    private Recorder recorder(Path journal, KeySet keys) {
        Sanitizer sanitizer =
                Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS, errors, new FieldInventory(), new Failing());
        return Recorder.start(
                RecorderSettings.from(Config.parse("recorder: {queue: 256}", "test", RecorderKeys.ALL)),
                keys,
                () -> JournalWriter.open(journal, keys, JournalSettings.defaults(), Clock.systemUTC(), errors),
                List.of(),
                sanitizer,
                errors,
                meters);
    }

    private ProxyServer proxy(Upstream upstream, Recorder recorder) {
        return ProxyServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                upstream.url(),
                ProxySettings.from(Config.parse("proxy: {capture: {lag: 1h}}", "test", ProxyKeys.ALL)),
                recorder,
                errors,
                meters);
    }

    /** Met in the midst of sanitizing, wherever a value is replaced. */
    private final class Failing implements ReplacedValues {
        @Override
        public boolean wants(DataClass dataClass) {
            awaitUninterruptibly(standing);
            if (failing) {
                throw new IllegalStateException("planted");
            }
            return false;
        }

        @Override
        public void add(ReplacedValue value) {
            throw new IllegalStateException("nothing is wanted");
        }
    }
}

package dev.retake.cli.demo;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalWriter;
import dev.retake.pipeline.Recorder;
import dev.retake.pipeline.RecorderSettings;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.inventory.FieldInventory;
import dev.retake.proxy.ProxyKeys;
import dev.retake.proxy.ProxyServer;
import dev.retake.proxy.ProxySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A sidecar in front of the demo's shop, as {@code retake proxy} runs it with no configuration but one: it does not give
 * up captures when its event loops lag. In the demo users, shops and sidecar start together in one process, on a machine
 * that may be busy, and what is to be seen is the loop.
 */
final class DemoSidecar implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final String CONFIGURATION = "proxy: {capture: {lag: 1h}}";

    private final Recorder recorder;
    private final ProxyServer proxy;

    private DemoSidecar(Recorder recorder, ProxyServer proxy) {
        this.recorder = recorder;
        this.proxy = proxy;
    }

    static DemoSidecar start(URI shop, Path journal, KeySet keys, RootKey root) {
        return start(shop, journal, keys, root, PrivacySettings.DEFAULTS);
    }

    /** A sidecar that sanitizes as {@code privacy} says. */
    static DemoSidecar start(URI shop, Path journal, KeySet keys, RootKey root, PrivacySettings privacy) {
        BackgroundErrors errors = new BackgroundErrors();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        FieldInventory inventory = new FieldInventory();
        Recorder recorder = Recorder.start(
                RecorderSettings.defaults(),
                keys,
                () -> open(journal, keys, errors, inventory),
                List.of(shop.toString()),
                Sanitizer.create(root, privacy, errors, inventory),
                errors,
                meters);
        try {
            recorder.opened().join();
            ProxyServer proxy = ProxyServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    shop,
                    ProxySettings.from(Config.parse(CONFIGURATION, "the demo", ProxyKeys.ALL)),
                    recorder,
                    errors,
                    meters);
            return new DemoSidecar(recorder, proxy);
        } catch (RuntimeException e) {
            recorder.close(); // whatever kept the proxy from starting is told by who called
            throw e;
        }
    }

    private static JournalWriter open(Path journal, KeySet keys, BackgroundErrors errors, FieldInventory inventory) {
        JournalWriter writer = JournalWriter.open(journal, keys, JournalSettings.defaults(), Clock.systemUTC(), errors);
        writer.keep(inventory);
        return writer;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + proxy.address().getPort());
    }

    /**
     * Waits until the journal accounts for {@code exchanges}, and gives its figures. The recorder writes in batches, a
     * moment after the client has its answer.
     */
    static JournalStats awaitRecorded(JournalReader journal, long exchanges) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        JournalStats stats = journal.stats();
        while (stats.forwarded() - stats.unknown() < exchanges) {
            if (System.nanoTime() - until > 0) {
                throw new RetakeException(
                        ErrorCode.DISK,
                        "The journal did not take what was recorded within " + PATIENCE.toSeconds()
                                + " s; check the disk, or pass another directory with --out.");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            journal.refresh();
            stats = journal.stats();
        }
        return stats;
    }

    @Override
    public void close() {
        proxy.close();
        recorder.close();
    }
}

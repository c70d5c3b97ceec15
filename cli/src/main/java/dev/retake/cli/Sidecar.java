package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.vault.VaultWriter;
import dev.retake.pipeline.Recorder;
import dev.retake.proxy.ProxyServer;
import dev.retake.proxy.admin.AdminServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running sidecar: the proxy, what records behind it, and how both end in order. Told to stop (SIGTERM, SIGINT), it
 * lets exchanges in flight end, then has the recorder write what waits, and the process exits with 0.
 */
final class Sidecar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);

    private final ProxyServer proxy;
    private final @Nullable Recorder recorder;
    private final @Nullable VaultWriter vault;
    private final @Nullable KeyFileWatch keys;
    private @Nullable AdminServer admin;
    private volatile boolean stopping;

    Sidecar(ProxyServer proxy, @Nullable Recorder recorder, @Nullable VaultWriter vault, @Nullable KeyFileWatch keys) {
        this.proxy = proxy;
        this.recorder = recorder;
        this.vault = vault;
        this.keys = keys;
    }

    /** Whether it accepts new connections. */
    boolean accepting() {
        return !stopping;
    }

    /** What whoever looks after it should know; nothing where all is well. */
    List<String> notices() {
        List<String> notices = new ArrayList<>();
        String off = recorder == null ? null : recorder.whyOff();
        if (off != null) {
            notices.add("capture is off: " + off);
        }
        String keyFile = keys == null ? null : keys.notice();
        if (keyFile != null) {
            notices.add(keyFile);
        }
        return notices;
    }

    /**
     * Runs until the process is told to stop, which then does not come back from here.
     *
     * @param endpoint closed last, null for none
     * @throws CompletionException where the journal cannot be opened
     */
    void run(@Nullable AdminServer endpoint) throws InterruptedException {
        admin = endpoint;
        Runtime.getRuntime().addShutdownHook(new Thread(this::exit, "sidecar-stop"));
        if (recorder != null) {
            recorder.opened().join();
        }
        new CountDownLatch(1).await();
    }

    private void exit() {
        if (stopping) {
            return;
        }
        LOG.info("stopping: no new connections, exchanges in flight may end");
        try {
            close();
        } catch (RetakeException e) {
            LOG.error("stopped, but not in order: {}", e.getMessage());
            Runtime.getRuntime().halt(e.code().exitCode());
        }
        LOG.info("stopped");
        // A virtual machine that a signal ends would report the signal; a server that was asked to stop did well.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            proxy.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (recorder != null) {
            recorder.close();
        }
        if (vault != null) {
            vault.close();
        }
        if (keys != null) {
            keys.close();
        }
        if (admin != null) {
            admin.close();
        }
    }

    /** What the failure to open a journal tells the user. */
    static RetakeException openingFailure(CompletionException failure) {
        return failure.getCause() instanceof RetakeException known
                ? known
                : new RetakeException(
                        ErrorCode.DISK, "The journal could not be opened; run again with --verbose.", failure);
    }
}

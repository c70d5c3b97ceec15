package dev.retake.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when the file of the keys that a sidecar works with is gone. The sidecar goes on, for the keys are in memory and
 * what it writes can be read with any copy of them; but it could not start again.
 */
final class KeyFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFileWatch.class);

    private final Path file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "retake-keys");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean gone;

    private KeyFileWatch(Path file) {
        this.file = file;
    }

    /** Looks once a second whether {@code file} is there. */
    static KeyFileWatch start(Path file) {
        KeyFileWatch watch = new KeyFileWatch(file);
        var unused = watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        boolean there = Files.exists(file);
        if (!there && !gone) {
            LOG.warn("{}", sentence());
        } else if (there && gone) {
            LOG.warn("the key set {} is there again", file);
        }
        gone = !there;
    }

    /** What is wrong; null where nothing is. */
    @Nullable
    String notice() {
        return gone ? sentence() : null;
    }

    private String sentence() {
        return "The key set " + file + " is gone; capture goes on with the keys in memory, but the sidecar cannot start"
                + " again without them, so restore the file from its backup.";
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

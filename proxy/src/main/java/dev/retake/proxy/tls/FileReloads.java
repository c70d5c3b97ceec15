package dev.retake.proxy.tls;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.RetakeException;
import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is made of files in step with them, on a thread of its own. Contents are compared, not times, so that links
 * to directories that are swapped are seen too; and a change counts once two looks saw the same, so that a certificate
 * whose key is just being written is waited for. What cannot be made of new files leaves the old in use. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled catches its own failures
public final class FileReloads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileReloads.class);
    private static final int MAX_BYTES = 4 << 20;

    private final long periodMillis;
    private final MeterRegistry registry;
    private final BackgroundErrors errors;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("retake-reload", true));

    /** @param period between looks */
    public FileReloads(Duration period, MeterRegistry registry, BackgroundErrors errors) {
        this.errors = errors;
        this.periodMillis = Math.max(1, period.toMillis());
        this.registry = registry;
    }

    /**
     * What {@code maker} makes of {@code files}, now and whenever they change.
     *
     * @param what they are, for the log
     * @throws RetakeException where {@code maker} throws it now; later it is logged and counted
     */
    <T> Supplier<T> keep(String what, List<Path> files, Supplier<T> maker) {
        Kept<T> kept = new Kept<>(what, files, maker);
        if (!files.isEmpty()) {
            thread.scheduleWithFixedDelay(() -> look(kept), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        }
        return () -> kept.value;
    }

    private void look(Kept<?> kept) {
        try {
            kept.look();
        } catch (RuntimeException e) {
            // A look that fails in whatever way must not be the last one.
            errors.report("reload", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void count(String result) {
        Meter meter = Meter.TLS_RELOADS;
        Counter.builder(meter.meterName())
                .description(meter.description())
                .baseUnit(meter.unit())
                .tag(meter.tags().get(0), result)
                .register(registry)
                .increment();
    }

    private final class Kept<T> {
        private final String what;
        private final List<Path> files;
        private final Supplier<T> maker;
        private byte[] tried;
        private byte @Nullable [] seen;
        volatile T value;

        Kept(String what, List<Path> files, Supplier<T> maker) {
            this.what = what;
            this.files = files;
            this.maker = maker;
            this.tried = digest(files);
            this.value = maker.get();
        }

        void look() {
            byte[] now = digest(files);
            if (Arrays.equals(now, tried)) {
                seen = null;
            } else if (!Arrays.equals(now, seen)) {
                seen = now;
            } else {
                tried = now;
                seen = null;
                take();
            }
        }

        private void take() {
            try {
                value = maker.get();
                count("ok");
                LOG.info("{} changed, and what is new is in use from the next connection on", what);
            } catch (RetakeException e) {
                count("failed");
                LOG.warn("{} changed and cannot be used, so the old stays in use: {}", what, e.getMessage());
            }
        }
    }

    private static byte[] digest(List<Path> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                byte[] bytes = content(file);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return new byte[0]; // to be missing is a state like another, and a change when it ends
        }
    }
}

package dev.retake.journal.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.HmacSha256;
import dev.retake.journal.store.StoreException;
import dev.retake.privacy.ReplacedValue;
import dev.retake.privacy.ReplacedValues;
import dev.retake.privacy.detect.DataClass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes replaced values from whoever sanitizes and puts each into the vault once a day, on a thread of its own: what
 * sanitizes never waits for the disk, and a vault that fails or falls behind costs mappings, which are counted, and
 * nothing else. What was stored on this day is remembered by a keyed hash. {@link #add} is thread-safe.
 */
public final class VaultWriter implements ReplacedValues, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultWriter.class);

    private static final int WAITING = 8_192;
    private static final int BATCH = 512;
    private static final long GATHER_MILLIS = 100;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long CLOSING_MILLIS = 10_000;

    private final Set<DataClass> classes;
    private final PublicKey recipient;
    private final int retentionDays;
    private final Clock clock;
    private final Supplier<VaultStore> opener;
    private final BackgroundErrors errors;
    private final boolean patient;
    private final BlockingQueue<ReplacedValue> waiting = new ArrayBlockingQueue<>(WAITING);
    private final HmacSha256 fingerprints = new HmacSha256(Aead.newKey());
    private final Cache<Long, Integer> stored;
    private final LongAdder asked = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = new Thread(this::run, "retake-vault-writer");
    private volatile boolean closing;
    private @Nullable VaultStore store;
    private long retryAt = System.nanoTime();
    private int retiredOn = -1;

    private VaultWriter(
            VaultSettings settings,
            PublicKey recipient,
            Clock clock,
            Supplier<VaultStore> opener,
            @Nullable VaultStore store,
            BackgroundErrors errors) {
        this.classes = settings.classes();
        this.recipient = recipient;
        this.retentionDays = Math.toIntExact(settings.retention().toDays());
        this.clock = clock;
        this.opener = opener;
        this.store = store;
        this.patient = store != null;
        this.errors = errors;
        this.stored = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(settings.remembered())
                .build();
    }

    /**
     * A writer behind traffic: it opens the vault by itself, again and again where that fails, and drops what it cannot
     * keep up with.
     */
    public static VaultWriter behindTraffic(
            VaultSettings settings, VaultFiles files, PublicKey recipient, Clock clock, BackgroundErrors errors) {
        return start(new VaultWriter(settings, recipient, clock, () -> VaultStore.open(files, clock), null, errors));
    }

    /**
     * A writer for data that can wait, as an import: {@link #add} waits while the vault is behind.
     *
     * @throws RetakeException where the vault cannot be opened
     */
    public static VaultWriter behindData(
            VaultSettings settings, VaultFiles files, PublicKey recipient, Clock clock, BackgroundErrors errors) {
        VaultStore store = VaultStore.open(files, clock);
        return start(new VaultWriter(settings, recipient, clock, () -> VaultStore.open(files, clock), store, errors));
    }

    private static VaultWriter start(VaultWriter writer) {
        writer.thread.setDaemon(true);
        writer.thread.start();
        return writer;
    }

    @Override
    public boolean wants(DataClass dataClass) {
        return classes.contains(dataClass);
    }

    @Override
    public void add(ReplacedValue value) {
        asked.increment();
        int today = today();
        long fingerprint = fingerprint(value);
        Integer storedOn = stored.getIfPresent(fingerprint);
        if (storedOn != null && storedOn == today) {
            hits.increment();
            value.wipe();
        } else if (take(value)) {
            stored.put(fingerprint, today);
        } else {
            dropped.increment();
            value.wipe();
        }
    }

    private boolean take(ReplacedValue value) {
        if (closing) {
            return false;
        }
        if (!patient) {
            return waiting.offer(value);
        }
        try {
            waiting.put(value);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long fingerprint(ReplacedValue value) {
        byte[] surrogate = value.surrogate().getBytes(StandardCharsets.UTF_8);
        byte[] label = value.dataClass().label().getBytes(StandardCharsets.US_ASCII);
        byte[] all = ByteBuffer.allocate(label.length + surrogate.length + value.original().length + 2)
                .put(label)
                .put((byte) 0)
                .put(surrogate)
                .put((byte) 0)
                .put(value.original())
                .array();
        long fingerprint = ByteBuffer.wrap(fingerprints.of(all)).getLong();
        Arrays.fill(all, (byte) 0);
        return fingerprint;
    }

    private int today() {
        return (int) Math.floorDiv(clock.millis(), 86_400_000L);
    }

    /** Values that were handed over. */
    public long asked() {
        return asked.sum();
    }

    /** Of those, values that were stored on this day already. */
    public long hits() {
        return hits.sum();
    }

    /** Mappings stored, durably. */
    public long stored() {
        return written.sum();
    }

    /** Values that were not stored: the vault could not be opened, failed, or was behind. */
    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        List<ReplacedValue> batch = new ArrayList<>(BATCH);
        while (!closing || !waiting.isEmpty()) {
            try {
                ReplacedValue first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                }
            } catch (InterruptedException e) {
                closing = true; // nobody else interrupts it: this is the end of the process
            }
            write(batch);
            batch.clear();
        }
        closeStore();
    }

    private void write(List<ReplacedValue> batch) {
        try {
            VaultStore open = opened();
            if (open == null) {
                lose(batch);
                return;
            }
            if (!batch.isEmpty()) {
                open.add(batch, recipient);
                written.add(batch.size());
            }
            int today = today();
            if (retiredOn != today) {
                open.removeBefore(today - retentionDays + 1);
                retiredOn = today;
            }
        } catch (StoreException | RuntimeException e) {
            // Whatever goes wrong with the vault must not reach what records; it is opened anew after a while.
            errors.report("write to the vault", e);
            lose(batch);
            closeStore();
            retryAt = System.nanoTime() + RETRY_NANOS;
        } finally {
            batch.forEach(ReplacedValue::wipe);
        }
    }

    private @Nullable VaultStore opened() {
        VaultStore open = store;
        if (open == null && System.nanoTime() - retryAt >= 0) {
            try {
                open = opener.get();
                store = open;
            } catch (RetakeException e) {
                LOG.warn("originals are not kept: {}", e.getMessage());
                errors.report("open the vault", e);
                retryAt = System.nanoTime() + RETRY_NANOS;
            }
        }
        return open;
    }

    /** They count as never stored, so that they are stored when they come again. */
    private void lose(List<ReplacedValue> batch) {
        dropped.add(batch.size());
        batch.forEach(value -> stored.invalidate(fingerprint(value)));
    }

    private void closeStore() {
        VaultStore open = store;
        store = null;
        if (open != null) {
            try {
                open.close();
            } catch (RetakeException e) {
                errors.report("close the vault", e);
            }
        }
    }

    /** Stores what waits and closes the vault; waits 10 s at most. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

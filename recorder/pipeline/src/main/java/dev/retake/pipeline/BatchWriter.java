package dev.retake.pipeline;

import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the journal on a thread of its own, one at a time: while one is compressed, sealed and written, the
 * next is sanitized. Used by the recorder's thread alone.
 */
final class BatchWriter implements AutoCloseable {
    private final RecordStore store;
    private final CaptureState state;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "retake-journal-writer");
        made.setDaemon(true);
        return made;
    });
    private @Nullable Future<?> underWay;

    BatchWriter(RecordStore store, CaptureState state) {
        this.store = store;
        this.state = state;
    }

    /** Begins to write {@code batch}; the one before must have been awaited. */
    void write(JournalBatch batch) {
        underWay = thread.submit(() -> {
            try {
                store.append(batch);
                return null;
            } finally {
                state.written();
            }
        });
    }

    /** Whether a batch was begun and its end not awaited. */
    boolean hasBatch() {
        return underWay != null;
    }

    /** Whether a batch is being written right now. */
    boolean isBusy() {
        Future<?> batch = underWay;
        return batch != null && !batch.isDone();
    }

    /**
     * Waits for the end of the batch that was begun.
     *
     * @throws JournalUnavailableException nothing of it was written
     */
    void await() throws JournalUnavailableException {
        Future<?> batch = underWay;
        underWay = null;
        boolean interrupted = false;
        while (batch != null) {
            try {
                batch.get();
                batch = null;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                restore(interrupted);
                if (e.getCause() instanceof JournalUnavailableException unavailable) {
                    throw unavailable;
                }
                throw new IllegalStateException("a batch could not be written", e.getCause());
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread once it has written what it has. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }
}

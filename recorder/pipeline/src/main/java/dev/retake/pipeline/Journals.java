package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal that is written, and another in its place should it be moved or removed; with the figures of all of them.
 * The recorder's thread opens and leaves them, any thread asks for figures.
 */
final class Journals {
    private final Supplier<RecordStore> opener;
    private final BackgroundErrors errors;
    private volatile @Nullable RecordStore current;
    private long before;

    Journals(Supplier<RecordStore> opener, BackgroundErrors errors) {
        this.opener = opener;
        this.errors = errors;
    }

    /** Opens the journal, or makes one where none is. */
    RecordStore open() {
        RecordStore store = opener.get();
        current = store;
        return store;
    }

    /** Lets go of {@code store}, which is gone; gives how many of its exchanges are durable, wherever it is now. */
    long leave(RecordStore store) {
        store.abandon();
        long durable = store.durableExchanges();
        synchronized (this) {
            before += durable;
            current = null;
        }
        return durable;
    }

    /** Exchanges that were durable where the journal was at that time. */
    synchronized long durableExchanges() {
        RecordStore store = current;
        return before + (store == null ? 0 : store.durableExchanges());
    }

    /** Bytes on disk; 0 where they cannot be told. */
    long bytes() {
        RecordStore store = current;
        try {
            return store == null ? 0 : store.bytes();
        } catch (UncheckedIOException e) {
            errors.report("measure the journal", e);
            return 0;
        }
    }
}

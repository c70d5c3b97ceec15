package dev.retake.journal;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Goes through the exchanges of one session, one in memory at a time. */
final class ExchangeWalk extends Spliterators.AbstractSpliterator<Exchange> {
    private final JournalReader reader;
    private final String session;
    private final StoreCursor cursor;
    private final byte[] prefix;
    private boolean started;

    ExchangeWalk(JournalReader reader, String session, StoreCursor cursor, byte[] prefix) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
        this.reader = reader;
        this.session = session;
        this.cursor = cursor;
        this.prefix = prefix;
    }

    Stream<Exchange> stream() {
        return StreamSupport.stream(this, false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Exchange> action) {
        if (started) {
            cursor.next();
        } else {
            cursor.seek(prefix);
            started = true;
        }
        try {
            if (!cursor.validIn(prefix)) {
                return false;
            }
        } catch (StoreException e) {
            throw reader.failed(e);
        }
        action.accept(reader.exchange(session, cursor));
        return true;
    }
}

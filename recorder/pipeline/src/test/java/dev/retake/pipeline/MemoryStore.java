package dev.retake.pipeline;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.ForwardedMark;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.journal.SessionUpdate;
import dev.retake.privacy.SanitizedExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A store in memory that can be made to fail, and to stand still. */
final class MemoryStore implements RecordStore {
    final List<JournalBatch> batches = new CopyOnWriteArrayList<>();
    final List<String> upstreams = new CopyOnWriteArrayList<>();
    final Semaphore mayAppend = new Semaphore(Integer.MAX_VALUE);
    final AtomicLong forwarded = new AtomicLong();
    volatile boolean failing;

    /** Has the next call fail by a fault of ours. */
    volatile boolean faulty;

    volatile boolean closed;
    volatile long durable = Long.MAX_VALUE;

    /** Has the next call end in it. */
    volatile Error error;

    volatile boolean abandoned;

    /** Has it fail as a journal that was moved away. */
    volatile boolean gone;

    @Override
    public void append(JournalBatch batch) throws JournalUnavailableException {
        mayAppend.acquireUninterruptibly();
        mayAppend.release();
        check();
        batches.add(batch);
    }

    @Override
    public void recordUpstream(String origin) throws JournalUnavailableException {
        check();
        upstreams.add(origin);
    }

    @Override
    public ForwardedMark forwarded() {
        return forwarded::addAndGet;
    }

    @Override
    public long durableExchanges() {
        return Math.min(durable, exchanges().size());
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abandon() {
        abandoned = true;
    }

    List<Exchange> exchanges() {
        return batches.stream()
                .flatMap(batch -> batch.exchanges().stream())
                .map(SanitizedExchange::exchange)
                .toList();
    }

    long dropped(DropReason reason) {
        return batches.stream()
                .mapToLong(batch -> batch.ledger().dropped().getOrDefault(reason.text(), 0L))
                .sum();
    }

    /** Captured, excluded and dropped, by what was written. */
    long accounted() {
        return batches.stream()
                .mapToLong(batch -> batch.exchanges().size()
                        + batch.ledger().excluded()
                        + batch.ledger().dropped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .sum();
    }

    /** What the journal would know of each session. */
    Map<String, SessionUpdate> sessions() {
        Map<String, SessionUpdate> latest = new HashMap<>();
        batches.forEach(batch -> batch.sessions().forEach(update -> latest.put(update.session(), update)));
        return latest;
    }

    private void check() throws JournalUnavailableException {
        Error planted = error;
        if (planted != null) {
            error = null;
            throw planted;
        }
        if (faulty) {
            faulty = false;
            throw new IllegalStateException("a fault");
        }
        if (gone) {
            throw JournalUnavailableException.gone(Path.of("journal"), new IOException("no such file"));
        }
        if (failing) {
            throw new JournalUnavailableException("The journal cannot be written.", new IOException("no space left"));
        }
    }
}

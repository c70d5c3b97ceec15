package dev.retake.pipeline;

import dev.retake.journal.ForwardedMark;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.journal.JournalWriter;

/** Where sanitized exchanges go: what the recorder needs of a journal. For one thread, but for the figures. */
interface RecordStore {
    void append(JournalBatch batch) throws JournalUnavailableException;

    void recordUpstream(String origin) throws JournalUnavailableException;

    ForwardedMark forwarded();

    /** Exchanges of this store that are durable. Thread-safe. */
    long durableExchanges();

    /** Bytes on disk. Thread-safe. */
    long bytes();

    /** Syncs, and lets go of the journal. */
    void close();

    /** Lets go of a journal that is gone; {@link #durableExchanges()} stays as it is. */
    void abandon();

    /** The store that is {@code journal}. */
    static RecordStore of(JournalWriter journal) {
        return new RecordStore() {
            @Override
            public void append(JournalBatch batch) throws JournalUnavailableException {
                journal.append(batch);
            }

            @Override
            public void recordUpstream(String origin) throws JournalUnavailableException {
                journal.recordUpstream(origin);
            }

            @Override
            public ForwardedMark forwarded() {
                return journal.forwarded();
            }

            @Override
            public long durableExchanges() {
                return journal.durableExchanges();
            }

            @Override
            public long bytes() {
                return journal.bytes();
            }

            @Override
            public void close() {
                journal.close();
            }

            @Override
            public void abandon() {
                journal.abandon();
            }
        };
    }
}

package dev.retake.replay.source;

import dev.retake.common.exchange.Exchange;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Whole recorded sessions, in a stable order. Safe for use by several threads, except that an iterator belongs to one
 * thread at a time.
 */
public interface SessionSource extends AutoCloseable {
    /** Where the sessions come from, as the user named it. */
    String name();

    /** The selected sessions, oldest first, ties by id; the same each time. Closing the source ends the iteration. */
    Iterator<RecordedSession> sessions();

    /** What {@code session} exchanged, in order, up to what is committed. */
    List<Exchange> exchanges(RecordedSession session);

    /** Base URLs or authorities of the services that were recorded; each counts as production. */
    Set<String> upstreams();

    @Override
    void close();
}

package dev.retake.journal.record;

import dev.retake.journal.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the journal keeps of a session beside its exchanges, format 1; {@link RecordOutput} draws the parts.
 *
 * <pre>
 * row := id:text identity:optional text startedAt:signed endedAt:signed flags:u8 exchanges:varint lastSequence:varint
 *        truncated:varint withheld:varint operations:(count, text ...) statuses:(count, status:varint n:varint ...)
 *        flags: 1 closed, 2 complete
 * </pre>
 *
 * The row of an open session holds only what its exchanges do not tell (id, identity, start, completeness); the rest is
 * written when it closes, so that a batch of exchanges costs no row each.
 */
final class SessionRow {
    private static final int CLOSED = 1;
    private static final int COMPLETE = 2;

    private SessionRow() {}

    static void write(Session session, RecordOutput out) {
        out.text(session.id());
        out.optionalText(session.identity());
        out.signed(session.startedAt());
        out.signed(session.endedAt());
        out.u8((session.closed() ? CLOSED : 0) | (session.complete() ? COMPLETE : 0));
        out.varint(session.exchanges());
        out.varint(session.lastSequence());
        out.varint(session.truncated());
        out.varint(session.withheld());
        out.varint(session.operations().size());
        session.operations().forEach(out::text);
        out.varint(session.statuses().size());
        session.statuses().forEach((status, count) -> {
            out.varint(status);
            out.varint(count);
        });
    }

    static Session read(byte[] content) throws UnreadableException {
        RecordInput in = new RecordInput(content);
        String id = in.text();
        String identity = in.optionalText();
        long startedAt = in.signed();
        long endedAt = in.signed();
        int flags = in.u8();
        int exchanges = in.integer();
        int lastSequence = in.integer();
        int truncated = in.integer();
        int withheld = in.integer();
        int operationCount = in.count(1);
        List<String> operations = new ArrayList<>(operationCount);
        for (int i = 0; i < operationCount; i++) {
            operations.add(in.text());
        }
        int statusCount = in.count(2);
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < statusCount; i++) {
            statuses.put(in.integer(), in.integer());
        }
        return new Session(
                id,
                identity,
                startedAt,
                endedAt,
                (flags & CLOSED) != 0,
                (flags & COMPLETE) != 0,
                exchanges,
                lastSequence,
                truncated,
                withheld,
                operations,
                statuses);
    }
}

package dev.retake.journal.table;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.journal.Session;
import dev.retake.journal.SessionUpdate;
import dev.retake.journal.record.RecordInput;
import dev.retake.journal.record.RecordOutput;
import dev.retake.journal.record.UnreadableException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up a session from its exchanges, as they are written or as they are read back. */
public final class SessionTally {
    private static final int MAX_OPERATIONS = 1_000;
    private static final int[] NONE = {};

    private final String id;
    private final long startedAt;
    private @Nullable Set<String> operations;

    /** The only operation so far; a session has thousands of neighbours, and most do few different things. */
    private @Nullable String operation;

    /** Pairs of a status and how often it came. */
    private int[] statuses = NONE;

    private @Nullable String identity;
    private long endedAt;
    private boolean closed;
    private boolean complete = true;
    private int exchanges;
    private int lastSequence;
    private int truncated;
    private int withheld;

    /** A session of which nothing is recorded yet; {@code startedAt} in microseconds since the epoch. */
    public SessionTally(String id, long startedAt) {
        this.id = id;
        this.startedAt = startedAt;
        this.endedAt = startedAt;
    }

    /** What the row of an open session tells; the rest is to be added from its exchanges. */
    public static SessionTally of(Session row) {
        SessionTally tally = new SessionTally(row.id(), row.startedAt());
        tally.identity = row.identity();
        tally.closed = row.closed();
        tally.complete = row.complete();
        return tally;
    }

    /** Writes all that is known of the session, for {@link #read}; with {@code known} operations by their numbers. */
    public void write(RecordOutput out, Operations known) {
        out.text(id);
        out.optionalText(identity);
        out.signed(startedAt);
        out.varint(endedAt - startedAt);
        out.flag(closed);
        out.flag(complete);
        out.varint(exchanges);
        out.varint(lastSequence);
        out.varint(truncated);
        out.varint(withheld);
        List<String> named = operations();
        out.varint(named.size());
        for (String each : named) {
            known.write(each, out);
        }
        out.varint(statuses.length);
        for (int number : statuses) {
            out.varint(number);
        }
    }

    /** What {@link #write} wrote with the same operations. */
    public static SessionTally read(RecordInput in, Operations known) throws UnreadableException {
        String id = in.text();
        String identity = in.optionalText();
        SessionTally tally = new SessionTally(id, in.signed());
        tally.identity = identity;
        tally.endedAt = tally.startedAt + in.varint();
        tally.closed = in.flag();
        tally.complete = in.flag();
        tally.exchanges = in.integer();
        tally.lastSequence = in.integer();
        tally.truncated = in.integer();
        tally.withheld = in.integer();
        int named = in.integer();
        for (int i = 0; i < named; i++) {
            tally.addOperation(known.read(in));
        }
        tally.statuses = new int[in.integer()];
        for (int i = 0; i < tally.statuses.length; i++) {
            tally.statuses[i] = in.integer();
        }
        return tally;
    }

    /** Adds an exchange. */
    public void add(Exchange exchange) {
        add(exchange, PathTemplate.operation(exchange.request()));
    }

    /** Adds an exchange of the operation that {@link PathTemplate} finds. */
    public void add(Exchange exchange, String operation) {
        exchanges++;
        lastSequence = Math.max(lastSequence, exchange.sequence());
        endedAt = Math.max(endedAt, ended(exchange));
        if (identity == null) {
            identity = exchange.identity();
        }
        if (isTruncated(exchange)) {
            truncated++;
        }
        if (hasWithheld(exchange)) {
            withheld++;
        }
        addOperation(operation);
        Response response = exchange.response();
        if (response != null) {
            addStatus(response.status());
        }
    }

    private void addOperation(String added) {
        if (operations == null && (operation == null || operation.equals(added))) {
            operation = added;
            return;
        }
        if (operations == null) {
            operations = new LinkedHashSet<>();
            operations.add(Objects.requireNonNull(operation));
        }
        if (operations.size() < MAX_OPERATIONS) {
            operations.add(added);
        }
    }

    private void addStatus(int status) {
        for (int i = 0; i < statuses.length; i += 2) {
            if (statuses[i] == status) {
                statuses[i + 1]++;
                return;
            }
        }
        statuses = Arrays.copyOf(statuses, statuses.length + 2);
        statuses[statuses.length - 2] = status;
        statuses[statuses.length - 1] = 1;
    }

    /** Takes in what became known apart from exchanges. */
    public void apply(SessionUpdate update) {
        if (update.identity() != null) {
            identity = update.identity();
        }
        closed |= update.closed();
        complete &= update.complete();
    }

    /** No exchange will follow. */
    public void close() {
        closed = true;
    }

    /** An exchange came after all. */
    public void reopen() {
        closed = false;
    }

    /** Something of it is missing. */
    public void markIncomplete() {
        complete = false;
    }

    @Nullable
    public String identity() {
        return identity;
    }

    public boolean complete() {
        return complete;
    }

    /** A number that never shrinks while the session grows, closes or loses its completeness. */
    public int revision() {
        return exchanges * 4 + (closed ? 2 : 0) + (complete ? 0 : 1);
    }

    public String id() {
        return id;
    }

    public long startedAt() {
        return startedAt;
    }

    public boolean closed() {
        return closed;
    }

    public int lastSequence() {
        return lastSequence;
    }

    /** Whether a number up to the last is missing. */
    public boolean hasGap() {
        return exchanges != lastSequence;
    }

    /** The session as far as it was added up. */
    public Session session() {
        SortedMap<Integer, Integer> byStatus = new TreeMap<>();
        for (int i = 0; i < statuses.length; i += 2) {
            byStatus.put(statuses[i], statuses[i + 1]);
        }
        return new Session(
                id,
                identity,
                startedAt,
                endedAt,
                closed,
                complete,
                exchanges,
                lastSequence,
                truncated,
                withheld,
                operations(),
                byStatus);
    }

    private List<String> operations() {
        if (operations != null) {
            return List.copyOf(operations);
        }
        return operation == null ? List.of() : List.of(operation);
    }

    /** Whether a body of {@code exchange} is cut, or something of its messages is missing. */
    public static boolean isTruncated(Exchange exchange) {
        Response response = exchange.response();
        Messages messages = exchange.messages();
        return exchange.request().body().truncated()
                || response != null && response.body().truncated()
                || messages != null && messages.truncated();
    }

    /** Whether a body or a message of {@code exchange} was not kept. */
    public static boolean hasWithheld(Exchange exchange) {
        Response response = exchange.response();
        Messages messages = exchange.messages();
        return isWithheld(exchange.request().body())
                || response != null && isWithheld(response.body())
                || messages != null && messages.all().stream().anyMatch(message -> message.withheld() != null);
    }

    private static boolean isWithheld(Body body) {
        return body.withheld() != null;
    }

    private static long ended(Exchange exchange) {
        Timings timings = exchange.timings();
        long last = Math.max(
                Math.max(timings.connectedNs(), timings.sentNs()),
                Math.max(timings.firstByteNs(), timings.lastByteNs()));
        Messages messages = exchange.messages();
        if (messages != null && !messages.all().isEmpty()) {
            last = Math.max(last, messages.all().get(messages.all().size() - 1).atNanos());
        }
        return timings.acceptedAt() + Math.max(0, last) / 1_000;
    }
}

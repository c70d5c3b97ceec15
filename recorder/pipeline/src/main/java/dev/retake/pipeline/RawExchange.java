package dev.retake.pipeline;

import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Timings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What passed through the proxy for one exchange, nothing sanitized. It exists only between the event loop that fills it
 * and the recorder that assembles it; it is never logged, compared or serialized.
 *
 * <p>Heads are the bytes as the peer sent them, from the start line to the empty line. Times are nanoseconds since
 * {@code acceptedAt}, {@link Timings#UNKNOWN} until they are known.
 */
public final class RawExchange {
    private final CaptureBudget budget;
    private final RawBody requestBody = new RawBody();
    private final RawBody responseBody = new RawBody();
    private final List<byte[]> interimHeads = new ArrayList<>(0);
    private long charged;
    private long lasting;
    private @Nullable RawStream stream;

    /** Number of the client connection, unique for one run of the process. */
    public final long connection;

    /** Address of the client, without its port. */
    public final String clientAddress;

    /** Wall clock at the request's first byte, microseconds since the epoch. */
    public final long acceptedAt;

    /** The same on a clock that does not step, nanoseconds; by it exchanges are put in order. */
    public long acceptedTick;

    public long connectedNs = Timings.UNKNOWN;
    public long sentNs = Timings.UNKNOWN;
    public long firstByteNs = Timings.UNKNOWN;
    public long lastByteNs = Timings.UNKNOWN;
    public byte @Nullable [] requestHead;
    public byte @Nullable [] requestTrailers;
    public byte @Nullable [] responseHead;
    public byte @Nullable [] responseTrailers;
    public Outcome outcome = Outcome.COMPLETE;

    public RawExchange(CaptureBudget budget, long connection, String clientAddress, long acceptedAt) {
        this.budget = budget;
        this.connection = connection;
        this.clientAddress = clientAddress;
        this.acceptedAt = acceptedAt;
        this.acceptedTick = acceptedAt * 1_000;
    }

    /** Charges {@code bytes} to the budget on this exchange's account; false where so much is not left. */
    public boolean tryCharge(long bytes) {
        if (!budget.tryCharge(bytes)) {
            return false;
        }
        charged += bytes;
        return true;
    }

    /** Bytes that are charged, but for those held for long. */
    long charged() {
        return charged;
    }

    /** As {@link #tryCharge}, for what may be held for long, of which all exchanges together have a share only. */
    public boolean tryChargeLasting(long bytes) {
        if (!budget.tryChargeLasting(bytes)) {
            return false;
        }
        lasting += bytes;
        return true;
    }

    /** Begins to hold what passes after an upgrade. */
    public RawStream openStream() {
        RawStream opened = new RawStream(this);
        stream = opened;
        return opened;
    }

    /** What passed after an upgrade; null where nothing of it was captured. */
    public @Nullable RawStream stream() {
        return stream;
    }

    public RawBody requestBody() {
        return requestBody;
    }

    public RawBody responseBody() {
        return responseBody;
    }

    /** Heads of interim (1xx) responses, in order; the list is live. */
    public List<byte[]> interimHeads() {
        return interimHeads;
    }

    /** Lets go of the bodies, keeping heads and counts, and gives back the charge but for the heads. */
    public void discardBodies() {
        requestBody.release();
        responseBody.release();
        releaseLasting();
        long heads = length(requestHead) + length(responseHead);
        if (charged > heads) {
            budget.release(charged - heads);
            charged = heads;
        }
    }

    /** Lets go of all buffers and gives back the charge. Called once, by whoever holds the exchange last. */
    public void release() {
        requestBody.release();
        responseBody.release();
        releaseLasting();
        budget.release(charged);
        charged = 0;
    }

    private void releaseLasting() {
        stream = null;
        budget.releaseLasting(lasting);
        lasting = 0;
    }

    private static long length(byte @Nullable [] head) {
        return head == null ? 0 : head.length;
    }
}

package dev.retake.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one address that carry many exchanges at once. While one is being opened, those who
 * need one wait for it, since it may have room for all of them. For the loop's thread.
 */
final class Carriers {
    private final List<Carrier> open = new ArrayList<>();
    private final List<Connecting> waiting = new ArrayList<>();
    private boolean opening;
    private boolean refused;

    /** The connection for one exchange, null where none that is open has room. */
    @Nullable
    UpstreamConnection take(EndpointPool pool) {
        for (int i = 0; i < open.size(); i++) {
            Carrier carrier = open.get(i);
            if (carrier.hasRoom()) {
                UpstreamConnection[] taken = {null};
                boolean opened = carrier.open(channel -> taken[0] = UpstreamConnection.carried(pool, channel));
                if (opened && taken[0] != null) {
                    return taken[0];
                }
            }
        }
        return null;
    }

    /** Whether the address was asked, and speaks HTTP/1.1 alone. */
    boolean refused() {
        return refused;
    }

    /** Has {@code connecting} wait for one that is being opened; false where it has to open one itself. */
    boolean await(Connecting connecting) {
        if (opening) {
            waiting.add(connecting);
            return true;
        }
        opening = true;
        return false;
    }

    /** @param first serves who asked for it, before those who wait */
    void opened(Carrier carrier, Runnable first) {
        refused = false;
        open.add(carrier);
        first.run();
        goOn();
    }

    /** The address agreed on HTTP/1.1 instead. */
    void refuse() {
        refused = true;
        goOn();
    }

    void failed(ConnectFailure failure) {
        opening = false;
        for (Connecting other : take()) {
            other.failedElsewhere(failure);
        }
    }

    void closed(Carrier carrier) {
        open.remove(carrier);
    }

    void expire(long now, long idleNanos) {
        for (Carrier carrier : new ArrayList<>(open)) {
            carrier.expire(now, idleNanos);
        }
    }

    void drain() {
        new ArrayList<>(open).forEach(Carrier::drain);
    }

    private void goOn() {
        opening = false;
        take().forEach(Connecting::again);
    }

    private List<Connecting> take() {
        List<Connecting> taken = new ArrayList<>(waiting);
        waiting.clear();
        return taken;
    }
}

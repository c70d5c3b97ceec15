package dev.retake.proxy.forward;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each client address has, over all event loops. Thread-safe. */
final class ClientCounts {
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    /** Counts a connection; false, and nothing counted, where the address has {@code limit} already. */
    boolean enter(InetAddress address, int limit) {
        boolean[] entered = {false};
        counts.compute(key(address), (key, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    /** Undoes one {@link #enter} that was true. */
    void leave(InetAddress address) {
        counts.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    int addresses() {
        return counts.size();
    }

    /** A client on IPv6 is given a whole network of 64 bits (RFC 6177), and could call from a new address each time. */
    private static Object key(InetAddress address) {
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}

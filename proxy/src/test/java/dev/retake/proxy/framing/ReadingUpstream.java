package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.proxy.Sidecar;
import dev.retake.proxy.TestUpstream;
import dev.retake.proxy.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An upstream that keeps every byte it gets, reads them by the {@link StrictReader} alone, and answers each request that
 * it finds there.
 */
final class ReadingUpstream implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static final String SETTLE = "GET /settle HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private final List<AtomicReference<String>> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<AtomicReference<String>, Integer> told = new HashMap<>();
    private final TestUpstream upstream;

    ReadingUpstream() throws IOException {
        upstream = new TestUpstream((wire, n) -> serve(wire));
    }

    private void serve(Wire wire) throws IOException {
        AtomicReference<String> got = new AtomicReference<>("");
        connections.add(got);
        open.incrementAndGet();
        try {
            answer(wire, got);
        } finally {
            open.decrementAndGet();
        }
    }

    private static void answer(Wire wire, AtomicReference<String> got) throws IOException {
        int answered = 0;
        for (String part = wire.some(); !part.isEmpty(); part = wire.some()) {
            got.set(got.get() + part);
            for (int whole = StrictReader.read(got.get()).requests().size(); answered < whole; answered++) {
                wire.send(OK);
            }
        }
    }

    /**
     * What each connection was sent since the last call, when all that {@code sidecar} sent has come; for one thread.
     *
     * @param sidecar the only client, with one thread and no client of its own that is still connected
     */
    List<StrictReader.Reading> news(Sidecar sidecar) throws IOException {
        settle(sidecar);
        List<StrictReader.Reading> readings = new ArrayList<>();
        for (AtomicReference<String> connection : connections) {
            String text = connection.get();
            int before = told.getOrDefault(connection, 0);
            told.put(connection, text.length());
            if (text.length() > before) {
                StrictReader.Reading reading = StrictReader.read(text.substring(before));
                readings.add(reading.without("/settle"));
            }
        }
        return readings;
    }

    /**
     * What the sidecar began and broke off arrives after its client has seen the end, and what its client left over HTTP/2
     * may go on. Its one thread has put that aside when it has answered another client and has none left, and then the
     * connections that it still has are those that have not ended here.
     */
    private void settle(Sidecar sidecar) throws IOException {
        try (Wire wire = sidecar.connect()) {
            assertThat(wire.send(SETTLE).rest()).startsWith("HTTP/1.1 200 OK\r\n");
        }
        await().pollInSameThread()
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> sidecar.upstreamConnections() == open.get());
    }

    /** Every byte that came. */
    String text() {
        StringBuilder text = new StringBuilder();
        connections.forEach(connection -> text.append(connection.get()));
        return text.toString();
    }

    URI url() {
        return upstream.url();
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}

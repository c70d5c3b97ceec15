package dev.retake.proxy.framing;

import dev.retake.proxy.TestUpstream;
import dev.retake.proxy.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An upstream that keeps every byte it gets, reads them by the {@link StrictReader} alone, and answers each request that
 * it finds there.
 */
final class ReadingUpstream implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final List<AtomicReference<String>> connections = new CopyOnWriteArrayList<>();
    private final Map<AtomicReference<String>, Integer> told = new HashMap<>();
    private final TestUpstream upstream;

    ReadingUpstream() throws IOException {
        upstream = new TestUpstream((wire, n) -> serve(wire));
    }

    private void serve(Wire wire) throws IOException {
        AtomicReference<String> got = new AtomicReference<>("");
        connections.add(got);
        int answered = 0;
        for (String part = wire.some(); !part.isEmpty(); part = wire.some()) {
            got.set(got.get() + part);
            for (int whole = StrictReader.read(got.get()).requests().size(); answered < whole; answered++) {
                wire.send(OK);
            }
        }
    }

    /** What each connection was sent since the last call; for one thread. */
    List<StrictReader.Reading> news() {
        List<StrictReader.Reading> readings = new ArrayList<>();
        for (AtomicReference<String> connection : connections) {
            String text = connection.get();
            int before = told.getOrDefault(connection, 0);
            told.put(connection, text.length());
            if (text.length() > before) {
                readings.add(StrictReader.read(text.substring(before)));
            }
        }
        return readings;
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

package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalVerifier;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sidecar is killed under load again and again; its journal keeps what it reported, and owns up to the rest. */
class SidecarKillIT {
    private static final int KILLS = Integer.getInteger("retake.kills", 20);
    private static final int CLIENTS = 4;
    private static final String MARK = "Zabrowski-Quillon";

    @TempDir
    private Path directory;

    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        service.setExecutor(Executors.newFixedThreadPool(CLIENTS));
        service.createContext("/", exchange -> {
            byte[] body = ("{\"lastName\":\"" + MARK + "\",\"email\":\"zoe@" + MARK.toLowerCase(Locale.ROOT)
                            + ".net\",\"padding\":\"" + "x".repeat(600) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
        ((ExecutorService) service.getExecutor()).shutdownNow();
    }

    @Test
    void nothingReportedIsLost() throws IOException, InterruptedException {
        Path journal = directory.resolve("journal");
        URI upstream = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        long answered = 0;
        long reported = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (RetakeProcess sidecar = RetakeProcess.proxy(directory, upstream, journal)) {
                URI address = sidecar.ready();
                Load load = new Load(address);
                JournalStats seen = load.untilRecorded(journal, reported + 50);
                sidecar.kill();
                answered += load.stop();

                JournalStats after = stats(journal);
                assertThat(after.captured()).as("captured after kill %d", kill).isGreaterThanOrEqualTo(seen.captured());
                assertThat(after.forwarded())
                        .isEqualTo(after.captured()
                                + after.sampledOut()
                                + after.excluded()
                                + after.dropped().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                + after.unknown());
                assertThat(after.forwarded())
                        .as("forwarded after kill %d", kill)
                        .isGreaterThanOrEqualTo(answered);
                assertThat(readable(journal)).as("readable after kill %d", kill).isEqualTo(after.captured());
                reported = after.captured();
            }
        }
        JournalVerifier.Findings findings =
                JournalVerifier.verify(journal, KeySetFile.loadForReading(KeySetFile.defaultFor(journal)));
        assertThat(findings.damage()).isEmpty();
        // The last crash is noted by the next owner.
        assertThat(stats(journal).uncleanEnds()).isEqualTo(KILLS - 1);
        assertNothingUnsealed();
    }

    private JournalStats stats(Path journal) {
        try (JournalReader reader = open(journal)) {
            return reader.stats();
        }
    }

    private long readable(Path journal) {
        try (JournalReader reader = open(journal);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            List<String> ids = sessions.map(Session::id).toList();
            long count = 0;
            for (String id : ids) {
                try (Stream<Exchange> exchanges = reader.exchanges(id)) {
                    count += exchanges.count();
                }
            }
            return count;
        }
    }

    private static JournalReader open(Path journal) {
        return JournalReader.open(journal, KeySetFile.loadForReading(KeySetFile.defaultFor(journal)));
    }

    private void assertNothingUnsealed() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain(MARK, "padding", "application/json");
            }
        }
    }

    /** Clients that ask without pause. */
    private static final class Load {
        private final HttpClient client = HttpClient.newHttpClient();
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicLong answered = new AtomicLong();

        Load(URI address) {
            for (int i = 0; i < CLIENTS; i++) {
                HttpRequest request = HttpRequest.newBuilder(address.resolve("/users/" + i))
                        .header("Cookie", "sid=session-of-client-" + i)
                        .build();
                threads.execute(() -> ask(request));
            }
        }

        private void ask(HttpRequest request) {
            while (running.get()) {
                try {
                    client.send(request, HttpResponse.BodyHandlers.discarding());
                    answered.incrementAndGet();
                } catch (IOException e) {
                    return; // the sidecar was killed
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        /** Waits until the journal reports {@code captured} exchanges. */
        JournalStats untilRecorded(Path journal, long captured) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() < deadline) {
                if (Files.exists(journal.resolve("db").resolve("CURRENT"))) {
                    try (JournalReader reader = open(journal)) {
                        JournalStats stats = reader.stats();
                        if (stats.captured() >= captured) {
                            return stats;
                        }
                    }
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            throw new AssertionError("the journal never reported " + captured + " exchanges");
        }

        long stop() throws InterruptedException {
            running.set(false);
            threads.shutdown();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("clients do not end"));
            }
            return answered.get();
        }
    }
}

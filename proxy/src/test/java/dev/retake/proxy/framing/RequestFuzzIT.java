package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Sidecar;
import dev.retake.proxy.Wire;
import dev.retake.proxy.framing.StrictReader.Reading;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Spoiled requests through the whole sidecar, over real sockets: the upstream gets the requests that a strict reading of
 * the client's bytes finds, or a beginning of them, and never another. {@code bench/fuzz} runs the second test against
 * servers that are not ours.
 */
class RequestFuzzIT {
    private static final long SEED = Long.getLong("retake.fuzz.seed", 1);
    private static final long CONNECTIONS = Long.getLong("retake.fuzz.connections", 2_000);
    private static final Pattern TARGET = Pattern.compile("/fuzz-([0-9]+)/[0-9a-z]*");

    @Test
    void theUpstreamGetsTheRequestsThatTheClientSent() throws IOException {
        try (ReadingUpstream upstream = new ReadingUpstream();
                Sidecar sidecar = new Sidecar(
                        upstream.url(),
                        "proxy: {threads: 1, forwarded: {xForwardedFor: false, xForwardedHost: false, forwarded: false}}")) {
            for (long seed = SEED; seed < SEED + CONNECTIONS; seed++) {
                RequestMutator mutator = new RequestMutator(seed, "/f");
                String spoiled = mutator.spoiled(mutator.valid());
                exchange(sidecar.server.address(), spoiled, mutator.cuts(spoiled.length()));
                List<Request> reached = new ArrayList<>();
                for (Reading reading : upstream.news(sidecar)) {
                    assertThat(reading.end()).as("seed %d", seed).isNotEqualTo(End.REFUSED);
                    reached.addAll(reading.requests());
                }
                List<Request> sent = StrictReader.read(spoiled).requests();
                assertThat(reached.size()).as("seed %d", seed).isLessThanOrEqualTo(sent.size());
                assertThat(reached).as("seed %d", seed).isEqualTo(sent.subList(0, reached.size()));
            }
        }
    }

    /** The backend logs the target of each request that it saw, one a line, somewhere in that line. */
    @Test
    @EnabledIfSystemProperty(named = "retake.fuzz.sidecar", matches = ".+:[0-9]+")
    void theBackendSeesNoOtherRequestThanTheClientSent() throws IOException {
        String[] address = System.getProperty("retake.fuzz.sidecar").split(":", 2);
        InetSocketAddress sidecar = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
        Map<String, Integer> sent = new HashMap<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("retake.fuzz.seconds", 5));
        long seed = SEED;
        for (; System.nanoTime() < until; seed++) {
            RequestMutator mutator = new RequestMutator(seed, "/fuzz-" + seed);
            String spoiled = mutator.spoiled(mutator.valid());
            exchange(sidecar, spoiled, mutator.cuts(spoiled.length()));
            for (String target : StrictReader.begun(spoiled)) {
                Matcher matcher = TARGET.matcher(target);
                if (matcher.find()) {
                    sent.merge(matcher.group(), 1, Integer::sum);
                }
            }
        }
        int seen = 0;
        for (String line :
                Files.readAllLines(Path.of(System.getProperty("retake.fuzz.log")), StandardCharsets.ISO_8859_1)) {
            Matcher matcher = TARGET.matcher(line);
            if (matcher.find()) {
                seen++;
                assertThat(sent.merge(matcher.group(), -1, Integer::sum))
                        .as("the backend saw %s more often than it was sent", matcher.group())
                        .isNotNegative();
            }
        }
        assertThat((long) seen).isGreaterThan((seed - SEED) / 10);
        Files.writeString(
                Path.of(System.getProperty("retake.fuzz.log") + ".summary"),
                (seed - SEED) + " connections, " + seen + " requests seen by the backend, each of them sent");
    }

    /** Sends {@code text} in packets and then the end, and takes what comes until the sidecar has ended too. */
    private static void exchange(InetSocketAddress sidecar, String text, int[] cuts) throws IOException {
        try (Wire client = Wire.connect(sidecar)) {
            int from = 0;
            for (int cut : cuts.length > 16 ? new int[0] : cuts) {
                client.send(text.substring(from, cut));
                from = cut;
            }
            client.send(text.substring(from)).shutdownOutput().rest();
        } catch (SocketException e) {
            // Refused in the middle of what was being sent: the connection is gone, as it should be.
        }
    }
}

package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Http2Wire;
import dev.retake.proxy.Sidecar;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spoiled frames through the whole sidecar, over real sockets, to an upstream of HTTP/1.1: it gets the requests that a
 * strict reading of the frames finds, or some of them, or a beginning of one, and never another; and every stream that has
 * ended for the client is ended by the sidecar. Tries {@code
 * -Dretake.fuzz.connections}, from {@code -Dretake.fuzz.seed} on; a failure names its seed.
 */
class FrameFuzzIT {
    private static final long SEED = Long.getLong("retake.fuzz.seed", 1);
    private static final long CONNECTIONS = Long.getLong("retake.fuzz.connections", 2_000);

    private static ReadingUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = new ReadingUpstream();
        sidecar = new Sidecar(
                upstream.url(),
                "proxy: {threads: 1, forwarded: {xForwardedFor: false, xForwardedHost: false, forwarded: false}}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    @Test
    void theUpstreamGetsTheRequestsThatTheFramesHold() throws IOException {
        int sent = 0;
        int seen = 0;
        int broken = 0;
        for (long seed = SEED; seed < SEED + CONNECTIONS; seed++) {
            boolean spoiled = seed % 8 != 0;
            byte[] frames = new FrameMutator(seed).frames(spoiled);
            StrictFrames.Reading strict = StrictFrames.read(frames);
            exchange(seed, frames, strict);
            List<Request> reached = new ArrayList<>();
            Set<String> begun = new HashSet<>();
            for (StrictReader.Reading reading : upstream.news(sidecar)) {
                assertThat(reading.end()).as("seed %d", seed).isNotEqualTo(End.REFUSED);
                reached.addAll(reading.requests());
                begun.addAll(reading.targets());
            }
            List<Request> unsent = new ArrayList<>(reached);
            strict.requests().forEach(unsent::remove);
            assertThat(unsent).as("seed %d, of %s", seed, strict.requests()).isEmpty();
            assertThat(strict.begun()).as("seed %d", seed).containsAll(begun);
            if (!spoiled) {
                assertThat(reached).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(strict.requests());
            }
            sent += strict.requests().size();
            seen += reached.size();
            broken += strict.broken() ? 1 : 0;
        }
        // A mutator that only breaks, or breaks nothing, would show nothing.
        assertThat(seen).as("of %d", sent).isGreaterThan(sent / 2);
        assertThat(broken).isBetween((int) CONNECTIONS / 20, (int) CONNECTIONS / 2);
    }

    private static void exchange(long seed, byte[] frames, StrictFrames.Reading strict) throws IOException {
        String what = "seed " + seed;
        try (Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.granting = false; // what it sent of itself could end a frame that is not whole
            client.acknowledging = false;
            client.raw(frames);
            for (int stream : strict.ended()) {
                what = "seed " + seed + ": stream " + stream;
                client.answer(stream);
            }
        } catch (SocketException e) {
            // The connection was in error before it was read to its end.
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }
}

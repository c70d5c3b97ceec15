package dev.retake.proxy.framing;

import dev.retake.proxy.TestUpstream;
import dev.retake.proxy.Wire;
import dev.retake.proxy.framing.StrictResponses.Reading;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** An upstream that answers {@code /case/N} by the spoiled response of seed N, and {@code /after/N} by one that says so. */
final class SpoilingUpstream implements AutoCloseable {
    /** What is answered to one seed, in packets that end at {@code cuts}, and whether the connection ends behind it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(String method, String text, boolean ends, int[] cuts, boolean pipelined, Reading reading) {
        static Case of(long seed) {
            ResponseMutator mutator = new ResponseMutator(seed);
            String method = mutator.method();
            String text = mutator.spoiled(mutator.valid(method));
            Reading open = StrictResponses.read(text, false, method);
            // What is not whole would be awaited for ever.
            boolean ends = mutator.chance() || open.end() == End.PARTIAL;
            int[] cuts = mutator.cuts(text.length());
            if (cuts.length > 16) {
                cuts = new int[0];
            }
            if (open.end() == End.NOTHING) {
                // Nobody can tell what comes later from the answer to the next request.
                cuts = Arrays.stream(cuts).filter(cut -> cut < open.length()).toArray();
            }
            return new Case(method, text, ends, cuts, mutator.chance(), StrictResponses.read(text, ends, method));
        }
    }

    private final TestUpstream upstream;

    SpoilingUpstream() throws IOException {
        upstream = new TestUpstream((wire, n) -> serve(wire));
    }

    private static void serve(Wire wire) throws IOException {
        for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
            String[] target = head.substring(0, head.indexOf(" HTTP/")).split("/");
            if (target[1].equals("after")) {
                wire.send(after(Long.parseLong(target[2])));
                continue;
            }
            Case asked = Case.of(Long.parseLong(target[2]));
            int from = 0;
            for (int cut : asked.cuts()) {
                wire.send(asked.text().substring(from, cut));
                from = cut;
            }
            wire.send(asked.text().substring(from));
            if (asked.ends()) {
                return;
            }
        }
    }

    static String content(long seed) {
        return "after " + seed;
    }

    private static String after(long seed) {
        String content = content(seed);
        return String.format(Locale.ROOT, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", content.length(), content);
    }

    URI url() {
        return upstream.url();
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}

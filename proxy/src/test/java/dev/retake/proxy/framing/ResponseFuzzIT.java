package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Http2Wire;
import dev.retake.proxy.Sidecar;
import dev.retake.proxy.Wire;
import dev.retake.proxy.framing.SpoilingUpstream.Case;
import dev.retake.proxy.framing.StrictResponses.Reading;
import dev.retake.proxy.framing.StrictResponses.Response;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spoiled responses through the whole sidecar, over real sockets, to clients of HTTP/1.1 and of HTTP/2: what a strict
 * reading of the upstream's bytes finds whole the client gets whole; of anything else it gets a 502, or a beginning that
 * does not look like a whole; and its next request is answered by the response to that, or not at all. Tries {@code
 * -Dretake.fuzz.connections}, from {@code -Dretake.fuzz.seed} on; a failure names its seed.
 */
class ResponseFuzzIT {
    private static final long SEED = Long.getLong("retake.fuzz.seed", 1);
    private static final long CONNECTIONS = Long.getLong("retake.fuzz.connections", 2_000);
    private static final String AFTER = "after";
    private static final String CUT = "cut";
    private static final String REFUSED = "refused";
    private static final String WHOLE = "whole";
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "upgrade");

    private static SpoilingUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = new SpoilingUpstream();
        sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    @Test
    void aClientGetsTheResponsesThatTheUpstreamSent() throws IOException {
        Map<String, Integer> became = new HashMap<>();
        for (long seed = SEED; seed < SEED + CONNECTIONS; seed++) {
            Case asked = Case.of(seed);
            String text = exchange(asked, seed);
            Reading got = StrictResponses.read(text, true, asked.method(), "GET");
            String what = String.format(
                    Locale.ROOT,
                    "seed %d: %s, %s",
                    seed,
                    asked.method(),
                    Shown.of(asked.text()) + " gave " + Shown.of(text));
            assertThat(got.end()).as(what).isNotEqualTo(End.REFUSED);
            assertThat(got.length() == text.length() || got.end() == End.PARTIAL)
                    .as(what)
                    .isTrue();
            became.merge(check(what, asked.reading(), got), 1, Integer::sum);
            if (got.responses().size() > 1) {
                assertThat(got.responses().get(1).content()).as(what).isEqualTo(SpoilingUpstream.content(seed));
                became.merge(AFTER, 1, Integer::sum);
            }
        }
        assertOfAllKinds(became);
    }

    private static String check(String what, Reading sent, Reading got) {
        Response last =
                got.responses().isEmpty() ? got.begun() : got.responses().get(0);
        if (got.responses().isEmpty()) {
            assertThat(sent.end()).as(what).isNotEqualTo(End.NOTHING);
            if (last != null) {
                assertThat(sent.begun()).as(what).isNotNull();
                assertHead(what, sent.begun(), last);
                assertThat(sent.begun().raw()).as(what).startsWith(last.raw());
            }
            return CUT;
        }
        if (isOwn(last)) {
            assertThat(sent.end()).as(what).isNotEqualTo(End.NOTHING);
            assertThat(sent.interims()).as(what).startsWith(last.interims().toArray(String[]::new));
            return REFUSED;
        }
        assertThat(sent.end()).as(what).isEqualTo(End.NOTHING);
        Response whole = sent.responses().get(0);
        assertHead(what, whole, last);
        assertThat(last.raw()).as(what).isEqualTo(whole.raw());
        return WHOLE;
    }

    private static void assertHead(String what, Response sent, Response got) {
        assertThat(got.interims()).as(what).isEqualTo(sent.interims());
        assertThat(got.startLine()).as(what).isEqualTo(sent.startLine());
        assertCarried(what, sent.fields(), sent.fields(), got.fields());
    }

    private static boolean isOwn(Response response) {
        return response.status() == 502 && response.startLine().equals("HTTP/1.1 502 Bad Gateway");
    }

    /** What the client reads until its connection ends, as it does behind the second response. */
    private static String exchange(Case asked, long seed) throws IOException {
        String first = asked.method() + " /case/" + seed + " HTTP/1.1\r\nHost: h\r\n\r\n";
        String after = "GET /after/" + seed + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        StringBuilder text = new StringBuilder();
        try (Wire client = sidecar.connect()) {
            client.send(asked.pipelined() ? first + after : first);
            boolean more = asked.pipelined();
            for (String part = client.some(); !part.isEmpty(); part = client.some()) {
                text.append(part);
                if (!more
                        && StrictResponses.read(text.toString(), false, asked.method())
                                        .end()
                                == End.NOTHING) {
                    more = true;
                    client.send(after);
                }
            }
        } catch (SocketException e) {
            // The sidecar ended the connection while the second request was on its way.
        }
        return text.toString();
    }

    @Test
    void aClientOfHttp2GetsTheSame() throws IOException {
        Map<String, Integer> became = new HashMap<>();
        for (long seed = SEED; seed < SEED + CONNECTIONS / 2; seed++) {
            Case asked = Case.of(seed);
            try (Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
                client.headers(1, true, Http2Wire.request(asked.method(), "/case/" + seed));
                Http2Wire.Answer answer = client.answer(1);
                String what = String.format(
                        Locale.ROOT,
                        "seed %d: %s, %s",
                        seed,
                        asked.method(),
                        Shown.of(asked.text()) + " gave " + answer.heads + answer.body + answer.end);
                became.merge(check(what, asked.reading(), answer), 1, Integer::sum);
                if (!answer.end.equals("closed")) {
                    Http2Wire.Answer next = client.get(3, "/after/" + seed).answer(3);
                    assertThat(next.outcome()).as(what).isEqualTo("200");
                    assertThat(next.body).as(what).hasToString(SpoilingUpstream.content(seed));
                    became.merge(AFTER, 1, Integer::sum);
                }
            }
        }
        assertOfAllKinds(became);
    }

    private static String check(String what, Reading sent, Http2Wire.Answer got) {
        if (!got.end.equals("end")) {
            assertThat(got.end).as(what).isEqualTo("reset INTERNAL_ERROR");
            assertThat(sent.end()).as(what).isNotEqualTo(End.NOTHING);
            Response begun = sent.begun();
            if (begun != null && got.heads.size() > begun.interims().size()) {
                assertHead(what, begun, got);
                assertThat(begun.content()).as(what).startsWith(got.body);
            }
            return CUT;
        }
        if (got.body.toString().startsWith("retake: 502") || sent.end() != End.NOTHING) {
            assertThat(got.outcome()).as(what).isEqualTo("502");
            assertThat(sent.end()).as(what).isNotEqualTo(End.NOTHING);
            return REFUSED;
        }
        Response whole = sent.responses().get(0);
        assertHead(what, whole, got);
        assertThat(got.body).as(what).hasToString(whole.content());
        List<List<String>> trailers = got.heads.subList(whole.interims().size() + 1, got.heads.size());
        if (whole.trailers().isEmpty()) {
            assertThat(trailers).as(what).isEmpty();
        } else {
            assertThat(trailers).as(what).containsExactly(lower(whole.trailers()));
        }
        return WHOLE;
    }

    private static void assertHead(String what, Response sent, Http2Wire.Answer got) {
        List<String> head = got.heads.get(sent.interims().size());
        assertThat(head.get(0)).as(what).isEqualTo(":status: " + sent.status());
        List<String> fields = sent.fields().stream()
                .filter(line -> !name(line).equals("transfer-encoding"))
                .toList();
        assertCarried(what, lower(fields), sent.fields(), head.subList(1, head.size()));
    }

    /** Lines as HTTP/2 has them. */
    private static List<String> lower(List<String> lines) {
        return lines.stream()
                .map(line -> {
                    Matcher field = WireText.FIELD.matcher(line);
                    assertThat(field.matches()).isTrue();
                    return field.group(1).toLowerCase(Locale.ROOT) + ": " + field.group(2);
                })
                .toList();
    }

    /** All that is not for one hop came in its order, and nothing else but the relay's own {@code Connection: close}. */
    private static void assertCarried(String what, List<String> sent, List<String> head, List<String> got) {
        Set<String> nominated = head.stream()
                .filter(line -> name(line).equals("connection"))
                .flatMap(line ->
                        Arrays.stream(line.substring(line.indexOf(':') + 1).split(",")))
                .map(option -> option.trim().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        int next = 0;
        for (String line : sent) {
            if (next < got.size() && got.get(next).equals(line)) {
                next++;
            } else {
                String name = name(line);
                assertThat(HOP_BY_HOP.contains(name) || nominated.contains(name))
                        .as("%s lost %s", what, Shown.of(line))
                        .isTrue();
            }
        }
        assertThat(got.subList(next, got.size())).as(what).allMatch("Connection: close"::equals);
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    /** A mutator that only breaks, or breaks nothing, would show nothing. */
    private static void assertOfAllKinds(Map<String, Integer> became) {
        int all = Stream.of(WHOLE, REFUSED, CUT)
                .mapToInt(kind -> became.getOrDefault(kind, 0))
                .sum();
        assertThat(became).as("of %d", all).containsOnlyKeys(WHOLE, REFUSED, CUT, AFTER);
        assertThat(became.values()).as("of %d: %s", all, became).allMatch(count -> count > all / 50);
    }
}

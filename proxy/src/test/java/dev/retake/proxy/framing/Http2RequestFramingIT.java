package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Http2Wire;
import dev.retake.proxy.Sidecar;
import dev.retake.proxy.framing.StrictReader.Reading;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests over HTTP/2 that an HTTP/1.1 upstream could take for another one, or for two, at the level of frames. What is
 * refused ends its stream, or its connection, and nothing of it but a request that is cut short reaches the upstream;
 * what passes reaches it as exactly one request, by an independent strict reading. In either case a request beside it is
 * answered, on the same connection where that lives.
 */
class Http2RequestFramingIT {
    private static ReadingUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = new ReadingUpstream();
        sidecar =
                new Sidecar(upstream.url(), "proxy: {threads: 1, limits: {requestLine: 400, head: 2048, fields: 20}}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    static Stream<Arguments> refused() {
        return Http2RequestTable.REFUSED.stream().map(row -> Arguments.of(row.outcome(), row.name(), row.frames()));
    }

    @ParameterizedTest(name = "{index} {0} {1}")
    @MethodSource("refused")
    void whatIsMalformedEndsItsStream(String outcome, String name, byte[] frames) throws IOException {
        String ended;
        upstream.news(sidecar);
        try (Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.get(1, "/before").answer(1);
            ended = client.raw(frames).answer(Http2RequestTable.STREAM).outcome();
            if (!ended.startsWith("goaway")) {
                String after = client.get(5, "/after").answer(5).outcome();
                ended += after.equals("200") ? "" : ", then " + after;
            }
        }
        assertThat(ended).as(name).isEqualTo(outcome);
        List<String> targets = new ArrayList<>();
        for (Reading reading : upstream.news(sidecar)) {
            targets.addAll(reading.targets());
        }
        assertThat(targets).as(name).startsWith("/before").isSubsetOf("/before", "/after");
    }

    static Stream<Arguments> understood() {
        return Http2RequestTable.UNDERSTOOD.stream()
                .map(row -> Arguments.of(row.name(), row.frames(), row.request(), row.head()));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("understood")
    void whatPassesIsOneRequest(String name, byte[] frames, Request request, String head) throws IOException {
        upstream.news(sidecar);
        try (Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            assertThat(client.raw(frames).answer(Http2RequestTable.STREAM).outcome())
                    .as(name)
                    .isEqualTo("200");
        }
        List<Request> reached = new ArrayList<>();
        for (Reading reading : upstream.news(sidecar)) {
            assertThat(reading.end()).as(name).isEqualTo(End.NOTHING);
            reached.addAll(reading.requests());
        }
        assertThat(reached).as(name).containsExactly(request);
        assertThat(upstream.text()).as(name).contains(head);
    }
}

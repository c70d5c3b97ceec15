package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Sidecar;
import dev.retake.proxy.Wire;
import dev.retake.proxy.framing.StrictReader.Reading;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose framing or addressee two readers could take in two ways, over real sockets: each stands between a
 * request before and one after it, as smuggling needs it. What is refused ends the connection, and nothing after it
 * reaches the upstream; what passes reaches it as exactly the requests that an independent strict reading of the client's
 * bytes finds.
 */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class RequestFramingIT {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
    private static final String BEFORE = "GET /before HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String AFTER = "GET /after HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private static ReadingUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = new ReadingUpstream();
        sidecar = new Sidecar(
                upstream.url(),
                "proxy: {threads: 1, limits: {requestLine: 400, head: 2048, fields: 20},"
                        + " forwarded: {forwarded: false, via: false}}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    static Stream<Arguments> refused() {
        return RequestTable.REFUSED.stream().map(row -> Arguments.of(row.status(), row.name(), row.bytes()));
    }

    @ParameterizedTest(name = "{index} {0} {1}")
    @MethodSource("refused")
    void whatIsAmbiguousEndsTheConnection(int status, String name, String bytes) throws IOException {
        for (String before : List.of("", BEFORE)) {
            List<Integer> expected = before.isEmpty() ? List.of(status) : List.of(200, status);
            assertThat(statuses(before + bytes + SMUGGLED)).as(name).isEqualTo(expected);
            List<Request> reached = new ArrayList<>();
            for (Reading reading : upstream.news(sidecar)) {
                reached.addAll(reading.requests());
            }
            assertThat(reached)
                    .as(name)
                    .extracting(Request::target)
                    .isEqualTo(before.isEmpty() ? List.of() : List.of("/before"));
        }
    }

    /** A connection is of HTTP/2 from its first byte or not at all, and then what is no frame is no request either. */
    @Test
    void aPrefaceMakesNoRequestOfWhatFollowsIt() throws IOException {
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        assertThat(statuses(BEFORE + preface + SMUGGLED)).isEqualTo(List.of(200, 505));
        assertThat(statuses(preface + SMUGGLED)).isEmpty();
        assertThat(upstream.news(sidecar))
                .flatExtracting(Reading::requests)
                .extracting(Request::target)
                .containsExactly("/before");
    }

    static Stream<Arguments> understood() {
        return RequestTable.UNDERSTOOD.stream().map(row -> Arguments.of(row.name(), row.bytes(), row.count()));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("understood")
    void whatPassesHasOneReading(String name, String bytes, int count) throws IOException {
        String sent = BEFORE + bytes + AFTER;
        Reading wanted = StrictReader.read(sent);
        assertThat(wanted.end()).isEqualTo(End.NOTHING);
        assertThat(wanted.targets())
                .as("the strict reading of " + name)
                .hasSize(count + 2)
                .doesNotContain("/smuggled");
        assertThat(statuses(sent)).as(name).hasSize(count + 2).containsOnly(200);
        List<Request> reached = new ArrayList<>();
        for (Reading reading : upstream.news(sidecar)) {
            assertThat(reading.end()).as(name).isEqualTo(End.NOTHING);
            reached.addAll(reading.requests());
        }
        assertThat(reached).as(name).isEqualTo(wanted.requests());
    }

    /** The statuses of what came back on one connection that sent {@code text} and then its end. */
    private static List<Integer> statuses(String text) throws IOException {
        try (Wire client = sidecar.connect()) {
            Matcher matcher = STATUS.matcher(client.send(text).shutdownOutput().rest());
            List<Integer> statuses = new ArrayList<>();
            while (matcher.find()) {
                statuses.add(Integer.valueOf(matcher.group(1)));
            }
            return statuses;
        }
    }
}

package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.Sidecar;
import dev.retake.proxy.TestUpstream;
import dev.retake.proxy.Wire;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses whose framing two readers could take in two ways, over real sockets. Whatever becomes of them, the next
 * request is answered by its own response: a connection to the upstream is used again only where nobody can doubt what
 * it sends next, and a client that may doubt it is not sent more.
 */
class ResponseFramingIT {
    private static TestUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = new TestUpstream((wire, n) -> serve(wire));
        sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, limits: {head: 2048, fields: 20}}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    /** Answers {@code /case/N} by the N-th row, and all else by whether this connection has served that row. */
    private static void serve(Wire wire) throws IOException {
        String served = "none";
        for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
            String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
            String number = target.substring(target.lastIndexOf('/') + 1);
            if (target.startsWith("/after/")) {
                String body = number.equals(served) ? "again" : "fresh";
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
            } else {
                ResponseTable.Row row = ResponseTable.ROWS.get(Integer.parseInt(number));
                wire.send(row.sent());
                served = number;
                if (row.ends()) {
                    return;
                }
            }
        }
    }

    static Stream<Arguments> rows() {
        return IntStream.range(0, ResponseTable.ROWS.size())
                .mapToObj(i -> Arguments.of(i, ResponseTable.ROWS.get(i).name()));
    }

    @ParameterizedTest(name = "{index} {1}")
    @MethodSource("rows")
    void theNextRequestGetsItsOwnResponse(int number, String name) throws IOException {
        ResponseTable.Row row = ResponseTable.ROWS.get(number);
        String after = "GET /after/" + number + " HTTP/1.1\r\nHost: h\r\n\r\n";
        try (Wire client = sidecar.connect();
                Wire next = sidecar.connect()) {
            client.send(row.method() + " /case/" + number + " HTTP/1." + row.minorVersion() + "\r\nHost: h\r\n\r\n");
            switch (row.becomes()) {
                case BAD_GATEWAY -> {
                    String head = client.head();
                    while (head.startsWith("HTTP/1.1 1")) {
                        head = client.head();
                    }
                    assertThat(head).as(name).startsWith("HTTP/1.1 502 ");
                    assertThat(client.until("\n")).startsWith("retake: 502");
                    assertThat(answer(client.send(after))).as(name).isEqualTo("fresh");
                }
                case CUT -> {
                    assertThat(client.rest()).as(name).isEqualTo(row.received());
                    assertThat(answer(next.send(after))).as(name).isEqualTo("fresh");
                }
                case ENDS -> {
                    assertThat(client.rest()).as(name).isEqualTo(row.received());
                    assertThat(answer(next.send(after))).as(name).isEqualTo("again");
                }
                case PASSES -> {
                    assertThat(client.read(row.received().length())).as(name).isEqualTo(row.received());
                    assertThat(answer(client.send(after))).as(name).isEqualTo("again");
                }
                case PASSES_ONCE -> {
                    assertThat(client.read(row.received().length())).as(name).isEqualTo(row.received());
                    assertThat(answer(client.send(after))).as(name).isEqualTo("fresh");
                }
            }
        }
    }

    private static String answer(Wire client) throws IOException {
        client.head();
        return client.read(5);
    }
}

package dev.retake.proxy;

import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.END_HEADERS;
import static dev.retake.proxy.Http2Wire.END_STREAM;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.block;
import static dev.retake.proxy.Http2Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What RFC 9113 demands of a server beyond what its codec does; {@code bench/h2spec} asks for the whole. */
class Http2ConformanceIT {
    private TestUpstream upstream;
    private Sidecar sidecar;
    private Http2Wire client;

    @BeforeEach
    void start() throws IOException {
        upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, limits: {requestBody: 10B}}");
        client = Http2Wire.connect(sidecar.server.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        sidecar.close();
        upstream.close();
    }

    @Test
    void aMalformedRequestIsAnsweredAndReset() throws IOException {
        client.headers(1, true, List.of(":method", "GET", ":scheme", "http", ":authority", "h"));
        Http2Wire.Answer answer = client.answer(1);
        assertThat(answer.outcome()).isEqualTo("400");
        assertThat(answer.body).startsWith("retake: 400").contains(":path");
        assertThat(answer.end).isEqualTo("reset PROTOCOL_ERROR");
        assertThat(client.get(3, "/").answer(3).end).isEqualTo("end");
    }

    @Test
    void whatIsNotServedIsAnsweredAlone() throws IOException {
        client.headers(1, true, List.of(":method", "CONNECT", ":authority", "h:443"));
        assertThat(client.answer(1).outcome()).isEqualTo("501");
        assertThat(client.answer(1).end).isEqualTo("end");
    }

    @Test
    void headersOnAStreamThatTheClientEndedEndTheConnection() throws IOException {
        assertThat(client.get(1, "/").answer(1).end).isEqualTo("end");
        assertThat(client.get(1, "/").end()).isEqualTo("goaway STREAM_CLOSED");
    }

    @Test
    void aStreamThatWasSkippedIsClosed() throws IOException {
        assertThat(client.get(5, "/").answer(5).end).isEqualTo("end");
        assertThat(client.get(3, "/").end()).isEqualTo("goaway STREAM_CLOSED");
    }

    @Test
    void headersTwiceOfARequestThatIsWholeResetIt() throws IOException {
        byte[] get = Http2Wire.bytes(HEADERS, END_HEADERS | END_STREAM, 1, block(request("GET", "/")));
        client.raw(get).raw(get);
        assertThat(client.answer(1).end).isEqualTo("reset STREAM_CLOSED");
        assertThat(client.get(3, "/").answer(3).end).isEqualTo("end");
    }

    @Test
    void aServersStreamIsNoClients() throws IOException {
        // Of a block that is malformed as well the codec says so first.
        client.headers(2, true, request("GET", "/", "X", "y"));
        assertThat(client.end()).isEqualTo("goaway PROTOCOL_ERROR");
    }

    /** The rest of a request that was answered early, and then reset, is on its way as long as the client has not heard. */
    @Test
    void theRestOfWhatWasResetIsTolerated() throws IOException {
        client.headers(1, false, request("POST", "/", "content-length", "20"));
        assertThat(client.answer(1).outcome()).isEqualTo("413");
        while (!client.soFar(1).frames.contains(Http2Wire.RST_STREAM)) {
            client.read();
        }
        client.frame(DATA, 0, 1, new byte[10]).headers(1, true, List.of("x-sum", "1"));
        assertThat(client.get(3, "/").answer(3).end).isEqualTo("end");
    }

    /** So is that of a request whose head the codec itself found malformed, once a later one was begun. */
    @Test
    void theRestOfWhatIsMalformedIsTolerated() throws IOException {
        client.headers(1, false, request("POST", "/", "X", "y"));
        assertThat(client.answer(1).end).isEqualTo("reset " + Http2Error.PROTOCOL_ERROR);
        assertThat(client.get(3, "/").answer(3).end).isEqualTo("end");
        client.headers(1, true, List.of("x-sum", "1"));
        assertThat(client.get(5, "/").answer(5).end).isEqualTo("end");
    }
}

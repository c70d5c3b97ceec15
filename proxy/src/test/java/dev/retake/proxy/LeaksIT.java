package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Every way that an exchange can end gives all buffers back. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class LeaksIT {
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

    @Test
    void nothingIsLeftBehind() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    String head = wire.head();
                    switch (head.isEmpty() ? "" : head.split(" ")[1]) {
                        case "/ok" -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                        case "/cut" -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
                        case "/partial" -> wire.send("HTTP/1.1 200 OK\r\nContent-Le");
                        case "/bad" -> wire.send("HTTP/1.1 200 OK\nbad");
                        case "/chunk" -> wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy");
                        case "/more" -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz");
                        case "/up" -> {
                            wire.send("HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nfirst");
                            wire.send(wire.read(5));
                        }
                        default -> wire.ended();
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url())) {
            for (int round = 0; round < 10; round++) {
                for (String path : new String[] {"/ok", "/cut", "/partial", "/bad", "/chunk", "/more", "/up"}) {
                    ask(
                            sidecar,
                            "GET " + path
                                    + " HTTP/1.1\r\nHost: h\r\nConnection: close, Upgrade\r\nUpgrade: x\r\n\r\nextra");
                }
                ask(sidecar, POST + "+1\r\nx\r\n");
                ask(sidecar, "GET / HTTP/1.1\r\nHo");
                ask(sidecar, "GET / HTTP/1.1\r\n x\r\n\r\n");
                leave(sidecar, POST);
                leave(sidecar, "GET /hang HTTP/1.1\r\nHost: h\r\n\r\n".repeat(3));
                leave(sidecar, "GET /han");
            }
        }
        assertThat(Leaks.flush()).isEmpty();
    }

    private static void ask(Sidecar sidecar, String request) throws IOException {
        try (Wire client = sidecar.connect()) {
            client.send(request).shutdownOutput().rest();
        }
    }

    private static void leave(Sidecar sidecar, String request) throws IOException {
        try (Wire client = sidecar.connect()) {
            client.send(request).reset();
        }
    }
}

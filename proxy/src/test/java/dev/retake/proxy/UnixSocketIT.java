package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Outcome;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners and upstreams that are Unix sockets, or have IPv6 addresses. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class UnixSocketIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private Path directory;

    private Path socket;

    @BeforeEach
    void needsEpoll() {
        assumeTrue(Epoll.isAvailable(), "there is no epoll");
        socket = directory.resolve("s");
    }

    private Sidecar listening(URI upstream, String yaml) {
        return new Sidecar(UnixDomainSocketAddress.of(socket), upstream, yaml, new RecordingSink());
    }

    private static URI unix(Path path) {
        return URI.create("unix:" + path);
    }

    private static void send(SocketChannel to, String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String read(SocketChannel from, int length) throws IOException {
        return new String(Channels.newInputStream(from).readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String head(SocketChannel from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(read(from, 1));
        }
        return head.toString();
    }

    private String ask(String request, int length) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(client, request);
            return read(client, length);
        }
    }

    @Test
    void relaysAndCapturesFromAUnixSocket() throws Exception {
        String body = "x".repeat(500_000);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        assertThat(head).contains("X-Forwarded-For: 127.0.0.1\r\n");
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n" + body);
                    }
                });
                Sidecar sidecar = listening(upstream.url(), "")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-rw----");
            String head = "HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n";
            assertThat(ask(GET, head.length() + body.length())).isEqualTo(head + body);
            assertThat(sidecar.sink.next().response().body()).isEqualTo(body);
            assertThat(upstream.failures).isEmpty();
            sidecar.server.stop();
            assertThat(socket).doesNotExist();
        }
        assertThat(Leaks.flush()).isEmpty();
    }

    @Test
    void itsModeCanBeSet() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = listening(upstream.url(), "proxy: {unixMode: \"0602\"}")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-----w-");
            assertThat(ask(GET, OK.length())).isEqualTo(OK);
            assertThat(sidecar.sink.next().dropped()).isNull();
        }
    }

    @Test
    void whatWasLeftBehindIsTakenAwayAndWhatLivesIsNot() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        try (TestUpstream upstream = TestUpstream.answering(OK)) {
            try (ServerSocketChannel living = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                living.bind(address);
                refused(upstream, "another process listens");
            }
            assertThat(socket).as("what a closed channel leaves behind").exists();
            try (Sidecar sidecar = listening(upstream.url(), "")) {
                assertThat(ask(GET, OK.length())).isEqualTo(OK);
                assertThat(sidecar.sink.next().dropped()).isNull();
                refused(upstream, "another process listens");
                assertThat(ask(GET, OK.length())).as("it lives on").isEqualTo(OK);
            }
            Files.writeString(socket, "precious");
            refused(upstream, "no socket");
            assertThat(socket).hasContent("precious");
            Files.delete(socket);
            Files.createSymbolicLink(socket, directory.resolve("elsewhere"));
            refused(upstream, "no socket");
            socket = directory.resolve("x".repeat(120));
            refused(upstream, "107 bytes");
            socket = directory.resolve("none/s");
            refused(upstream, "its directory");
        }
    }

    private void refused(TestUpstream upstream, String why) {
        assertThatThrownBy(() -> listening(upstream.url(), ""))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT))
                .hasMessageContaining(why);
    }

    @Test
    void withoutEpollItIsSaid() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK)) {
            for (URI to : new URI[] {upstream.url(), unix(socket)}) {
                assertThatThrownBy(() -> listening(to, "proxy: {transport: nio}"))
                        .isInstanceOfSatisfying(
                                RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                        .hasMessageContaining("epoll");
            }
        }
    }

    @Test
    void anUpstreamMayBeAUnixSocket() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Sidecar sidecar = new Sidecar(unix(socket), "proxy: {threads: 1}");
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).as("nothing is there yet").startsWith("HTTP/1.1 502");
            assertThat(client.until("\n")).contains("does not accept connections");
            server.bind(UnixDomainSocketAddress.of(socket));
            for (int i = 0; i < 2; i++) {
                client.send(GET);
                try (SocketChannel accepted = server.accept()) {
                    assertThat(head(accepted)).startsWith("GET / HTTP/1.1\r\n");
                    send(accepted, i == 0 ? OK : "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
                    assertThat(client.read(OK.length())).endsWith("ok");
                }
            }
            assertThat(client.ended()).isTrue();
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        }
    }

    @Test
    void listenerAndUpstreamMayHaveIpv6Addresses() throws IOException {
        InetAddress loopback = Inet6Address.getByName("::1");
        ServerSocket server;
        try {
            server = new ServerSocket(0, 50, loopback);
        } catch (IOException e) {
            assumeTrue(false, "there is no IPv6");
            return;
        }
        try (TestUpstream upstream = new TestUpstream(server, (wire, n) -> {
                    String head = wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
                });
                Sidecar sidecar = new Sidecar(
                        new InetSocketAddress(loopback, 0),
                        URI.create("http://[::1]:" + upstream.port()),
                        "",
                        new RecordingSink());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").head();
            assertThat(client.until("\r\n\r\n"))
                    .contains("X-Forwarded-For: ::1\r\n")
                    .contains("Forwarded: for=\"[::1]\";proto=http;host=\"[::1]:80\"\r\n");
            assertThat(sidecar.sink.next().dropped()).isNull();
        }
    }
}

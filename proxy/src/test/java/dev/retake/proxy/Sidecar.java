package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.config.ConfigKey;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.http2.Http2Keys;
import dev.retake.proxy.route.RouteKeys;
import dev.retake.proxy.tls.TlsKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** A sidecar of its own for one test, with what it captured; closing it checks that nothing failed behind the scenes. */
public final class Sidecar implements AutoCloseable {
    private static final List<ConfigKey<?>> KEYS = Stream.of(ProxyKeys.ALL, TlsKeys.ALL, Http2Keys.ALL, RouteKeys.ALL)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    public final RecordingSink sink;
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final ProxyServer server;
    private final BackgroundErrors errors = new BackgroundErrors();

    public Sidecar(URI upstream) {
        this(upstream, "");
    }

    public Sidecar(URI upstream, String yaml) {
        this(upstream, yaml, new RecordingSink());
    }

    public Sidecar(URI upstream, String yaml, RecordingSink sink) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), upstream, yaml, sink);
    }

    public Sidecar(SocketAddress listen, URI upstream, String yaml, RecordingSink sink) {
        Leaks.watch();
        this.sink = sink;
        ProxySettings settings = ProxySettings.from(Config.parse(yaml, "test", KEYS));
        server = ProxyServer.start(listen, upstream, settings, sink, errors, registry);
    }

    public Wire connect() throws IOException {
        return Wire.connect(server.address());
    }

    public URI url() {
        return URI.create(server.scheme() + "://127.0.0.1:" + server.address().getPort());
    }

    /** Connections of clients that are open. */
    public int clientConnections() {
        return (int) registry.get("retake.connections").gauge().value();
    }

    /** Connections to upstreams that are open. */
    public int upstreamConnections() {
        return (int) registry.get("retake.upstream.connections").gauge().value();
    }

    @Override
    public void close() {
        server.close();
        assertThat(errors.counts()).isEmpty();
        assertThat(sink.budget().used()).isZero();
        assertThat(Leaks.found()).isEmpty();
    }
}

package dev.retake.proxy;

import dev.retake.common.config.Config;
import dev.retake.common.config.ConfigKey;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.pipeline.RecorderKeys;
import dev.retake.proxy.capture.CapturePolicy;
import dev.retake.proxy.capture.StreamCapture;
import dev.retake.proxy.forward.AddedFields;
import dev.retake.proxy.forward.Cidr;
import dev.retake.proxy.forward.ClientLimits;
import dev.retake.proxy.forward.ForwardSettings;
import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http2.Http2Settings;
import dev.retake.proxy.listen.ListenSettings;
import dev.retake.proxy.listen.ProxyProtocol;
import dev.retake.proxy.route.RouteEntry;
import dev.retake.proxy.route.RouteKeys;
import dev.retake.proxy.route.RoutePolicy;
import dev.retake.proxy.route.Routing;
import dev.retake.proxy.tls.CertificateFiles;
import dev.retake.proxy.tls.TlsKeys;
import dev.retake.proxy.tls.TlsSettings;
import dev.retake.proxy.upstream.NamedUpstream;
import dev.retake.proxy.upstream.UpstreamSettings;
import io.netty.util.internal.PlatformDependent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a sidecar can be told.
 *
 * @param transport how sockets are driven
 * @param threads event loops, 0 for one a processor
 * @param forward how clients are served
 * @param upstream how upstream connections are made
 * @param drain how long exchanges in flight may take to end on shutdown
 * @param bodyCap bytes of a body that are captured
 * @param streams what is captured of connections that last
 * @param lag how late an event loop may run before capture gives way
 * @param tls with clients and upstream
 * @param listen how clients come in
 * @param http2 with clients and upstream
 * @param upstreams those that the configuration names
 * @param routes in order
 */
public record ProxySettings(
        Transport transport,
        int threads,
        ForwardSettings forward,
        UpstreamSettings upstream,
        Duration drain,
        long bodyCap,
        StreamCapture streams,
        Duration lag,
        TlsSettings tls,
        ListenSettings listen,
        Http2Settings http2,
        List<NamedUpstream> upstreams,
        List<RouteEntry> routes) {

    /**
     * What the configuration says.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where an address block is none
     */
    public static ProxySettings from(Config config) {
        ForwardSettings forward = new ForwardSettings(
                new HeadLimits(
                        config.get(ProxyKeys.MAX_REQUEST_LINE),
                        config.get(ProxyKeys.MAX_HEAD),
                        config.get(ProxyKeys.MAX_FIELDS)),
                config.get(ProxyKeys.MAX_REQUEST_BODY),
                config.get(ProxyKeys.MAX_CONNECTIONS),
                clientLimits(config),
                config.get(ProxyKeys.OBSERVE),
                new AddedFields(
                        config.get(ProxyKeys.X_FORWARDED_FOR),
                        config.get(ProxyKeys.X_FORWARDED_PROTO),
                        config.get(ProxyKeys.X_FORWARDED_HOST),
                        config.get(ProxyKeys.FORWARDED),
                        config.get(ProxyKeys.VIA)),
                new ForwardSettings.Timeouts(
                        config.get(ProxyKeys.HEAD_TIMEOUT),
                        config.get(ProxyKeys.KEEP_ALIVE_TIMEOUT),
                        config.get(ProxyKeys.BODY_TIMEOUT),
                        config.get(ProxyKeys.RESPONSE_TIMEOUT),
                        config.get(ProxyKeys.STREAM_TIMEOUT),
                        config.get(ProxyKeys.SEND_TIMEOUT)),
                blocks(config, ProxyKeys.TRUSTED_REPLAYERS),
                TlsSettings.subjectField(config));
        UpstreamSettings upstream = new UpstreamSettings(
                config.get(ProxyKeys.CONNECT_TIMEOUT),
                config.get(ProxyKeys.UPSTREAM_IDLE_TIMEOUT),
                config.get(ProxyKeys.UPSTREAM_MAX_IDLE),
                config.get(ProxyKeys.UPSTREAM_MAX_CONNECTIONS));
        return new ProxySettings(
                config.get(ProxyKeys.TRANSPORT),
                config.get(ProxyKeys.THREADS),
                forward,
                upstream,
                config.get(ProxyKeys.DRAIN_TIMEOUT),
                config.get(ProxyKeys.CAPTURE_BODY_CAP),
                new StreamCapture(
                        config.get(ProxyKeys.CAPTURE_WEB_SOCKET),
                        config.get(ProxyKeys.CAPTURE_WEB_SOCKET_CAP),
                        config.get(ProxyKeys.CAPTURE_EVENT_STREAMS)),
                config.get(ProxyKeys.CAPTURE_LAG),
                TlsSettings.from(config),
                listen(config),
                Http2Settings.from(config),
                config.get(RouteKeys.UPSTREAMS),
                config.get(RouteKeys.ROUTES));
    }

    /** These settings, observing: what would be refused passes and is counted. */
    public ProxySettings observing() {
        ForwardSettings observing = new ForwardSettings(
                forward.limits(),
                forward.requestBody(),
                forward.connections(),
                forward.clients(),
                true,
                forward.added(),
                forward.timeouts(),
                forward.trustedReplayers(),
                forward.subjectField());
        return with(observing, tls);
    }

    /** These settings, with clients that speak TLS and are shown the certificate in {@code files}. */
    public ProxySettings withCertificate(CertificateFiles files) {
        return with(forward, tls.withCertificate(files));
    }

    /**
     * All upstreams and routes.
     *
     * @param argument the upstream that the command line names, null where it names none
     * @throws RetakeException where they do not go together, or there are none
     */
    public Routing routing(@Nullable URI argument) {
        RoutePolicy policy = new RoutePolicy(
                forward.requestBody(), forward.timeouts().response(), new CapturePolicy(true, true, bodyCap));
        return Routing.of(argument, upstreams, routes, policy);
    }

    private ProxySettings with(ForwardSettings otherForward, TlsSettings otherTls) {
        return new ProxySettings(
                transport,
                threads,
                otherForward,
                upstream,
                drain,
                bodyCap,
                streams,
                lag,
                otherTls,
                listen,
                http2,
                upstreams,
                routes);
    }

    private static ClientLimits clientLimits(Config config) {
        long memory = config.get(ProxyKeys.MAX_MEMORY);
        return new ClientLimits(
                config.get(ProxyKeys.MAX_CLIENT_CONNECTIONS),
                config.get(ProxyKeys.REQUEST_TIMEOUT),
                config.get(ProxyKeys.MIN_BODY_RATE),
                memory == 0 ? defaultMemory(config.get(RecorderKeys.BUDGET)) : memory);
    }

    private static long defaultMemory(long captureBudget) {
        long allowed = PlatformDependent.maxDirectMemory();
        return Math.max(allowed / 4, (allowed - captureBudget) / 4 * 3);
    }

    private static ListenSettings listen(Config config) {
        ProxyProtocol protocol = config.get(ProxyKeys.PROXY_PROTOCOL);
        List<Cidr> trusted = blocks(config, ProxyKeys.TRUSTED_PROXIES);
        if (protocol != ProxyProtocol.OFF && trusted.isEmpty()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.proxyProtocol believes only trusted proxies; name their addresses in proxy.trustedProxies.");
        }
        return new ListenSettings(
                protocol, trusted, config.get(TlsKeys.HANDSHAKE_TIMEOUT), config.get(ProxyKeys.UNIX_MODE));
    }

    private static List<Cidr> blocks(Config config, ConfigKey<List<String>> key) {
        List<Cidr> blocks = new ArrayList<>();
        for (String text : config.get(key)) {
            try {
                blocks.add(Cidr.parse(text));
            } catch (IllegalArgumentException e) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        key.path() + " has \"" + text
                                + "\"; each entry must be an address or a CIDR block, as 10.0.0.0/8.",
                        e);
            }
        }
        return List.copyOf(blocks);
    }
}

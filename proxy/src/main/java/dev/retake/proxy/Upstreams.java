package dev.retake.proxy;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.forward.Destinations;
import dev.retake.proxy.health.HealthChecks;
import dev.retake.proxy.http2.UpstreamProtocol;
import dev.retake.proxy.loop.LoopTicker;
import dev.retake.proxy.route.Routing;
import dev.retake.proxy.tls.FileReloads;
import dev.retake.proxy.tls.TlsSettings;
import dev.retake.proxy.tls.UpstreamTls;
import dev.retake.proxy.upstream.Addresses;
import dev.retake.proxy.upstream.CarrierProtocol;
import dev.retake.proxy.upstream.Connector;
import dev.retake.proxy.upstream.HealthSettings;
import dev.retake.proxy.upstream.NamedUpstream;
import dev.retake.proxy.upstream.Origin;
import dev.retake.proxy.upstream.UpstreamPool;
import dev.retake.proxy.upstream.UpstreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All upstreams of a sidecar: what its event loops share of them, and the pools of each loop. */
final class Upstreams implements AutoCloseable {
    private final Routing routing;
    private final Sockets sockets;
    private final Map<String, Addresses> addresses = new LinkedHashMap<>();
    private final Map<HealthChecks, EventLoop> checks = new HashMap<>();
    private final @Nullable Supplier<SslContext> tls;
    private final @Nullable Supplier<SslContext> carrierTls;
    private final Supplier<@Nullable CarrierProtocol> protocols;
    private final @Nullable String serverName;

    /** @throws dev.retake.common.error.RetakeException where an upstream or what TLS needs for it cannot be used */
    Upstreams(
            Routing routing,
            Sockets sockets,
            TlsSettings settings,
            UpstreamProtocol spoken,
            Supplier<@Nullable CarrierProtocol> protocols,
            FileReloads reloads,
            MeterRegistry registry) {
        this.routing = routing;
        this.sockets = sockets;
        Map<String, List<Origin>> origins = new LinkedHashMap<>();
        for (NamedUpstream upstream : routing.upstreams()) {
            origins.put(
                    upstream.name(),
                    upstream.urls().stream().map(Origin::of).distinct().toList());
        }
        boolean anyTls = false;
        for (List<Origin> ofOne : origins.values()) {
            for (Origin origin : ofOne) {
                sockets.client(origin.socket() != null);
                anyTls |= origin.tls();
            }
        }
        List<String> both = List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        tls = anyTls ? UpstreamTls.contexts(settings, both.subList(1, 2), reloads) : null;
        carrierTls = !anyTls || spoken == UpstreamProtocol.OFF
                ? null
                : UpstreamTls.contexts(settings, spoken == UpstreamProtocol.ON ? both.subList(0, 1) : both, reloads);
        this.protocols = protocols;
        serverName = settings.upstream().serverName();
        origins.forEach((name, ofOne) -> addresses.put(name, new Addresses(name, ofOne, registry)));
    }

    /** Where requests of {@code loop} go. */
    Destinations destinations(
            EventLoop loop,
            LoopTicker ticker,
            UpstreamSettings settings,
            AtomicInteger openOfAll,
            BackgroundErrors errors) {
        Map<String, UpstreamPool> pools = new HashMap<>();
        for (NamedUpstream upstream : routing.upstreams()) {
            pools.put(
                    upstream.name(),
                    new UpstreamPool(
                            loop,
                            ticker,
                            new Connections(upstream),
                            settings,
                            Objects.requireNonNull(addresses.get(upstream.name())),
                            openOfAll,
                            errors));
        }
        return new Destinations(routing.routes(), pools);
    }

    /** Begins to check those that are to be checked, each on one of {@code loops}. */
    void checkHealth(EventLoopGroup loops, MeterRegistry registry) {
        for (NamedUpstream upstream : routing.upstreams()) {
            HealthSettings health = upstream.health();
            if (health != null) {
                EventLoop loop = loops.next();
                HealthChecks ofOne = new HealthChecks(
                        loop,
                        upstream.name(),
                        Objects.requireNonNull(addresses.get(upstream.name())),
                        health,
                        new Connections(upstream),
                        registry);
                checks.put(ofOne, loop);
                loop.execute(ofOne::start);
            }
        }
    }

    /** How connections to an upstream are made, for traffic and for checks. */
    private final class Connections implements Connector {
        private final @Nullable String name;
        private final @Nullable CarrierProtocol protocol = protocols.get();

        Connections(NamedUpstream upstream) {
            name = upstream.serverName() == null ? serverName : upstream.serverName();
        }

        @Override
        public Class<? extends Channel> channelType(Origin origin) {
            return sockets.client(origin.socket() != null);
        }

        @Override
        public @Nullable SslHandler tls(Origin origin, ByteBufAllocator allocator, boolean toCarry) {
            Supplier<SslContext> contexts = toCarry ? carrierTls : tls;
            return contexts == null || !origin.tls()
                    ? null
                    : contexts.get().newHandler(allocator, name == null ? origin.host() : name, origin.port());
        }

        @Override
        public @Nullable CarrierProtocol protocol() {
            return protocol;
        }
    }

    /** Begins no more checks. */
    void stopChecks() {
        checks.forEach((ofOne, loop) -> loop.execute(ofOne::stop));
    }

    @Override
    public void close() {
        addresses.values().forEach(Addresses::close);
    }
}

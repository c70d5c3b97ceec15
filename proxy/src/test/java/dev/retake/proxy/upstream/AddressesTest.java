package dev.retake.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.loop.LoopTicker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an upstream's addresses are as its names change, and in which order they are used. */
class AddressesTest {
    private final Map<String, String[]> names = new HashMap<>();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void close() {
        group.shutdownGracefully().syncUninterruptibly();
    }

    @Test
    void theSecondFamilyOfANameIsSpare() {
        names.put("both", new String[] {"127.0.0.1", "::1", "127.0.0.2"});
        names.put("six", new String[] {"::2", "127.0.0.3"});
        try (Addresses addresses = addresses("http://both:1", "http://six:2", "http://[::9]:3")) {
            assertThat(shown(addresses.known()))
                    .containsExactly("127.0.0.1", "::1 spare", "127.0.0.2", "::2", "127.0.0.3 spare", "::9");
        }
    }

    @Test
    void whatIsKnownOfAnAddressStaysWithIt() {
        names.put("h", new String[] {"127.0.0.1", "127.0.0.2"});
        try (Addresses addresses = addresses("http://h:1")) {
            Endpoint[] before = addresses.known();
            addresses.refresh();
            assertThat(addresses.known()).isSameAs(before);
            names.put("h", new String[] {"127.0.0.2", "127.0.0.3"});
            addresses.refresh();
            assertThat(addresses.known()[0]).isSameAs(before[1]);
            assertThat(shown(addresses.known())).containsExactly("127.0.0.2", "127.0.0.3");
        }
    }

    @Test
    void aNameServerThatIsDownTakesNothingAway() {
        names.put("h", new String[] {"127.0.0.1"});
        try (Addresses addresses = addresses("http://h:1", "http://unknown:1")) {
            names.clear();
            addresses.refresh();
            assertThat(shown(addresses.known())).containsExactly("127.0.0.1");
        }
    }

    @Test
    void healthyOnesComeFirstThenSpareThenAvoidedThenTheOneThatWasLost() {
        names.put("h", new String[] {"127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"});
        try (Addresses addresses = addresses("http://h:1")) {
            Endpoint[] all = addresses.known();
            UpstreamPool pool = pool(addresses);
            all[1].checked(false, false);

            assertThat(order(pool, all[0])).containsExactly("127.0.0.3", "::1 spare", "127.0.0.2", "127.0.0.1");
            all[2].checked(false, false);
            assertThat(order(pool, null)).startsWith("127.0.0.1", "::1 spare");
        }
    }

    @Test
    void theOneWithLeastToDoIsChosen() {
        names.put("h", new String[] {"127.0.0.1", "127.0.0.2", "127.0.0.3"});
        try (Addresses addresses = addresses("http://h:1")) {
            UpstreamPool pool = pool(addresses);
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                pool.takeIdle(false, Long.MAX_VALUE);
                EndpointPool next = pool.choose(List.of(), null);
                next.load++;
                chosen.add(shown(next.endpoint()));
            }
            assertThat(chosen.subList(0, 3)).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2", "127.0.0.3");
            assertThat(chosen.subList(3, 6)).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2", "127.0.0.3");
        }
    }

    private static List<String> order(UpstreamPool pool, Endpoint lost) {
        List<Endpoint> tried = new ArrayList<>();
        for (EndpointPool next = pool.choose(tried, lost); next != null; next = pool.choose(tried, lost)) {
            tried.add(next.endpoint());
        }
        return tried.stream().map(AddressesTest::shown).toList();
    }

    private Addresses addresses(String... urls) {
        Addresses addresses = new Addresses(
                "default",
                Arrays.stream(urls).map(url -> Origin.of(URI.create(url))).toList(),
                new SimpleMeterRegistry(),
                this::resolve);
        addresses.refresh();
        return addresses;
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        String[] found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        InetAddress[] resolved = new InetAddress[found.length];
        for (int i = 0; i < found.length; i++) {
            resolved[i] = Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(found[i]));
        }
        return resolved;
    }

    private UpstreamPool pool(Addresses addresses) {
        EventLoop loop = (EventLoop) group.iterator().next();
        Duration second = Duration.ofSeconds(1);
        return new UpstreamPool(
                loop,
                new LoopTicker(second, second, InstantSource.system()),
                new Connector() {
                    @Override
                    public CarrierProtocol protocol() {
                        return null;
                    }

                    @Override
                    public Class<? extends Channel> channelType(Origin origin) {
                        return NioSocketChannel.class;
                    }

                    @Override
                    public SslHandler tls(Origin origin, ByteBufAllocator allocator, boolean toCarry) {
                        return null;
                    }
                },
                new UpstreamSettings(second, second, 1, 1),
                addresses,
                new AtomicInteger(),
                new BackgroundErrors());
    }

    private static List<String> shown(Endpoint[] endpoints) {
        return Arrays.stream(endpoints).map(AddressesTest::shown).toList();
    }

    private static String shown(Endpoint endpoint) {
        String address = ((InetSocketAddress) endpoint.address()).getAddress().getHostAddress();
        return address.replaceAll("(^|:)0(:0)+:", "::") + (endpoint.spare() ? " spare" : "");
    }
}

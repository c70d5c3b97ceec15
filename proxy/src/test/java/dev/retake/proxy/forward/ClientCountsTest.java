package dev.retake.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientCountsTest {
    private final ClientCounts counts = new ClientCounts();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void anAddressHasItsLimitAndNoMore() throws UnknownHostException {
        assertThat(counts.enter(address("10.0.0.1"), 2)).isTrue();
        assertThat(counts.enter(address("10.0.0.1"), 2)).isTrue();
        assertThat(counts.enter(address("10.0.0.1"), 2)).isFalse();
        assertThat(counts.enter(address("10.0.0.2"), 2)).isTrue();
        counts.leave(address("10.0.0.1"));
        assertThat(counts.enter(address("10.0.0.1"), 2)).isTrue();
    }

    @Test
    void aNetworkOfSixtyFourBitsIsOneClient() throws UnknownHostException {
        assertThat(counts.enter(address("2001:db8:1:2::1"), 1)).isTrue();
        assertThat(counts.enter(address("2001:db8:1:2:ffff::9"), 1)).isFalse();
        assertThat(counts.enter(address("2001:db8:1:3::1"), 1)).isTrue();
    }

    @Test
    void whoHasLeftIsForgotten() throws UnknownHostException {
        counts.enter(address("10.0.0.1"), 1);
        counts.enter(address("10.0.0.1"), 1);
        counts.leave(address("10.0.0.1"));
        assertThat(counts.addresses()).isZero();
    }
}

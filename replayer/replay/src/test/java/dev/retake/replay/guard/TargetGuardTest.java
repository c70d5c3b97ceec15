package dev.retake.replay.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetGuardTest {
    private static final Map<String, String> NAMES = Map.of(
            "localhost", "127.0.0.1",
            "127.0.0.1", "127.0.0.1",
            "127.8.9.10", "127.8.9.10",
            "::1", "::1",
            "test.example.com", "10.0.0.1",
            "api.example.com", "10.0.0.2",
            "api.example.com.", "10.0.0.2",
            "preview.example.com", "10.0.0.3",
            "10.0.0.2", "10.0.0.2",
            "rebind.example.com", "127.0.0.1");

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, ''",
        "http://127.8.9.10, ''",
        "http://[::1]:99/base, ''",
        "http://test.example.com, test.example.com",
        "https://TEST.example.com, test.example.com:443",
        "http://test.example.com:81, '*.example.com'",
        "http://127.0.0.1:9000, ''"
    })
    void admitted(String target, String allowed) {
        TargetGuard guard = guard(allowed, "", "http://127.0.0.1:9000", "https://api.example.com:8443/base");

        assertThat(guard.admit(URI.create(target)).base()).isEqualTo(URI.create(target));
    }

    @ParameterizedTest
    @CsvSource({
        "http://test.example.com, '', FORBIDDEN_TARGET",
        "http://test.example.com:81, test.example.com:80, FORBIDDEN_TARGET",
        "http://api.example.com, api.example.com, FORBIDDEN_TARGET",
        "http://api.example.com.:1234, *.example.com, FORBIDDEN_TARGET",
        "http://API.example.com:1234, api.example.com, FORBIDDEN_TARGET",
        "http://10.0.0.2, 10.0.0.2, FORBIDDEN_TARGET",
        "http://preview.example.com, preview.example.com, FORBIDDEN_TARGET",
        "http://nowhere.example.com, nowhere.example.com, UNREACHABLE",
        "http://nowhere.example.com, '', FORBIDDEN_TARGET",
        "ftp://localhost, '', ARGUMENT",
        "localhost:80, '', ARGUMENT",
        "http:///a, '', ARGUMENT",
        "http://localhost/?a=b, '', ARGUMENT"
    })
    void refused(String target, String allowed, ErrorCode code) {
        TargetGuard guard = guard(allowed, "preview.example.com", "https://api.example.com:8443/base", "not a url");

        assertThatThrownBy(() -> guard.admit(URI.create(target)))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theAddressIsPinned() {
        assertThat(guard("", "")
                        .admit(URI.create("http://rebind.example.com:81"))
                        .addresses()
                        .toString())
                .contains("127.0.0.1:81");
    }

    @ParameterizedTest
    @CsvSource({"'a b'", "http://a", "a:b", "''", "*.*", "a:99:1"})
    void whatNamesNoHost(String pattern) {
        assertThatThrownBy(() -> new TargetGuard(List.of(pattern), List.of(), List.of(), TargetGuardTest::resolve))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("HOST, HOST:PORT or *.DOMAIN");
    }

    private static TargetGuard guard(String allowed, String production, String... upstreams) {
        return new TargetGuard(list(allowed), list(production), Arrays.asList(upstreams), TargetGuardTest::resolve);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        String address = NAMES.get(host.toLowerCase(Locale.ROOT));
        if (address == null) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByName(address)};
    }
}

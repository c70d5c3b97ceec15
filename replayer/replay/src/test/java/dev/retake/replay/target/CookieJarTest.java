package dev.retake.replay.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieJarTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1                                            | /x/y | /x/z   | a=1",
                "a=1                                            | /x/y | /other | ''",
                "a=1; Path=/                                    | /x/y | /other | a=1",
                "a=1; Path=/x                                   | /    | /xy    | ''",
                "a=1; path=/x/                                  | /    | /x/y   | a=1",
                "a=1; Path=relative                             | /    | /      | a=1",
                "a=1; Domain=shop.example.com; Secure; HttpOnly | /    | /      | a=1",
                "a=1; Max-Age=0                                 | /    | /      | ''",
                "a=1; Max-Age=-5                                | /    | /      | ''",
                "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT | / | / | a=1",
                "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT     | /    | /      | ''",
                "a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT     | /    | /      | ''",
                "a=1; Expires=whenever                          | /    | /      | a=1",
                "a=b=c==                                        | /    | /      | a=b=c==",
                "a=                                             | /    | /      | a=",
                "nothing                                        | /    | /      | ''",
                "=x                                             | /    | /      | ''"
            })
    void oneCookie(String field, String setBy, String sentTo, String expected) {
        CookieJar jar = new CookieJar();
        jar.store(Headers.of("Set-Cookie", field), setBy, NOW);

        assertThat(sent(jar, sentTo, NOW)).isEqualTo(expected);
    }

    @Test
    void aCookieIsReplacedDeletedAndForgotten() {
        CookieJar jar = new CookieJar();
        jar.store(Headers.of("Set-Cookie", "a=1; Path=/", "set-cookie", "b=2; Path=/; Max-Age=60"), "/", NOW);
        jar.store(Headers.of("Set-Cookie", "a=3; Path=/", "Set-Cookie", "a=deep; Path=/x"), "/", NOW);

        assertThat(sent(jar, "/x", NOW)).isEqualTo("a=deep; b=2; a=3");
        assertThat(sent(jar, "/", NOW.plusSeconds(61))).isEqualTo("a=3");

        jar.store(Headers.of("Set-Cookie", "a=; Path=/; Max-Age=0"), "/", NOW);
        assertThat(sent(jar, "/", NOW)).isEqualTo("b=2");
    }

    private static String sent(CookieJar jar, String path, Instant now) {
        return String.join(
                "; ",
                jar.matching(path, now).stream()
                        .map(cookie -> cookie.name() + "=" + cookie.value())
                        .toList());
    }
}

package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.pseudonym.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sanitizer remembers what it replaced; nothing may show that but time. */
class RememberedValuesTest {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    @ParameterizedTest
    @EnumSource(Scope.class)
    void areReplacedAsByASanitizerThatNeverSawThem(Scope scope) {
        Sanitizer experienced = sanitizer(scope);
        String body = """
                {"user":{"name":"Agnes Johnson","password":"tiger42x","address":"12 Elm Street, Springfield"},
                 "mail":"agnes@corp-mail.net, bob@corp-mail.net","link":"https://shop.test/u/agnes@corp-mail.net",
                 "escaped":"agn\\u0065s@corp-mail.net","note":"Dear Agnes, tiger42x is weak","phone":4930555000123}""";
        for (int turn = 0; turn < 3; turn++) {
            assertThat(sanitized(experienced, body)).isEqualTo(sanitized(sanitizer(scope), body));
        }
    }

    /** More values than there is room for, so that they displace each other, of lengths from a word to a page. */
    @Test
    void displaceEachOtherWithoutATrace() {
        Sanitizer experienced = sanitizer(Scope.PERMANENT);
        Sanitizer inexperienced = sanitizer(Scope.PERMANENT);
        for (int turn = 0; turn < 2; turn++) {
            for (int user = 0; user < 4_000; user++) {
                sanitized(experienced, bodyOf(user));
            }
        }
        for (int user = 3_999; user >= 0; user -= 3) {
            String body = bodyOf(user);
            String fresh = sanitized(inexperienced, body);
            assertThat(sanitized(experienced, body)).isEqualTo(fresh);
            assertThat(sanitized(experienced, body)).isEqualTo(fresh);
        }
    }

    private static String bodyOf(int user) {
        String secret = "k" + user * 7_919 + "x".repeat(user % 50 * (user % 7));
        return """
                {"name":"Agnes Johnson%1$d","password":"%2$s","mails":"a%1$d@corp-mail.net, b%1$d@corp-mail.net",
                 "note":"%2$s of a%1$d@corp-mail.net","phone":4930555%3$06d}""".formatted(user, secret, user);
    }

    @Test
    void teachTheirExchangeEachTime() {
        Sanitizer sanitizer = sanitizer(Scope.PERMANENT);
        String body = "{\"password\":\"tiger42x\",\"note\":\"is tiger42x\"}";

        for (int turn = 0; turn < 3; turn++) {
            assertThat(sanitized(sanitizer, body)).doesNotContain("tiger42x");
        }
        Exchange other = Exchanges.of(
                Exchanges.request("GET", "/", Headers.EMPTY, ""),
                Exchanges.response(200, JSON, "{\"note\":\"is tiger42x\"}"));
        byte[] clean = sanitizer
                .sanitize(Exchanges.in("another", other))
                .exchange()
                .response()
                .body()
                .bytes();
        assertThat(new String(clean, StandardCharsets.UTF_8))
                .as("another session knows nothing of it")
                .contains("tiger42x");
    }

    /** What was clean in other exchanges may be a learnt value's place in this one, and a field with a rule is another. */
    @Test
    void areNotHiddenByTextsThatWereClean() {
        Sanitizer sanitizer = sanitizer(Scope.PERMANENT);
        for (int turn = 0; turn < 3; turn++) {
            assertThat(sanitized(sanitizer, "{\"note\":\"is tiger42x\"}")).contains("is tiger42x");
        }

        assertThat(sanitized(sanitizer, "{\"note\":\"is tiger42x\",\"password\":\"tiger42x\"}"))
                .contains("\"note\":\"is ")
                .doesNotContain("tiger42x");
        assertThat(sanitized(sanitizer, "{\"password\":\"is tiger42x\"}")).doesNotContain("tiger42x");
    }

    @Test
    void dependOnTheHostWhereTheyNameOne() {
        Sanitizer sanitizer = sanitizer(Scope.PERMANENT);
        String body = "{\"link\":\"https://203.0.113.9/a?email=agnes@corp-mail.net\"}";

        String own = sanitized(sanitizer, Headers.of("Host", "203.0.113.9"), body);
        String foreign = sanitized(sanitizer, Headers.of("Host", "shop.test"), body);

        assertThat(own).contains("https://203.0.113.9/").doesNotContain("agnes@");
        assertThat(foreign).isEqualTo(sanitized(sanitizer(Scope.PERMANENT), Headers.of("Host", "shop.test"), body));
    }

    private static Sanitizer sanitizer(Scope scope) {
        PseudonymSettings pseudonyms = new PseudonymSettings("shop", scope, 0);
        return Sanitizer.create(
                new RootKey(new byte[32]), new PrivacySettings(pseudonyms, List.of(), 8, List.of(), List.of()));
    }

    private static String sanitized(Sanitizer sanitizer, String body) {
        return sanitized(sanitizer, Headers.EMPTY, body);
    }

    private static String sanitized(Sanitizer sanitizer, Headers request, String body) {
        // One session for each body, under whose keys it is replaced the same each time.
        Exchange raw = Exchanges.in(
                Integer.toHexString(body.hashCode()),
                Exchanges.of(Exchanges.request("GET", "/", request, ""), Exchanges.response(200, JSON, body)));
        return new String(sanitizer.sanitize(raw).exchange().response().body().bytes(), StandardCharsets.UTF_8);
    }
}

package dev.retake.pipeline.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.SessionUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTrackerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Response OK = response(200, "");

    private final SessionTracker tracker = tracker("recorder: {}");
    private long now = 1_000 * SECOND;
    private long acceptedAt = 1_700_000_000_000_000L;

    @Test
    void requestsWithoutIdentityBelongToTheirConnection() {
        String first = placed(tracker, request("GET /"), OK, 1);

        assertThat(placed(tracker, request("GET /b"), OK, 1)).isEqualTo(first);
        assertThat(placed(tracker, request("GET /b"), OK, 2)).isNotEqualTo(first);
        assertThat(placed(tracker, request("GET /b", "User-Agent", "other"), OK, 1))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session",
                "sid",
                "JSESSIONID",
                "PHPSESSID",
                "connect.sid",
                "my_session",
                "_app_session",
                "sessionid",
                "__Host-session",
                "ASP.NET_SessionId",
                ".AspNetCore.Session",
                "laravel_session",
                "koa.sess",
                "next-auth.session-token",
                "ASPSESSIONIDQQ",
                "wordpress_logged_in_1f2e"
            })
    void usualSessionCookiesAreAnIdentityOnAnyConnection(String name) {
        String first = placed(tracker, request("GET /", "Cookie", "theme=dark; " + name + "=a1"), OK, 1);

        assertThat(placed(tracker, request("GET /", "Cookie", name + "=a1; theme=light"), OK, 2))
                .isEqualTo(first);
        assertThat(placed(tracker, request("GET /", "Cookie", name + "=b2"), OK, 1))
                .isNotEqualTo(first);
    }

    /** As browsers do that open a page before its login on several connections. */
    @Test
    void aCookieThatLooksRandomKeepsOneBrowserTogetherUntilItsLogin() {
        Response form = response(200, "", "Set-Cookie", "csrftoken=aknzAZGqemb4T4cIXPcPbHAS612JkaMr; Path=/");
        String first = placed(tracker, request("GET /login"), form, 1);
        String token = "csrftoken=aknzAZGqemb4T4cIXPcPbHAS612JkaMr";

        assertThat(placed(tracker, request("GET /form", "Cookie", token), OK, 2))
                .isEqualTo(first);
        Response in = response(302, "", "Set-Cookie", "sessionid=a1b2c3; Path=/");
        assertThat(placed(tracker, request("POST /login", "Cookie", token), in, 3))
                .isEqualTo(first);
        assertThat(placed(tracker, request("GET /", "Cookie", "sessionid=a1b2c3"), OK, 4))
                .isEqualTo(first);
    }

    /** As frameworks do that change the token at the login. */
    @Test
    void aTokenThatIsIssuedWithTheIdentityKeepsTheBrowserTogetherAfterItsLogout() {
        String token = "csrftoken=b9w1IPQ3GVY62eMvrrsZD5JyHavskFXA";
        Response in = response(302, "", "Set-Cookie", "sessionid=a1b2c3; Path=/", "Set-Cookie", token + "; Path=/");
        String first = placed(tracker, request("POST /login"), in, 1);

        assertThat(placed(tracker, request("GET /logout", "Cookie", "sessionid=a1b2c3; " + token), OK, 2))
                .isEqualTo(first);
        assertThat(placed(tracker, request("GET /login", "Cookie", token), OK, 3))
                .isEqualTo(first);
    }

    @Test
    void aCookieThatEverybodyGetsKeepsNobodyTogether() {
        Response same = response(200, "", "Set-Cookie", "ab=aknzAZGqemb4T4cIXPcPbHAS612JkaMr; Path=/");
        String first = placed(tracker, request("GET /"), same, 1);
        String second = placed(tracker, request("GET /"), same, 2);

        assertThat(placed(tracker, request("GET /", "Cookie", "ab=aknzAZGqemb4T4cIXPcPbHAS612JkaMr"), OK, 2))
                .isEqualTo(second)
                .isNotEqualTo(first);
    }

    @Test
    void aUserOfBasicAuthenticationIsOneSessionOnAllConnections() {
        String ann = "Basic " + base64("ann:one");
        String first = placed(tracker, request("PUT /a", "Authorization", ann), OK, 1);

        assertThat(placed(tracker, request("GET /a", "Authorization", ann), OK, 2))
                .isEqualTo(first);
        assertThat(placed(tracker, request("GET /a", "Authorization", "Basic " + base64("bob:one")), OK, 1))
                .isNotEqualTo(first);
        assertThat(placed(tracker, request("GET /a", "Authorization", ann, "User-Agent", "other"), OK, 1))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"theme", "_ga", "locale", "ai_session", "cookieconsent", "inside", "passid"})
    void otherCookiesAreNone(String name) {
        String first = placed(tracker, request("GET /", "Cookie", name + "=a1"), OK, 1);

        assertThat(placed(tracker, request("GET /", "Cookie", name + "=b2"), OK, 1))
                .isEqualTo(first);
    }

    @Test
    void aBearerTokenIsAnIdentityInHeaderAndQuery() {
        String first = placed(tracker, request("GET /", "Authorization", "Bearer tok-1"), OK, 1);

        assertThat(placed(tracker, request("GET /", "authorization", "bearer tok-1"), OK, 2))
                .isEqualTo(first);
        assertThat(placed(tracker, request("GET /?access_token=tok-1"), OK, 3)).isEqualTo(first);
        assertThat(placed(tracker, request("GET /", "Authorization", "Bearer tok-2"), OK, 1))
                .isNotEqualTo(first);
    }

    @Test
    void aCookieCountsBeforeABearerToken() {
        String first = placed(tracker, request("GET /", "Cookie", "sid=1", "Authorization", "Bearer shared"), OK, 1);

        assertThat(placed(tracker, request("GET /", "Cookie", "sid=2", "Authorization", "Bearer shared"), OK, 2))
                .isNotEqualTo(first);
    }

    @Test
    void aLoginThatSetsACookieStaysOneSession() {
        String anonymous = placed(tracker, request("GET /"), OK, 1);
        String login = placed(tracker, login("ann"), response(302, "", "Set-Cookie", "sid=abc; Path=/; HttpOnly"), 1);
        String after = placed(tracker, request("GET /me", "Cookie", "sid=abc"), OK, 2);

        assertThat(login).isEqualTo(anonymous);
        assertThat(after).isEqualTo(anonymous);
        assertThat(placed(tracker, request("GET /public"), OK, 1)).isEqualTo(anonymous);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"tok-12345678\"}",
                "{\"data\":{\"user\":{\"accessToken\":\"tok-12345678\"}}}",
                "{\"access_token\":\"tok-12345678\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
                "{\"sessionToken\":\"tok-12345678\"}"
            })
    void aLoginThatReturnsATokenStaysOneSession(String body) {
        String anonymous = placed(tracker, request("GET /"), OK, 1);
        String login = placed(tracker, login("ann"), response(200, body), 1);
        String after = placed(tracker, request("GET /me", "Authorization", "Bearer tok-12345678"), OK, 7);

        assertThat(List.of(login, after)).containsOnly(anonymous);
    }

    @Test
    void aCookieThatIsRotatedAtLoginStaysOneSession() {
        String first = placed(tracker, request("GET /"), response(200, "", "Set-Cookie", "sid=anon"), 1);
        Request login = login("ann", "Cookie", "sid=anon");
        String second = placed(tracker, login, response(200, "", "Set-Cookie", "sid=ann"), 2);
        String third = placed(tracker, request("GET /me", "Cookie", "sid=ann"), OK, 3);

        assertThat(List.of(second, third)).containsOnly(first);
    }

    @Test
    void aRefreshedTokenStaysOneSession() {
        String login = placed(
                tracker,
                login("ann"),
                response(200, "{\"access_token\":\"first-access\",\"refresh_token\":\"first-refresh\"}"),
                1);
        Request refresh = json("POST /token", "{\"refresh_token\":\"first-refresh\"}");
        String refreshed = placed(tracker, refresh, response(200, "{\"access_token\":\"second-access\"}"), 9);
        String after = placed(tracker, request("GET /me", "Authorization", "Bearer second-access"), OK, 10);

        assertThat(List.of(refreshed, after)).containsOnly(login);
    }

    @Test
    void aJwtThatWasRenewedElsewhereStaysOneSession() {
        String first = placed(tracker, request("GET /", "Authorization", "Bearer " + jwt("ann", 1)), OK, 1);
        String second = placed(tracker, request("GET /", "Authorization", "Bearer " + jwt("ann", 2)), OK, 2);
        String other = placed(tracker, request("GET /", "Authorization", "Bearer " + jwt("bob", 1)), OK, 1);

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void usersBehindOneGatewayConnectionAreNotMerged() {
        String ann = placed(tracker, login("ann"), response(200, "{\"token\":\"token-of-ann\"}"), 1);
        String bob = placed(tracker, login("bob"), response(200, "{\"token\":\"token-of-bob\"}"), 1);
        String eve = placed(tracker, login("eve"), response(200, "{\"token\":\"token-of-eve\"}"), 1);
        String anonymous = placed(tracker, request("GET /catalogue"), OK, 1);

        assertThat(List.of(ann, bob, eve, anonymous)).doesNotHaveDuplicates();
        for (int connection = 1; connection < 3; connection++) {
            assertThat(placed(tracker, bearer("token-of-bob"), OK, connection)).isEqualTo(bob);
            assertThat(placed(tracker, bearer("token-of-ann"), OK, connection)).isEqualTo(ann);
            assertThat(placed(tracker, bearer("token-of-eve"), OK, connection)).isEqualTo(eve);
        }
    }

    @Test
    void usersWhoGetTheirCookieBehindOneGatewayConnectionAreNotMerged() {
        String ann = placed(tracker, request("GET /"), response(200, "", "Set-Cookie", "sid=ann"), 1);
        String bob = placed(tracker, request("GET /"), response(200, "", "Set-Cookie", "sid=bob"), 1);

        assertThat(bob).isNotEqualTo(ann);
        assertThat(placed(tracker, request("GET /", "Cookie", "sid=bob"), OK, 1))
                .isEqualTo(bob);
        assertThat(placed(tracker, request("GET /", "Cookie", "sid=ann"), OK, 1))
                .isEqualTo(ann);
    }

    @Test
    void usersBehindOneServiceTokenAreNotMerged() {
        Request loginOfAnn = login("ann", "Authorization", "Bearer of-the-service");
        Request loginOfBob = login("bob", "Authorization", "Bearer of-the-service");
        String ann = placed(tracker, loginOfAnn, response(200, "{\"token\":\"token-of-ann\"}"), 1);
        String bob = placed(tracker, loginOfBob, response(200, "{\"token\":\"token-of-bob\"}"), 1);

        assertThat(bob).isNotEqualTo(ann);
        assertThat(placed(tracker, bearer("token-of-bob"), OK, 2)).isEqualTo(bob);
        assertThat(placed(tracker, bearer("token-of-ann"), OK, 2)).isEqualTo(ann);
    }

    @Test
    void oneUserWhoRegistersAndThenLogsInStaysOneSession() {
        String registered = placed(tracker, login("ann"), response(201, "{\"token\":\"token-one\"}"), 1);
        String loggedIn = placed(tracker, login("Ann"), response(200, "{\"token\":\"token-two\"}"), 1);

        assertThat(loggedIn).isEqualTo(registered);
        assertThat(placed(tracker, bearer("token-two"), OK, 2)).isEqualTo(registered);
    }

    @Test
    void anIdentityUsedBeforeItsIssueWasSeenTakesTheLoginIn() {
        String used = placed(tracker, bearer("token-of-ann"), OK, 2);

        assertThat(placed(tracker, login("ann"), response(200, "{\"token\":\"token-of-ann\"}"), 1))
                .isEqualTo(used);
    }

    @Test
    void aDeletedCookieIsNoIdentity() {
        placed(tracker, request("GET /"), response(200, "", "Set-Cookie", "sid=; Max-Age=0"), 1);
        String other = placed(
                tracker,
                request("GET /"),
                response(200, "", "Set-Cookie", "sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
                1);

        assertThat(placed(tracker, request("GET /", "Cookie", "sid=x"), OK, 2)).isNotEqualTo(other);
    }

    @Test
    void theConfiguredOrderCounts() {
        SessionTracker byHeader = tracker("recorder: {session: {identity: ['header:X-Tenant', 'cookie:app*']}}");
        String first = placed(byHeader, request("GET /", "X-Tenant", "t1", "Cookie", "app1=a"), OK, 1);

        assertThat(placed(byHeader, request("GET /", "x-tenant", "t1", "Cookie", "app1=b"), OK, 2))
                .isEqualTo(first);
        String second = placed(byHeader, request("GET /", "Cookie", "app1=c"), OK, 1);
        assertThat(placed(byHeader, request("GET /", "Cookie", "app1=c; sid=1"), OK, 2))
                .isEqualTo(second);
        assertThat(placed(byHeader, request("GET /", "Cookie", "sid=1"), OK, 3)).isNotEqualTo(second);
    }

    @Test
    void aJwtClaimCanBeTheIdentity() {
        SessionTracker byClaim = tracker("recorder: {session: {identity: ['jwt:sub']}}");
        String first = placed(byClaim, bearer(jwt("ann", 1)), OK, 1);

        assertThat(placed(byClaim, bearer(jwt("ann", 2)), OK, 2)).isEqualTo(first);
        assertThat(placed(byClaim, bearer(jwt("bob", 2)), OK, 1)).isNotEqualTo(first);
        assertThat(placed(byClaim, request("GET /", "Cookie", "id=" + jwt("ann", 3)), OK, 4))
                .isEqualTo(first);
    }

    @Test
    void basicTraceAndAddressCanBeTheIdentity() {
        SessionTracker configured = tracker("recorder: {session: {identity: [basic, trace, address]}}");
        String user = placed(configured, request("GET /", "Authorization", "Basic " + base64("ann:one")), OK, 1);
        String trace = placed(configured, request("GET /", "traceparent", trace("1", "a")), OK, 1);
        String address = placed(configured, request("GET /"), OK, 1);

        assertThat(placed(configured, request("GET /", "Authorization", "Basic " + base64("ann:two")), OK, 2))
                .isEqualTo(user);
        assertThat(placed(configured, request("GET /", "traceparent", trace("1", "b")), OK, 2))
                .isEqualTo(trace);
        assertThat(placed(configured, request("GET /"), OK, 2)).isEqualTo(address);
        assertThat(List.of(user, trace, address)).doesNotHaveDuplicates();
    }

    @Test
    void behindATrustedHopTheForwardedAddressCounts() {
        SessionTracker behind = tracker("recorder: {session: {trustedHops: ['10.0.0.0/8', '192.0.2.1']}}");
        String first = placed(behind, forwarded("198.51.100.7, 192.0.2.1"), OK, 1);

        assertThat(placed(behind, forwarded("6.6.6.6, 198.51.100.7"), OK, 2)).isEqualTo(first);
        assertThat(placed(behind, forwarded("198.51.100.8"), OK, 1)).isNotEqualTo(first);
        String spoofed = placed(tracker, forwarded("198.51.100.7"), OK, 1);
        assertThat(placed(tracker, forwarded("198.51.100.8"), OK, 1)).isEqualTo(spoofed);
    }

    @Test
    void sequenceCountsFromOneInEachSession() {
        assertThat(sequence(bearer("one-token"))).isEqualTo(1);
        assertThat(sequence(bearer("two-token"))).isEqualTo(1);
        assertThat(sequence(bearer("one-token"))).isEqualTo(2);
    }

    @Test
    void anIdleSessionIsClosedAndTheNextRequestBeginsAnother() {
        String first = placed(tracker, bearer("one-token"), OK, 1);
        now += Duration.ofMinutes(29).toNanos();
        tracker.closeIdle(now);
        assertThat(tracker.open()).isEqualTo(1);
        now += Duration.ofMinutes(2).toNanos();
        tracker.closeIdle(now);

        assertThat(tracker.open()).isZero();
        assertThat(updates()).containsOnlyKeys(first);
        assertThat(updates().get(first).closed()).isTrue();
        assertThat(updates().get(first).complete()).isTrue();
        assertThat(placed(tracker, bearer("one-token"), OK, 1)).isNotEqualTo(first);
    }

    @Test
    void pastTheBoundTheSessionThatIsIdleLongestIsClosed() {
        SessionTracker small = tracker("recorder: {session: {maxOpen: 2}}");
        String first = placed(small, bearer("one-token"), OK, 1);
        String second = placed(small, bearer("two-token"), OK, 1);
        placed(small, bearer("one-token"), OK, 1);
        placed(small, bearer("three-token"), OK, 1);

        assertThat(small.open()).isEqualTo(2);
        assertThat(small.evicted()).isEqualTo(1);
        assertThat(placed(small, bearer("one-token"), OK, 1)).isEqualTo(first);
        assertThat(placed(small, bearer("two-token"), OK, 1)).isNotEqualTo(second);
    }

    @Test
    void aDropStopsTheSessionAndWhatFollowsLaterIsAnotherIncompleteOne() {
        String first = placed(tracker, bearer("one-token"), OK, 1);
        tracker.dropped(bearer("one-token"), client(1), acceptedAt, now);

        assertThat(updates().get(first).complete()).isFalse();
        assertThat(place(tracker, bearer("one-token"), OK, 1)).isNull();
        now += 6 * SECOND;
        String second = placed(tracker, bearer("one-token"), OK, 1);
        assertThat(second).isNotEqualTo(first);
        assertThat(updates().get(first).closed()).isTrue();
        assertThat(updates().get(second).complete()).isFalse();
        assertThat(updates().get(second).closed()).isFalse();
        assertThat(placed(tracker, bearer("one-token"), OK, 1)).isEqualTo(second);
    }

    @Test
    void aDropBeforeTheFirstRecordedExchangeCountsToo() {
        tracker.dropped(request("GET /"), client(1), acceptedAt, now);
        assertThat(place(tracker, request("GET /"), OK, 1)).isNull();
        now += 6 * SECOND;

        String later = placed(tracker, request("GET /"), OK, 1);
        assertThat(updates().get(later).complete()).isFalse();
    }

    @Test
    void anIdentityWhoseLoginWasDroppedIsIncomplete() {
        tracker.dropped(login("ann"), client(1), acceptedAt, now);
        String session = placed(tracker, bearer("one-token"), OK, 1);

        assertThat(updates().get(session).complete()).isFalse();
    }

    @Test
    void aPlacedExchangeThatIsNotRecordedMakesItsSessionIncompleteAlsoAfterItsEnd() {
        String ended = placed(tracker, bearer("one-token"), OK, 1);
        placed(tracker, bearer("one-token"), OK, 1);
        tracker.closeAll();
        tracker.dropped(ended, now);

        assertThat(updates().get(ended).closed()).isTrue();
        assertThat(updates().get(ended).complete()).isFalse();
    }

    @Test
    void aSessionOfWhichNothingIsRecordedIsNotToldToTheJournal() {
        String session = placed(tracker, login("ann"), response(200, "{\"token\":\"one-token\"}"), 1);
        tracker.dropped(session, now);
        tracker.closeAll();

        assertThat(updates()).isEmpty();
    }

    @Test
    void aLossWithoutATraceMakesEveryOpenSessionIncomplete() {
        String first = placed(tracker, bearer("one-token"), OK, 1);
        String second = placed(tracker, bearer("two-token"), OK, 1);
        tracker.lost(acceptedAt + 10, now);
        String early = placed(tracker, bearer("three-token"), OK, 1);
        acceptedAt += 100;
        String late = placed(tracker, bearer("four-token"), OK, 1);

        assertThat(List.of(first, second, early))
                .allSatisfy(id -> assertThat(updates().get(id).complete()).isFalse());
        assertThat(updates()).doesNotContainKey(late);
    }

    @Test
    void theSubjectOfALoginIsTheIdentityByItsSurrogate() {
        placed(tracker, request("GET /"), OK, 1);
        Placement login = place(tracker, login("ann"), response(200, "{\"token\":\"one-token\"}"), 1);

        assertThat(login).isNotNull();
        assertThat(login.identity()).isEqualTo("surrogate of ann");
        assertThat(updates().get(login.session()).identity()).isEqualTo("surrogate of ann");
        assertThat(place(tracker, bearer(jwt("bob", 1)), OK, 2).identity()).isEqualTo("surrogate of bob");
    }

    @Test
    void anOpaqueIdentityIsAKeyedHashAndAnAnonymousOneNone() {
        assertThat(place(tracker, bearer("one-token"), OK, 1).identity()).matches("id-[0-9a-f]{16}");
        assertThat(place(tracker, request("GET /"), OK, 1).identity()).isNull();
    }

    @Test
    void closeAllClosesEverySession() {
        String session = placed(tracker, bearer("one-token"), OK, 1);
        tracker.closeAll();

        assertThat(updates().get(session).closed()).isTrue();
        assertThat(tracker.takeUpdates()).hasSize(1);
        assertThat(updates()).isEmpty();
    }

    @Test
    void whatBecameKnownWhileAnUpdateWasNotWrittenStands() {
        String session = placed(tracker, bearer("one-token"), OK, 1);
        tracker.dropped(bearer("one-token"), client(1), ++acceptedAt, now);
        List<SessionUpdate> unwritten = tracker.takeUpdates();
        tracker.closeAll();
        tracker.untake(unwritten);

        assertThat(unwritten).singleElement().matches(update -> !update.closed());
        assertThat(updates().get(session).closed()).isTrue();
        assertThat(updates().get(session).complete()).isFalse();
    }

    @Test
    void ofOneUserAtFirstTheFirstIdentityTakesOverWhatCameBefore() {
        SessionTracker saved = SessionTracker.ofOneUserAtFirst(
                new RootKey(new byte[32]), SessionSettings.defaults(), (name, id, time) -> name, "salt");
        String anonymous = placed(saved, request("GET /"), OK, 1);

        assertThat(placed(saved, bearer("one-token"), OK, 1)).isEqualTo(anonymous);
        assertThat(placed(saved, request("GET /asset"), OK, 1)).isEqualTo(anonymous);
        assertThat(placed(saved, bearer("two-token"), OK, 1)).isNotEqualTo(anonymous);
    }

    private static SessionTracker tracker(String yaml) {
        SessionSettings settings = SessionSettings.from(Config.parse(yaml, "test", SessionKeys.ALL));
        return new SessionTracker(
                new RootKey(new byte[32]), settings, (name, session, time) -> "surrogate of " + name, "salt");
    }

    private int sequence(Request request) {
        return place(tracker, request, OK, 1).sequence();
    }

    private String placed(SessionTracker by, Request request, Response response, long connection) {
        Placement placement = place(by, request, response, connection);
        assertThat(placement).isNotNull();
        return placement.session();
    }

    private Placement place(SessionTracker by, Request request, Response response, long connection) {
        return by.place(request, response, client(connection), ++acceptedAt, now);
    }

    private Map<String, SessionUpdate> updates() {
        Map<String, SessionUpdate> byId = new HashMap<>();
        List<SessionUpdate> taken = tracker.takeUpdates();
        tracker.untake(taken);
        taken.forEach(update -> byId.put(update.session(), update));
        return byId;
    }

    private static Client client(long connection) {
        return new Client("10.1.2.3", connection);
    }

    private static Request bearer(String token) {
        return request("GET /", "Authorization", "Bearer " + token);
    }

    private static Request forwarded(String chain) {
        return request("GET /", "X-Forwarded-For", chain);
    }

    private static Request request(String line, String... fields) {
        int space = line.indexOf(' ');
        return new Request(
                line.substring(0, space),
                line.substring(space + 1),
                "HTTP/1.1",
                Headers.of(fields),
                Body.EMPTY,
                Headers.EMPTY);
    }

    private static Request login(String user, String... fields) {
        return json("POST /login", "{\"username\":\"" + user + "\",\"password\":\"secret\"}", fields);
    }

    private static Request json(String line, String body, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("Content-Type", "application/json"));
        Request plain = request(line, all.toArray(String[]::new));
        return new Request(
                plain.method(),
                plain.target(),
                plain.version(),
                plain.headers(),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    private static Response response(int status, String body, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("Content-Type", "application/json"));
        return new Response(
                status,
                "",
                "HTTP/1.1",
                Headers.of(all.toArray(String[]::new)),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    private static String jwt(String subject, int issuedAt) {
        return base64("{\"alg\":\"HS256\"}") + "." + base64("{\"sub\":\"" + subject + "\",\"iat\":" + issuedAt + "}")
                + ".c2lnbmF0dXJl";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String trace(String trace, String span) {
        return "00-" + trace.repeat(32) + "-" + span.repeat(16) + "-01";
    }
}

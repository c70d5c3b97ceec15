package dev.retake.pipeline.session;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the identities that requests carry and responses issue, as keyed hashes. One value has one key wherever it stands,
 * so that a token issued in a body is known again in a header or a cookie. For one thread.
 */
final class IdentityReader {
    /** Values that servers and scripts put into a cookie for want of one. */
    private static final Set<String> NO_VALUE =
            Set.of("true", "false", "null", "undefined", "none", "deleted", "yes", "no", "invalid", "expired");

    /** An opaque value of this length names its holder wherever it stands; a shorter one only in its own place. */
    private static final int DISTINCTIVE = 16;

    private static final int SHORTEST_TOKEN = 8;
    private static final int RANDOM_CHANGES = 4;
    private static final int REMEMBERED_NAMES = 1_000;

    /** Fields of a body in which tokens are issued and given back, as {@link BodyFields} writes them. */
    private static final Set<String> TOKEN_FIELDS = Set.of(
            "token",
            "accesstoken",
            "authtoken",
            "idtoken",
            "sessiontoken",
            "refreshtoken",
            "bearertoken",
            "usertoken",
            "apitoken",
            "logintoken",
            "jwttoken",
            "jwt",
            "bearer",
            "sessionid",
            "sessionkey",
            "sid",
            "authorization");

    private static final List<String> TOKEN_HEADERS =
            List.of("Authorization", "X-Auth-Token", "X-Access-Token", "X-Session-Token", "X-Subject-Token");

    private static final List<String> SUBJECT_CLAIMS =
            List.of("sub", "email", "preferred_username", "username", "user_id", "uid");

    private static final List<String> LOGIN_FIELDS = List.of(
            "username", "email", "login", "user", "useremail", "emailaddress", "identifier", "account", "userid");

    private final KeyedHash hash;
    private final SessionSettings settings;
    private final boolean byConnection;
    private final Map<String, Boolean> sessionCookies = new HashMap<>();

    IdentityReader(KeyedHash hash, SessionSettings settings) {
        this.hash = hash;
        this.settings = settings;
        this.byConnection =
                settings.sources().stream().noneMatch(source -> source.kind() == IdentitySource.Kind.ADDRESS);
    }

    /**
     * An identity that a request carries.
     *
     * @param rank position of its source in the configuration
     */
    record Carried(IdentityKey key, int rank) {}

    /** Every identity of {@code request}, those of the first source first; empty where it is anonymous. */
    List<Carried> carried(Request request) {
        List<Carried> carried = new ArrayList<>(2);
        for (int rank = 0; rank < settings.sources().size(); rank++) {
            for (IdentityKey key : keys(settings.sources().get(rank), request)) {
                carried.add(new Carried(key, rank));
            }
        }
        return carried;
    }

    /** Tokens that the body of {@code request} gives back, such as a refresh token. */
    List<IdentityKey> returned(Request request) {
        if (!BodyFields.mayHoldToken(request.body())) {
            return List.of();
        }
        List<IdentityKey> keys = new ArrayList<>(0);
        BodyFields.read(request.headers(), request.body(), (name, value) -> {
            if (TOKEN_FIELDS.contains(name) && value.length() >= SHORTEST_TOKEN) {
                keys.add(opaque("bearer", value));
            }
        });
        return keys;
    }

    /**
     * Cookies of a request that carry no identity but may tell a browser: with a value that looks drawn at random, such as a
     * CSRF token from before the login.
     */
    List<IdentityKey> tokens(Request request) {
        List<IdentityKey> keys = new ArrayList<>(0);
        Cookies.ofRequest(request.headers(), (name, value) -> addToken(name, value, keys));
        return keys;
    }

    /** The same of a response that sets them. */
    List<IdentityKey> tokens(Response response) {
        List<IdentityKey> keys = new ArrayList<>(0);
        Cookies.ofResponse(response.headers(), (name, value) -> addToken(name, value, keys));
        return keys;
    }

    private void addToken(String name, String value, List<IdentityKey> keys) {
        if (looksRandom(value) && !isIdentityCookie(name, value)) {
            keys.add(hash.of("token", name, value));
        }
    }

    /** Whether it is long enough for two not to be alike by chance, and no text: letters and digits alternate. */
    private static boolean looksRandom(String value) {
        int changes = 0;
        for (int i = 1; i < value.length(); i++) {
            boolean digit = value.charAt(i) >= '0' && value.charAt(i) <= '9';
            boolean before = value.charAt(i - 1) >= '0' && value.charAt(i - 1) <= '9';
            changes += digit != before ? 1 : 0;
        }
        return value.length() >= DISTINCTIVE && changes >= RANDOM_CHANGES;
    }

    /** Where a request without an identity comes from; one with Basic authentication comes from a user, on any connection. */
    IdentityKey anonymous(Request request, Client client) {
        String address = settings.hops().client(client.address(), request.headers());
        String agent = agent(request);
        String user = Credentials.basicUser(request);
        if (user != null) {
            return hash.of("user", address, agent, user);
        }
        boolean ownConnection = byConnection && !settings.hops().trusts(client.address());
        return ownConnection
                ? hash.of("connection", address, agent, Long.toString(client.connection()))
                : hash.of("address", address, agent);
    }

    /**
     * The subject of the request's JWT as seen from one client: by it a token that was renewed out of our sight is known
     * again. Null where there is none.
     */
    IdentityKey subjectAt(Client client, Request request, Subject subject) {
        return hash.of(
                "subject at",
                subject.kind(),
                subject.name(),
                settings.hops().client(client.address(), request.headers()),
                agent(request));
    }

    /** Whom the credentials of {@code request} name, null where they name nobody. */
    @Nullable
    Subject subject(Request request) {
        String bearer = Credentials.bearer(request);
        if (bearer != null) {
            return subjectOfJwt(bearer);
        }
        String user = Credentials.basicUser(request);
        if (user != null) {
            return Subject.ofLogin(user);
        }
        Subject[] found = new Subject[1];
        Cookies.ofRequest(request.headers(), (name, value) -> {
            if (found[0] == null && Jwt.hasForm(value)) {
                found[0] = subjectOfJwt(value);
            }
        });
        return found[0];
    }

    /** What a response issues: identities that later requests may carry, and whom they are for. */
    Issued issued(Request request, Response response) {
        List<IdentityKey> keys = new ArrayList<>(0);
        Subject[] subject = new Subject[1];
        Cookies.ofResponse(response.headers(), (name, value) -> {
            if (isIdentityCookie(name, value)) {
                keys.add(cookie(name, value));
                claims(value, keys, subject);
            }
        });
        for (IdentitySource source : settings.sources()) {
            if (source.kind() == IdentitySource.Kind.HEADER) {
                for (String value : response.headers().all(source.name())) {
                    keys.add(opaque(source.text(), value));
                }
            }
        }
        if (response.status() < 300) {
            for (String header : TOKEN_HEADERS) {
                String value = response.headers().first(header);
                if (value != null) {
                    token(value.startsWith("Bearer ") ? value.substring(7) : value, keys, subject);
                }
            }
            boolean asked = !request.method().equals("GET") || request.query().contains("code=");
            if (asked && BodyFields.mayHoldToken(response.body())) {
                BodyFields.read(response.headers(), response.body(), (name, value) -> {
                    if (TOKEN_FIELDS.contains(name) || Jwt.hasForm(value)) {
                        token(value, keys, subject);
                    }
                });
            }
        }
        if (!keys.isEmpty() && subject[0] == null) {
            subject[0] = login(request);
        }
        return keys.isEmpty() ? Issued.NOTHING : new Issued(List.copyOf(keys), subject[0]);
    }

    /** A key for a subject, by which two can be compared. */
    SubjectKey key(Subject subject) {
        return subject.key(hash);
    }

    private List<IdentityKey> keys(IdentitySource source, Request request) {
        return switch (source.kind()) {
            case COOKIE, COOKIES -> cookies(source, request.headers());
            case HEADER -> one(source, request.headers().first(source.name()));
            case JWT -> claim(source, request);
            case BEARER -> one(source, Credentials.bearer(request));
            case BASIC -> one(source, Credentials.basicUser(request));
            case TRACE -> one(source, traceId(request.headers().first("traceparent")));
            case ADDRESS, CONNECTION -> List.of();
        };
    }

    private List<IdentityKey> one(IdentitySource source, @Nullable String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(opaque(source.text(), value));
    }

    private List<IdentityKey> cookies(IdentitySource source, Headers headers) {
        List<IdentityKey> keys = new ArrayList<>(1);
        Cookies.ofRequest(headers, (name, value) -> {
            boolean meant =
                    source.kind() == IdentitySource.Kind.COOKIE ? source.matchesCookie(name) : isUsual(name, value);
            if (meant) {
                keys.add(cookie(name, value));
            }
        });
        return keys;
    }

    private List<IdentityKey> claim(IdentitySource source, Request request) {
        String bearer = Credentials.bearer(request);
        List<IdentityKey> keys = new ArrayList<>(1);
        if (bearer != null) {
            addClaim(source, bearer, keys);
        }
        Cookies.ofRequest(request.headers(), (name, value) -> {
            if (keys.isEmpty()) {
                addClaim(source, value, keys);
            }
        });
        return keys;
    }

    private void addClaim(IdentitySource source, String token, List<IdentityKey> keys) {
        String value = Jwt.claims(token).get(source.name());
        if (value != null) {
            keys.add(hash.of(source.text(), value));
        }
    }

    private void token(String value, List<IdentityKey> keys, @Nullable Subject[] subject) {
        if (value.length() >= SHORTEST_TOKEN) {
            keys.add(opaque("bearer", value));
            claims(value, keys, subject);
        }
    }

    /** What an issued value says of its holder, where it is a JWT. */
    private void claims(String value, List<IdentityKey> keys, @Nullable Subject[] subject) {
        if (!Jwt.hasForm(value)) {
            return;
        }
        if (subject[0] == null) {
            subject[0] = subjectOfJwt(value);
        }
        for (IdentitySource source : settings.sources()) {
            if (source.kind() == IdentitySource.Kind.JWT) {
                addClaim(source, value, keys);
            }
        }
    }

    private static @Nullable Subject subjectOfJwt(String token) {
        Map<String, String> claims = Jwt.claims(token);
        for (String claim : SUBJECT_CLAIMS) {
            String name = claims.get(claim);
            if (name != null && !name.isEmpty()) {
                return Subject.ofJwt(claims.getOrDefault("iss", "") + " " + claim, name);
            }
        }
        return null;
    }

    /** The name in a body that also holds a password. */
    private static @Nullable Subject login(Request request) {
        Map<String, String> fields = new HashMap<>();
        boolean[] secret = new boolean[1];
        BodyFields.read(request.headers(), request.body(), (name, value) -> {
            fields.putIfAbsent(name, value);
            secret[0] |= name.contains("pass") || name.contains("pwd") || name.equals("pin") || name.contains("otp");
        });
        if (secret[0]) {
            for (String field : LOGIN_FIELDS) {
                String name = fields.get(field);
                if (name != null && !name.isBlank()) {
                    return Subject.ofLogin(name);
                }
            }
        }
        String user = Credentials.basicUser(request);
        return user == null ? null : Subject.ofLogin(user);
    }

    private boolean isIdentityCookie(String name, String value) {
        for (IdentitySource source : settings.sources()) {
            boolean meant = switch (source.kind()) {
                case COOKIE -> source.matchesCookie(name);
                case COOKIES -> isUsual(name, value);
                case JWT -> Jwt.hasForm(value);
                case HEADER, BEARER, BASIC, TRACE, ADDRESS, CONNECTION -> false;
            };
            if (meant) {
                return true;
            }
        }
        return false;
    }

    private boolean isUsual(String name, String value) {
        if (NO_VALUE.contains(value)) {
            return false;
        }
        if (sessionCookies.size() == REMEMBERED_NAMES) {
            sessionCookies.clear();
        }
        return sessionCookies.computeIfAbsent(name, Cookies::usuallyCarriesSession);
    }

    private IdentityKey cookie(String name, String value) {
        return opaque("cookie " + name, value);
    }

    private IdentityKey opaque(String place, String value) {
        return value.length() >= DISTINCTIVE ? hash.of("value", value) : hash.of(place, value);
    }

    private static String agent(Request request) {
        String agent = request.headers().first("User-Agent");
        return agent == null ? "" : agent;
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        return traceparent != null && traceparent.length() >= 35 ? traceparent.substring(3, 35) : null;
    }
}

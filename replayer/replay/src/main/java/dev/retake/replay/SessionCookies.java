package dev.retake.replay;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.correlate.SessionPlan;
import dev.retake.replay.target.CookieJar;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Sends the cookies that a client of the target would send: those the recorded server set come from the target's jar
 * under their recorded names, those the client had or made itself stay as recorded, and those that only the target sets
 * go along when the recorded client took cookies at all. For one thread at a time.
 */
final class SessionCookies {
    private final SessionPlan plan;
    private final InstantSource clock;
    private final CookieJar jar = new CookieJar();
    private final boolean takesCookies;

    SessionCookies(SessionPlan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.takesCookies = plan.sendsCookies();
    }

    void store(Request sent, Response response) {
        jar.store(response.headers(), sent.path(), clock.instant());
    }

    /** The step, from 0, that set a cookie in the recording which {@code step} sends and the target has not set. */
    OptionalInt missing(int step, Request request) {
        Map<String, Integer> setters = plan.serverCookies(step);
        Map<String, String> held = held(request);
        for (String name : recorded(request.headers()).keySet()) {
            Integer setter = setters.get(name);
            if (setter != null && !held.containsKey(name)) {
                return OptionalInt.of(setter);
            }
        }
        return OptionalInt.empty();
    }

    /** {@code request} with the cookies for it. */
    Request apply(int step, Request request) {
        Map<String, Integer> setters = plan.serverCookies(step);
        Map<String, String> held = held(request);
        Map<String, String> recorded = recorded(request.headers());
        List<String> pairs = new ArrayList<>();
        recorded.forEach((name, value) -> {
            String own = held.get(name);
            if (own != null) {
                pairs.add(name + "=" + own);
            } else if (!setters.containsKey(name)) {
                pairs.add(name + "=" + value);
            }
        });
        held.forEach((name, value) -> {
            if (takesCookies && !recorded.containsKey(name) && !setters.containsKey(name)) {
                pairs.add(name + "=" + value);
            }
        });
        Headers headers = request.headers();
        if (pairs.isEmpty()) {
            headers = headers.without("Cookie");
        } else if (!recorded.isEmpty() || !held.isEmpty()) {
            String cookies = String.join("; ", pairs);
            headers = cookies.equals(headers.first("Cookie")) ? headers : headers.with("Cookie", cookies);
        }
        return new Request(
                request.method(), request.target(), request.version(), headers, request.body(), request.trailers());
    }

    private Map<String, String> held(Request request) {
        Instant now = clock.instant();
        Map<String, String> held = new LinkedHashMap<>();
        jar.matching(request.path(), now).forEach(cookie -> held.putIfAbsent(cookie.name(), cookie.value()));
        return held;
    }

    private static Map<String, String> recorded(Headers headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String field : headers.all("Cookie")) {
            for (String pair : field.split(";")) {
                int equals = pair.indexOf('=');
                @Nullable
                String name = equals < 0 ? null : pair.substring(0, equals).trim();
                if (name != null && !name.isEmpty()) {
                    cookies.putIfAbsent(name, pair.substring(equals + 1).trim());
                }
            }
        }
        return cookies;
    }
}

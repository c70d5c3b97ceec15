package dev.retake.replay.credential;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.credential.Credential.Login;
import dev.retake.replay.message.Leaf;
import dev.retake.replay.message.RequestSlots;
import dev.retake.replay.message.RequestSlots.Replacement;
import dev.retake.replay.message.ResponseLeaves;
import dev.retake.replay.message.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A credential at work in one session: puts its headers and fields into requests. For one thread at a time. */
public final class SessionCredential {
    private final Credential credential;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> recordedHeaders = new HashSet<>();
    private @Nullable Response loginResponse;

    /** @param session the recorded session, which tells where its own credentials stood */
    public SessionCredential(Credential credential, List<Exchange> session) {
        this.credential = credential;
        this.headers.putAll(credential.headers());
        for (Exchange exchange : session) {
            Headers fields = exchange.request().headers();
            for (int i = 0; i < fields.size(); i++) {
                recordedHeaders.add(fields.name(i).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The request that logs in, null where the credential has none. */
    public @Nullable Request loginRequest() {
        Login login = credential.login();
        if (login == null) {
            return null;
        }
        Headers.Builder fields = Headers.builder();
        login.headers().forEach(fields::add);
        Body body = Body.of(login.body().getBytes(StandardCharsets.UTF_8));
        return new Request(login.method(), login.path(), "HTTP/1.1", fields.build(), body, Headers.EMPTY);
    }

    /** Takes what the login gave; false where the response has not what the credential says it has. */
    public boolean loggedIn(Response response) {
        Login login = credential.login();
        if (login == null || response.status() >= 400) {
            return false;
        }
        if (login.extract() != null && login.header() != null) {
            String taken = extract(response, login.extract());
            if (taken == null) {
                return false;
            }
            headers.put(login.header(), login.template().replace("{}", taken));
        }
        loginResponse = response;
        return true;
    }

    /** The answer to the login, which also stands for that to the same request in the recording; null where there is none. */
    public @Nullable Response loginResponse() {
        return loginResponse;
    }

    /** Whether {@code request} is the recorded login, which the credential's own takes the place of. */
    public boolean replaces(Request request) {
        Login login = credential.login();
        return login != null
                && request.method().equals(login.method())
                && request.path().equals(login.path().split("\\?", 2)[0]);
    }

    /** Locations in {@code request} whose value the credential gives. */
    public Set<String> locations(Request request) {
        Set<String> locations = new HashSet<>();
        for (int i = 0; i < request.headers().size(); i++) {
            if (headers.containsKey(request.headers().name(i))) {
                locations.add("header:" + request.headers().name(i));
            }
        }
        return locations;
    }

    /** {@code request} with this credential in the place of the recorded one. */
    public Request apply(Request request) {
        RequestSlots slots = RequestSlots.of(request);
        List<Replacement> replacements = new ArrayList<>();
        if (!credential.fields().isEmpty() && Secrets.logsIn(slots)) {
            for (Slot slot : slots.slots()) {
                String value = credential.fields().get(slot.name());
                if (value != null
                        && slot.place() != Slot.Place.HEADER
                        && !slot.location().startsWith("path:")) {
                    replacements.add(new Replacement(slot, value));
                }
            }
        }
        Request changed = slots.with(replacements);
        Headers fields = changed.headers();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            // A header that no request of the session had is how the target wants it: on every request.
            boolean everywhere = !recordedHeaders.contains(header.getKey().toLowerCase(Locale.ROOT));
            if (everywhere || fields.contains(header.getKey())) {
                fields = fields.with(header.getKey(), header.getValue());
            }
        }
        return new Request(
                changed.method(), changed.target(), changed.version(), fields, changed.body(), changed.trailers());
    }

    private static @Nullable String extract(Response response, String location) {
        for (Leaf leaf : ResponseLeaves.of(response)) {
            if (leaf.location().equals(location)
                    || location.startsWith("header:") && leaf.location().equalsIgnoreCase(location)) {
                return leaf.value().isEmpty() ? null : leaf.value();
            }
        }
        return null;
    }
}

package dev.retake.pipeline;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.keys.KeySet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a keyed digest to each body that will not be kept whole, while its bytes are still there, so that replay can
 * compare it. A digest costs more than the rest of recording a body; those that are kept have none.
 */
final class Digests {
    private static final byte[] NO_BYTES = {};

    private final KeySet keys;

    Digests(KeySet keys) {
        this.keys = keys;
    }

    /** {@code body} with its digest where it is truncated, withheld already, or of a type that is not kept. */
    Body ofUnkept(Body body, Headers headers) {
        boolean kept = !body.truncated() && body.withheld() == null && !isBinary(headers);
        if (kept || body.bytes().length == 0) {
            return body;
        }
        Body digested = digested(body);
        return body.withheld() == null ? digested : digested.withBytes(NO_BYTES);
    }

    /**
     * {@code raw} with digests for the bodies that {@code sanitized} withholds without one; null where there is no such
     * body.
     */
    @Nullable
    Exchange ofWithheld(Exchange raw, Exchange sanitized) {
        Response response = raw.response();
        Body requestBody = raw.request().body();
        Body responseBody = response == null ? Body.EMPTY : response.body();
        boolean request = lacks(requestBody, sanitized.request().body());
        boolean ofResponse = sanitized.response() != null
                && lacks(responseBody, sanitized.response().body());
        Messages messages = ofWithheld(raw.messages(), sanitized.messages());
        if (!request && !ofResponse && messages == null) {
            return null;
        }
        return with(
                        raw,
                        request ? digested(requestBody) : requestBody,
                        ofResponse ? digested(responseBody) : responseBody)
                .withMessages(messages == null ? raw.messages() : messages);
    }

    /** {@code messages}, each that is not text, and that will hardly be kept, with its digest. */
    @Nullable
    Messages ofBinary(@Nullable Messages messages) {
        if (messages == null) {
            return null;
        }
        List<Message> digested = new ArrayList<>(messages.all().size());
        for (Message message : messages.all()) {
            boolean text = message.kind() == Message.Kind.TEXT || message.kind() == Message.Kind.CLOSE;
            digested.add(text ? message : digested(message));
        }
        return messages.with(digested);
    }

    /** {@code raw} with digests for the messages that {@code sanitized} withholds without one; null where there is none. */
    private @Nullable Messages ofWithheld(@Nullable Messages raw, @Nullable Messages sanitized) {
        if (raw == null || sanitized == null) {
            return null;
        }
        List<Message> digested = new ArrayList<>(raw.all());
        boolean lacking = false;
        for (int i = 0; i < digested.size(); i++) {
            if (sanitized.all().get(i).withheld() != null && digested.get(i).digest() == null) {
                digested.set(i, digested(digested.get(i)));
                lacking = true;
            }
        }
        return lacking ? raw.with(digested) : null;
    }

    private Message digested(Message message) {
        byte[] bytes = message.bytes();
        return bytes.length == 0 ? message : message.withDigest(keys.digest(bytes, bytes.length));
    }

    private Body digested(Body body) {
        byte[] bytes = body.bytes();
        return body.withDigest(keys.digest(bytes, bytes.length), bytes.length);
    }

    private static boolean lacks(Body raw, Body sanitized) {
        return sanitized.withheld() != null && raw.digest() == null && raw.bytes().length > 0;
    }

    private static boolean isBinary(Headers headers) {
        return MediaType.parse(headers.first("Content-Type")).family() == MediaType.Family.BINARY;
    }

    private static Exchange with(Exchange raw, Body requestBody, Body responseBody) {
        Request request = raw.request();
        Response response = raw.response();
        return new Exchange(
                raw.id(),
                raw.node(),
                raw.connection(),
                raw.session(),
                raw.sequence(),
                raw.identity(),
                new Request(
                        request.method(),
                        request.target(),
                        request.version(),
                        request.headers(),
                        requestBody,
                        request.trailers()),
                withBody(response, responseBody),
                raw.informational(),
                raw.timings(),
                raw.outcome(),
                raw.traceparent(),
                raw.policyVersion());
    }

    private static @Nullable Response withBody(@Nullable Response response, Body body) {
        return response == null
                ? null
                : new Response(
                        response.status(),
                        response.reason(),
                        response.version(),
                        response.headers(),
                        body,
                        response.trailers());
    }
}

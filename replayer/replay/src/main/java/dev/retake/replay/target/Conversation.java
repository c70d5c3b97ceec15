package dev.retake.replay.target;

import dev.retake.common.coding.ContentDecoder;
import dev.retake.common.coding.Decoded;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.TransportError;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request that waits for its answer, and what of the answer has come. Used on the event loop alone, its future apart. */
final class Conversation {
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ContentDecoder decoder;
    private final Patience patience;
    private final int maxBody;
    private final long started = System.nanoTime();
    private long sent = started;
    private long lastHeard = started;
    private @Nullable HttpResponse head;
    private boolean heard;
    private boolean reusable;

    Conversation(ContentDecoder decoder, Patience patience, int maxBody) {
        this.decoder = decoder;
        this.patience = patience;
        this.maxBody = maxBody;
    }

    CompletableFuture<Reply> reply() {
        return reply;
    }

    Patience patience() {
        return patience;
    }

    long started() {
        return started;
    }

    long lastHeard() {
        return lastHeard;
    }

    /** Whether a byte of the answer came: from then on the request may have had its effect. */
    boolean heard() {
        return heard;
    }

    /** Whether the connection can carry another request. */
    boolean reusable() {
        return reusable;
    }

    boolean done() {
        return reply.isDone();
    }

    void sent() {
        if (!heard) {
            sent = System.nanoTime();
            lastHeard = sent;
        }
    }

    void bytesArrived() {
        heard = true;
        lastHeard = System.nanoTime();
    }

    void head(HttpResponse response) {
        head = response;
    }

    void content(HttpContent part) {
        ByteBuf bytes = part.content();
        if (content.size() + (long) bytes.readableBytes() > maxBody) {
            fail(TransportError.Kind.TOO_LARGE, "The target's response is larger than replay.maxResponse.");
            return;
        }
        try {
            bytes.readBytes(content, bytes.readableBytes());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to take bytes", e);
        }
        if (part instanceof LastHttpContent last) {
            HttpResponse response = head;
            reusable = response != null && HttpUtil.isKeepAlive(response);
            answer(false, headers(last.trailingHeaders()));
        } else if (content.size() >= patience.enoughBytes()) {
            answer(true, Headers.EMPTY);
        }
    }

    /** The recorded client left by now: what came counts, where anything did. */
    void enough() {
        if (head != null) {
            answer(true, Headers.EMPTY);
        }
    }

    void fail(TransportError.Kind kind, String sentence) {
        reply.complete(new Reply.Failed(new TransportError(kind, sentence), millis()));
    }

    private void answer(boolean cut, Headers trailers) {
        HttpResponse response = head;
        if (response == null || reply.isDone()) {
            return;
        }
        double millis = millis();
        Headers headers = headers(response.headers());
        byte[] wire = content.toByteArray();
        Decoded decoded = decoder.decode(wire, headers.all("Content-Encoding"));
        Body body = switch (decoded.end()) {
            case WHOLE -> body(decoded.bytes(), wire.length, decoded.coding(), cut);
            case CUT, BOUND -> body(decoded.bytes(), wire.length, decoded.coding(), true);
            // What cannot be decoded is compared as it came: the coding itself is what changed.
            case BROKEN, UNKNOWN -> body(wire, wire.length, null, cut);
        };
        reply.complete(new Reply.Answered(
                new Response(
                        response.status().code(),
                        response.status().reasonPhrase(),
                        response.protocolVersion().text(),
                        headers,
                        body,
                        trailers),
                millis));
    }

    private double millis() {
        return (System.nanoTime() - sent) / 1e6;
    }

    private static Body body(byte[] bytes, int wireSize, @Nullable String coding, boolean cut) {
        if (bytes.length == 0 && !cut) {
            return wireSize == 0 ? Body.EMPTY : new Body(bytes, 0, wireSize, coding, false, null, null, 0, new long[0]);
        }
        return new Body(bytes, bytes.length, wireSize, coding, cut, null, null, 0, new long[0]);
    }

    private static Headers headers(HttpHeaders fields) {
        Headers.Builder headers = Headers.builder();
        Iterator<Map.Entry<CharSequence, CharSequence>> each = fields.iteratorCharSequence();
        while (each.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = each.next();
            headers.add(field.getKey().toString(), field.getValue().toString());
        }
        return headers.build();
    }
}

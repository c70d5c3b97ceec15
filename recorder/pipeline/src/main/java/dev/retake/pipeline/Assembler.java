package dev.retake.pipeline;

import dev.retake.common.coding.ContentDecoder;
import dev.retake.common.coding.Decoded;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.exchange.Withheld;
import dev.retake.pipeline.head.MessageHead;
import dev.retake.pipeline.head.RequestLine;
import dev.retake.pipeline.head.StatusLine;
import dev.retake.pipeline.session.Client;
import dev.retake.pipeline.stream.EventTimes;
import dev.retake.pipeline.stream.WebSocketReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a captured exchange: heads into fields, bodies out of their content coding. Thread-safe. */
final class Assembler {
    private static final byte[] NO_BYTES = {};

    private final ContentDecoder decoder;

    private final int maxDecoded;

    Assembler(int maxDecoded) {
        this.maxDecoded = maxDecoded;
        this.decoder = new ContentDecoder(maxDecoded, ContentDecoder.DEFAULT_RATIO);
    }

    /** The whole exchange; null where its request head cannot be read. */
    @Nullable
    Assembled assemble(RawExchange raw) {
        Request request = request(raw, true);
        if (request == null) {
            return null;
        }
        List<Informational> informational = new ArrayList<>(0);
        for (byte[] head : raw.interimHeads()) {
            MessageHead interim = MessageHead.parse(head);
            StatusLine line = interim == null ? null : StatusLine.parse(interim.startLine());
            if (interim != null && line != null) {
                informational.add(new Informational(line.status(), interim.headers()));
            }
        }
        Response response = response(raw);
        Messages messages = messages(raw.stream(), request, response);
        return new Assembled(client(raw), request, response, informational, timings(raw), raw.outcome, messages);
    }

    private @Nullable Messages messages(@Nullable RawStream stream, Request request, @Nullable Response response) {
        if (stream == null || response == null) {
            return null;
        }
        WebSocketReader reader = WebSocketReader.of(request, response, maxDecoded);
        stream.read(reader::piece);
        return reader.end(stream.cut(), stream.clientBytes(), stream.serverBytes());
    }

    /** The request without its body, as far as it tells the session; null where its head cannot be read. */
    @Nullable
    Request requestHead(RawExchange raw) {
        return request(raw, false);
    }

    /** Whom the exchange is from. */
    static Client client(RawExchange raw) {
        return new Client(raw.clientAddress, raw.connection);
    }

    private @Nullable Request request(RawExchange raw, boolean withBody) {
        MessageHead head = raw.requestHead == null ? null : MessageHead.parse(raw.requestHead);
        RequestLine line = head == null ? null : RequestLine.parse(head.startLine());
        if (head == null || line == null) {
            return null;
        }
        return new Request(
                line.method(),
                line.target(),
                line.version(),
                head.headers(),
                withBody ? body(raw.requestBody(), head.headers()) : Body.EMPTY,
                trailers(raw.requestTrailers));
    }

    private @Nullable Response response(RawExchange raw) {
        MessageHead head = raw.responseHead == null ? null : MessageHead.parse(raw.responseHead);
        StatusLine line = head == null ? null : StatusLine.parse(head.startLine());
        if (head == null || line == null) {
            return null;
        }
        return new Response(
                line.status(),
                line.reason(),
                line.version(),
                head.headers(),
                body(raw.responseBody(), head.headers()),
                trailers(raw.responseTrailers));
    }

    private static Headers trailers(byte @Nullable [] block) {
        return block == null ? Headers.EMPTY : MessageHead.fields(block);
    }

    private static Timings timings(RawExchange raw) {
        return new Timings(raw.acceptedAt, raw.connectedNs, raw.sentNs, raw.firstByteNs, raw.lastByteNs);
    }

    private Body body(RawBody raw, Headers headers) {
        if (raw.wireSize() == 0 && raw.kept() == 0) {
            return Body.EMPTY;
        }
        if (raw.withheld()) {
            return new Body(
                    NO_BYTES, raw.wireSize(), raw.wireSize(), null, false, Withheld.POLICY, null, 0, raw.chunkTimes());
        }
        byte[] encoded = raw.toBytes();
        MediaType type = MediaType.parse(headers.first("Content-Type"));
        boolean events = type.family() == MediaType.Family.EVENT_STREAM;
        long[] passed = raw.chunkTimes();
        int[] marks = new int[events ? passed.length / 2 : 0];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = (int) Math.min(passed[2 * i], encoded.length);
        }
        Decoded decoded = decoder.decode(encoded, headers.all("Content-Encoding"), marks);
        boolean coded = decoded.coding() != null;
        long[] chunkTimes = events ? eventTimes(decoded.bytes(), marks, passed) : coded ? new long[0] : passed;
        return switch (decoded.end()) {
            case WHOLE ->
                new Body(
                        decoded.bytes(),
                        coded ? decoded.bytes().length : raw.wireSize(),
                        raw.wireSize(),
                        decoded.coding(),
                        raw.truncated(),
                        null,
                        null,
                        0,
                        chunkTimes);
            case CUT, BOUND ->
                new Body(
                        decoded.bytes(),
                        coded ? decoded.bytes().length : raw.wireSize(),
                        raw.wireSize(),
                        decoded.coding(),
                        true,
                        null,
                        null,
                        0,
                        chunkTimes);
            case BROKEN, UNKNOWN ->
                new Body(
                        encoded,
                        raw.wireSize(),
                        raw.wireSize(),
                        decoded.coding(),
                        raw.truncated(),
                        Withheld.UNPARSEABLE,
                        null,
                        0,
                        chunkTimes);
        };
    }

    /** When the events of {@code body} passed, of which {@code marks} bytes each were there at the times in {@code passed}. */
    private static long[] eventTimes(byte[] body, int[] marks, long[] passed) {
        long[] chunkTimes = new long[passed.length];
        for (int i = 0; i < marks.length; i++) {
            chunkTimes[2 * i] = marks[i];
            chunkTimes[2 * i + 1] = passed[2 * i + 1];
        }
        return EventTimes.of(body, chunkTimes);
    }
}

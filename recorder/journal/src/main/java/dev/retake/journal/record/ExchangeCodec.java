package dev.retake.journal.record;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.exchange.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of an exchange record, format 1; {@link RecordOutput} draws the parts.
 *
 * <pre>
 * exchange  := id (16) node:text connection:varint session:text sequence:varint identity:optional text
 *              request response:optional interim:(count, status headers ...) timings outcome:u8
 *              traceparent:optional text policyVersion:varint [messages:optional]
 * request   := method:text target:text version:text headers body trailers:headers
 * response  := status:varint reason:text version:text headers body trailers:headers
 * headers   := count, (name:text value:text) ...
 * body      := flags:u8 bytes size:varint wireSize:varint [coding:text] [withheld:u8] [digest:bytes covered:varint]
 *              [times: count, varint ...]
 *              flags: 1 truncated, 2 coding, 4 withheld, 8 digest, 16 times, 32 no content at all (nothing follows)
 * messages  := cut:u8 clientBytes:varint serverBytes:varint count, message ...
 *              cut: 0 none, 1 bytes, 2 count, 3 inflated, 4 budget, 5 lag, 6 protocol
 * message   := kind:u8 flags:u8 at:varint size:varint code:varint bytes [withheld:u8] [digest:bytes]
 *              kind: 1 text, 2 binary, 3 close, 4 ping, 5 pong; flags: 1 from the server, 2 truncated, 4 withheld, 8 digest
 * timings   := acceptedAt:signed, connected, sent, firstByte, lastByte: signed
 * outcome   := 1 complete, 2 client aborted, 3 upstream failed, 4 timed out, 5 upgraded
 * withheld  := 1 binary, 2 unparseable, 3 over cap, 4 sanitizer failed, 5 policy
 * </pre>
 *
 * A later minor addition is appended at the end; readers pass over what follows the fields that they know.
 * {@code messages} is one: where there are none the record ends before it, as it did in version 0.1.
 */
final class ExchangeCodec {
    private static final int TRUNCATED = 1;
    private static final int CODING = 2;
    private static final int WITHHELD = 4;
    private static final int DIGEST = 8;
    private static final int TIMES = 16;
    private static final int NOTHING = 32;
    private static final long[] NO_TIMES = {};

    private ExchangeCodec() {}

    static void write(Exchange exchange, RecordOutput out) {
        out.fixed64(exchange.id().getMostSignificantBits());
        out.fixed64(exchange.id().getLeastSignificantBits());
        out.text(exchange.node());
        out.varint(exchange.connection());
        out.text(exchange.session());
        out.varint(exchange.sequence());
        out.optionalText(exchange.identity());
        writeRequest(exchange.request(), out);
        Response response = exchange.response();
        out.flag(response != null);
        if (response != null) {
            writeResponse(response, out);
        }
        out.varint(exchange.informational().size());
        for (Informational interim : exchange.informational()) {
            out.varint(interim.status());
            writeHeaders(interim.headers(), out);
        }
        Timings timings = exchange.timings();
        out.signed(timings.acceptedAt());
        out.signed(timings.connectedNs());
        out.signed(timings.sentNs());
        out.signed(timings.firstByteNs());
        out.signed(timings.lastByteNs());
        out.u8(number(exchange.outcome()));
        out.optionalText(exchange.traceparent());
        out.varint(exchange.policyVersion());
        Messages messages = exchange.messages();
        if (messages != null) {
            out.flag(true);
            MessagesCodec.write(messages, out);
        }
    }

    static Exchange read(byte[] content) throws UnreadableException {
        RecordInput in = new RecordInput(content);
        UUID id = new UUID(in.fixed64(), in.fixed64());
        String node = in.text();
        long connection = in.varint();
        String session = in.text();
        int sequence = in.integer();
        String identity = in.optionalText();
        Request request = readRequest(in);
        Response response = in.flag() ? readResponse(in) : null;
        int interimCount = in.count(2);
        List<Informational> interim = new ArrayList<>(interimCount);
        for (int i = 0; i < interimCount; i++) {
            interim.add(new Informational(in.integer(), readHeaders(in)));
        }
        Timings timings = new Timings(in.signed(), in.signed(), in.signed(), in.signed(), in.signed());
        Outcome outcome = outcome(in.u8());
        return new Exchange(
                id,
                node,
                connection,
                session,
                sequence,
                identity,
                request,
                response,
                interim,
                timings,
                outcome,
                in.optionalText(),
                in.integer(),
                in.hasMore() && in.flag() ? MessagesCodec.read(in) : null);
    }

    private static void writeRequest(Request request, RecordOutput out) {
        out.text(request.method());
        out.text(request.target());
        out.text(request.version());
        writeHeaders(request.headers(), out);
        writeBody(request.body(), out);
        writeHeaders(request.trailers(), out);
    }

    private static Request readRequest(RecordInput in) throws UnreadableException {
        return new Request(in.text(), in.text(), in.text(), readHeaders(in), readBody(in), readHeaders(in));
    }

    private static void writeResponse(Response response, RecordOutput out) {
        out.varint(response.status());
        out.text(response.reason());
        out.text(response.version());
        writeHeaders(response.headers(), out);
        writeBody(response.body(), out);
        writeHeaders(response.trailers(), out);
    }

    private static Response readResponse(RecordInput in) throws UnreadableException {
        return new Response(in.integer(), in.text(), in.text(), readHeaders(in), readBody(in), readHeaders(in));
    }

    private static void writeHeaders(Headers headers, RecordOutput out) {
        out.varint(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            out.text(headers.name(i));
            out.text(headers.value(i));
        }
    }

    private static Headers readHeaders(RecordInput in) throws UnreadableException {
        int count = in.count(2);
        if (count == 0) {
            return Headers.EMPTY;
        }
        String[] fields = new String[2 * count];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = in.text();
        }
        return Headers.of(fields);
    }

    private static void writeBody(Body body, RecordOutput out) {
        if (body.equals(Body.EMPTY)) {
            out.u8(NOTHING);
            return;
        }
        String coding = body.coding();
        Withheld withheld = body.withheld();
        byte[] digest = body.digest();
        long[] times = body.chunkTimes();
        out.u8((body.truncated() ? TRUNCATED : 0)
                | (coding != null ? CODING : 0)
                | (withheld != null ? WITHHELD : 0)
                | (digest != null ? DIGEST : 0)
                | (times.length > 0 ? TIMES : 0));
        out.bytes(body.bytes());
        out.varint(body.size());
        out.varint(body.wireSize());
        if (coding != null) {
            out.text(coding);
        }
        if (withheld != null) {
            out.u8(number(withheld));
        }
        if (digest != null) {
            out.bytes(digest);
            out.varint(body.digestedBytes());
        }
        if (times.length > 0) {
            out.varint(times.length);
            for (long time : times) {
                out.varint(time);
            }
        }
    }

    private static Body readBody(RecordInput in) throws UnreadableException {
        int flags = in.u8();
        if ((flags & NOTHING) != 0) {
            return Body.EMPTY;
        }
        byte[] bytes = in.bytes();
        long size = in.varint();
        long wireSize = in.varint();
        String coding = (flags & CODING) != 0 ? in.text() : null;
        Withheld withheld = (flags & WITHHELD) != 0 ? withheld(in.u8()) : null;
        byte @Nullable [] digest = (flags & DIGEST) != 0 ? in.bytes() : null;
        long digested = digest == null ? 0 : in.varint();
        long[] times = NO_TIMES;
        if ((flags & TIMES) != 0) {
            times = new long[in.count(1)];
            for (int i = 0; i < times.length; i++) {
                times[i] = in.varint();
            }
        }
        return new Body(bytes, size, wireSize, coding, (flags & TRUNCATED) != 0, withheld, digest, digested, times);
    }

    private static int number(Outcome outcome) {
        return switch (outcome) {
            case COMPLETE -> 1;
            case CLIENT_ABORTED -> 2;
            case UPSTREAM_FAILED -> 3;
            case TIMED_OUT -> 4;
            case UPGRADED -> 5;
        };
    }

    private static Outcome outcome(int number) throws UnreadableException {
        for (Outcome outcome : Outcome.values()) {
            if (number(outcome) == number) {
                return outcome;
            }
        }
        throw new UnreadableException("has an outcome that this version does not know");
    }

    static int number(Withheld reason) {
        return switch (reason) {
            case BINARY -> 1;
            case UNPARSEABLE -> 2;
            case OVER_CAP -> 3;
            case SANITIZER_FAILED -> 4;
            case POLICY -> 5;
        };
    }

    static Withheld withheld(int number) throws UnreadableException {
        for (Withheld reason : Withheld.values()) {
            if (number(reason) == number) {
                return reason;
            }
        }
        throw new UnreadableException("has a reason for withholding that this version does not know");
    }
}

package dev.retake.proxy.forward;

import dev.retake.common.exchange.Outcome;
import dev.retake.proxy.capture.Tap;
import dev.retake.proxy.http1.BodyScanner;
import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;
import dev.retake.proxy.http1.HeadParser;
import dev.retake.proxy.http1.Refusal;
import dev.retake.proxy.upstream.ConnectFailure;
import dev.retake.proxy.upstream.Connecting;
import dev.retake.proxy.upstream.UpstreamConnection;
import dev.retake.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Relays the exchanges of one client connection, one after the other: the request's bytes to an upstream connection, the
 * response's back, both as they come. It holds the one rule book of an exchange's life, which is why it is longer than
 * most: request and response progress on their own, either may end first, and either peer may fail at any point.
 *
 * <pre>
 * begin ── idle connection ───────────────┐
 *   └── connect ── connected ─────────────┴─ body* ── received* ── ended
 *                    └ connectFailed: 502/503/504      └ closed: resend once, 502, or cut
 * </pre>
 */
final class Relay implements UpstreamUser {
    /** A request that must not be sent twice takes no connection that the upstream may just be giving up. */
    private static final long UNSAFE_REUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Interim responses to one request; each is progress, so without a bound an upstream could send them for ever. */
    private static final int MAX_INTERIMS = 100;

    private final ClientConnection client;
    private final ForwardLoop loop;
    private final RequestRewriter rewriter;
    private final boolean trustedReplayer;
    private final @Nullable Tap tap;
    private final BodyScanner request;
    private final RequestPace pace;
    private final BodyScanner response;

    private boolean active;
    private boolean used;
    private boolean requestDone;
    private boolean responseBegun;
    private boolean responseDone;
    private boolean headRequest;
    private boolean idempotent;
    private boolean upgradeOffered;
    private boolean awaitsContinue;
    private boolean clientPersistent;
    private int clientMinorVersion;
    private boolean clientHalfClosed;
    private boolean closeClient;
    private boolean reusable;
    private long keepNanos;
    private boolean untouched;
    private boolean resent;
    private int interims;

    private @Nullable Destination to;
    private @Nullable UpstreamConnection upstream;
    private @Nullable Connecting connecting;
    private @Nullable ByteBuf head;
    private @Nullable ByteBuf wholeBody;
    private int wholeBodyStart;
    private @Nullable ByteBuf partialHead;
    private long clientProgressAt;
    private long upstreamProgressAt;

    Relay(ClientConnection client, Client who) {
        this.client = client;
        this.loop = client.loop;
        this.rewriter = who.rewriter();
        this.trustedReplayer = who.trustedReplayer();
        this.tap = loop.capture == null
                ? null
                : loop.capture.tap(who.connection(), who.address().getHostAddress());
        this.request = new BodyScanner(loop.settings.limits().head(), false);
        this.pace = new RequestPace(loop.settings.clients());
        this.response = new BodyScanner(loop.settings.limits().head(), true);
    }

    boolean active() {
        return active;
    }

    /** Whether an exchange was begun. */
    boolean used() {
        return used;
    }

    boolean requestDone() {
        return requestDone;
    }

    /** Whether more of the client's bytes can be passed on. */
    boolean takesMore() {
        return upstream == null || upstream.writable();
    }

    /** Begins the exchange whose request head was just parsed; its first byte came at {@code since}. */
    void begin(Head parsed, long since, Destination destination) {
        active = true;
        used = true;
        to = destination;
        responseBegun = false;
        responseDone = false;
        headRequest = parsed.isHeadMethod();
        idempotent = parsed.idempotent();
        upgradeOffered = parsed.upgrades();
        clientPersistent = parsed.persistent();
        clientMinorVersion = parsed.minorVersion();
        clientHalfClosed = false;
        closeClient = false;
        reusable = false;
        untouched = true;
        resent = false;
        interims = 0;
        if (parsed.chunked()) {
            request.chunked();
        } else if (parsed.contentLength() > 0) {
            request.length(parsed.contentLength());
        } else {
            request.none();
        }
        requestDone = request.complete();
        awaitsContinue = !requestDone && parsed.expectsContinue();
        clientProgressAt = loop.ticker.now();
        pace.begin(since, clientProgressAt);
        boolean keepRun = trustedReplayer && parsed.has(Field.X_RETAKE_RUN);
        if (tap != null) {
            tap.begin(parsed, keepRun, destination.policy().capture());
        }
        head = rewriter.rewrite(parsed, keepRun, client.channel().alloc());
        long idleAtMost = idempotent ? Long.MAX_VALUE : UNSAFE_REUSE_NANOS;
        UpstreamConnection idle = destination.pool().takeIdle(overHttp2(), idleAtMost);
        if (idle == null) {
            connecting = destination.pool().connect(this, idleAtMost);
        } else {
            idle.use(this);
            send(idle);
        }
    }

    @Override
    public boolean overHttp2() {
        return client.isStream();
    }

    @Override
    public void connected(UpstreamConnection connection) {
        connecting = null;
        send(connection);
        client.process();
        connection.flush();
    }

    private void send(UpstreamConnection connection) {
        upstream = connection;
        connection.setReading(client.writable());
        upstreamProgressAt = loop.ticker.now();
        ByteBuf first = Objects.requireNonNull(head);
        ByteBuf body = wholeBody;
        boolean stale = idempotent && (connection.used() || destination().pool().severalAddresses());
        if (!resent && (stale || connection.carried())) {
            first.retain();
        } else {
            head = null;
            wholeBody = null;
        }
        connection.write(first);
        if (body != null) {
            connection.write(body);
        }
        if (tap != null) {
            tap.connected();
            if (requestDone) {
                tap.sent();
            }
        }
        if (clientHalfClosed) {
            passHalfClose();
        }
    }

    /** Passes on what belongs to the request's body in {@code in}; false where nothing can be done with it now. */
    boolean body(ByteBuf in) {
        if (requestDone || upstream == null) {
            return false;
        }
        int length = request.scan(in, tap == null ? null : tap.requestBody());
        Refusal refusal = request.refusal();
        long limit = destination().policy().requestBody();
        if (refusal == null && limit > 0 && request.passed() > limit) {
            refusal = Refusal.BODY_TOO_LARGE;
        }
        if (refusal != null) {
            refuseBody(refusal);
            return false;
        }
        requestDone = request.complete();
        awaitsContinue = false;
        ByteBuf part = client.take(length);
        if (head != null) {
            keepForResending(part);
        }
        upstream.write(part);
        if (tap != null) {
            tap.checkBudget();
            if (requestDone) {
                tap.sent();
            }
        }
        if (requestDone) {
            upstreamProgressAt = loop.ticker.now();
            if (responseDone) {
                complete();
            }
        }
        return true;
    }

    private void keepForResending(ByteBuf part) {
        if (requestDone && wholeBody == null) {
            wholeBody = part.retain();
            wholeBodyStart = part.readerIndex();
        } else {
            forgetRequest();
        }
    }

    private void refuseBody(Refusal refusal) {
        if (client.passesUnread()) {
            loop.meters.wouldRefuse(refusal.status());
            blind(null);
        } else if (responseBegun) {
            abort(Outcome.CLIENT_ABORTED, false);
        } else {
            closeUpstream();
            end(Outcome.CLIENT_ABORTED);
            client.refuse(refusal.status(), refusal.reason(), headRequest);
        }
    }

    void flushUpstream() {
        if (upstream != null) {
            upstream.flush();
        }
    }

    void clientProgress() {
        clientProgressAt = loop.ticker.now();
    }

    void clientWritabilityChanged() {
        if (upstream != null) {
            upstream.setReading(client.writable());
        }
    }

    /** The client sends no more. A request that is whole is still answered, if the upstream likes to. */
    void clientInputEnded() {
        if (!requestDone) {
            abort(Outcome.CLIENT_ABORTED, false);
            return;
        }
        clientHalfClosed = true;
        closeClient = true;
        passHalfClose();
    }

    private void passHalfClose() {
        if (upstream != null && upstream.canHalfClose()) {
            forgetRequest();
            upstream.shutdownOutput();
        }
    }

    void clientClosed() {
        if (active) {
            closeUpstream();
            // Over HTTP/2 a client that has its answer resets what it no longer sends.
            end(responseDone ? Outcome.COMPLETE : Outcome.CLIENT_ABORTED);
        }
    }

    @Override
    public void connectFailed(ConnectFailure failure) {
        connecting = null;
        upstreamFailed(failure.kind());
        Outcome outcome = failure == ConnectFailure.TIMED_OUT ? Outcome.TIMED_OUT : Outcome.UPSTREAM_FAILED;
        answer(failure.status(), failure.reason(), outcome);
    }

    @Override
    public void received(ByteBuf bytes) {
        upstreamProgressAt = loop.ticker.now();
        untouched = false;
        forgetRequest();
        ByteBuf in = bytes;
        if (partialHead != null) {
            in = partialHead.writeBytes(bytes);
            bytes.release();
            partialHead = null;
        }
        while (active && !responseBegun && in.isReadable()) {
            HeadParser.Result result = loop.responses.response(in);
            if (result == HeadParser.Result.INCOMPLETE) {
                partialHead = growable(in);
                return;
            }
            Head parsed = loop.responses.head();
            if (result == HeadParser.Result.REFUSED) {
                refuseResponse(in, Objects.requireNonNull(parsed.refusal()));
                return;
            }
            if (parsed.status() == 101) {
                upgrade(in, parsed);
                return;
            }
            if (parsed.status() < 200 && ++interims > MAX_INTERIMS) {
                in.release();
                upstreamFailed("framing");
                answer(502, "the upstream sent interim responses without end", Outcome.UPSTREAM_FAILED);
                return;
            }
            if (parsed.status() < 200) {
                interim(in, parsed);
            } else {
                begin(in, parsed);
                return;
            }
        }
        if (active && responseBegun) {
            relayBody(in, in.readerIndex());
        } else {
            in.release();
        }
    }

    private void interim(ByteBuf in, Head parsed) {
        if (tap != null) {
            tap.interim(parsed);
        }
        if (clientMinorVersion == 0) {
            in.skipBytes(parsed.end()); // RFC 9110 §15.2: such a client would take it for the response
        } else {
            client.write(in.readRetainedSlice(parsed.end()));
        }
    }

    private void begin(ByteBuf in, Head parsed) {
        responseBegun = true;
        if (headRequest || parsed.status() == 204 || parsed.status() == 304) {
            response.none();
        } else if (parsed.chunked()) {
            response.chunked();
        } else if (parsed.contentLength() >= 0) {
            response.length(parsed.contentLength());
        } else {
            response.untilClose();
        }
        if (tap != null) {
            tap.response(parsed, response.complete() ? 0 : parsed.contentLength());
        }
        boolean endsWithConnection = response.endsWithConnection();
        // A 204 ends with its head; a client that waits for the body it announces must not find the next response.
        boolean falseBody = parsed.status() == 204 && (parsed.chunked() || parsed.contentLength() > 0);
        reusable = parsed.persistent() && !endsWithConnection && !falseBody;
        int seconds = parsed.keepAliveSeconds();
        keepNanos = seconds < 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(Math.max(0, seconds - 1));
        boolean ownClose = !clientPersistent || clientHalfClosed || awaitsContinue || falseBody || loop.draining();
        closeClient = ownClose
                || !parsed.persistent()
                || endsWithConnection
                || clientMinorVersion == 0 && !parsed.keepAlive();
        boolean says1_0 = parsed.keepAlive() && (clientMinorVersion == 0 || parsed.minorVersion() == 0);
        boolean addClose = ownClose
                && !parsed.close()
                && !endsWithConnection
                && parsed.minorVersion() == 1
                && clientMinorVersion == 1;
        int bodyAt = in.readerIndex() + parsed.end();
        ResponseEditor.edit(in, parsed, parsed.close() || says1_0 && !closeClient, false);
        int headAt = in.readerIndex();
        if (addClose) {
            client.write(
                    ResponseEditor.closing(in, headAt, bodyAt, client.channel().alloc()));
            headAt = bodyAt;
        }
        in.readerIndex(bodyAt);
        relayBody(in, headAt);
    }

    /** Passes on the bytes from {@code from}: what is left of the head before the reader index, then the body's. */
    private void relayBody(ByteBuf in, int from) {
        int bodyAt = in.readerIndex();
        int length = responseDone ? 0 : response.scan(in, tap == null ? null : tap.responseBody());
        Refusal refusal = response.refusal();
        boolean excess = refusal == null && length < in.readableBytes();
        if (refusal != null && client.passesUnread()) {
            loop.meters.wouldRefuse(502);
            in.readerIndex(from);
            blind(in);
            return;
        }
        in.readerIndex(from);
        int total = bodyAt - from + length;
        if (total == in.readableBytes()) {
            client.write(in);
        } else {
            if (total > 0) {
                client.write(in.readRetainedSlice(total));
            }
            in.release();
        }
        if (refusal != null) {
            upstreamFailed("framing");
            abort(Outcome.UPSTREAM_FAILED, false);
            return;
        }
        if (tap != null) {
            tap.checkBudget();
            if (response.streams()) {
                tap.streamed();
            }
        }
        if (excess) {
            reusable = false;
        }
        if (response.complete()) {
            responseComplete();
        } else if (!client.writable()) {
            Objects.requireNonNull(upstream).setReading(false);
        }
    }

    private void responseComplete() {
        responseDone = true;
        if (requestDone) {
            complete();
        } else if (awaitsContinue || !reusable) {
            // The rest of the request is not wanted, or not coming: no one can say, so the connection ends here.
            closeUpstream();
            end(Outcome.COMPLETE);
            client.exchangeEnded(true, true);
        } else {
            client.flush();
        }
    }

    private void complete() {
        UpstreamConnection done = Objects.requireNonNull(upstream);
        upstream = null;
        if (reusable && !clientHalfClosed) {
            done.release(keepNanos);
        } else {
            done.close();
        }
        boolean close = closeClient;
        end(Outcome.COMPLETE);
        client.exchangeEnded(close, false);
    }

    private void upgrade(ByteBuf in, Head parsed) {
        if (!upgradeOffered) {
            in.release();
            upstreamFailed("framing");
            answer(502, "the upstream switched protocols without being asked to", Outcome.UPSTREAM_FAILED);
            return;
        }
        if (tap != null) {
            tap.response(parsed, 0);
        }
        boolean captured = tap != null && tap.upgraded(parsed);
        int tunnelledAt = in.readerIndex() + parsed.end();
        ResponseEditor.edit(in, parsed, true, true);
        if (captured) {
            letGo();
            openTunnel(in, tunnelledAt, tap);
        } else {
            end(Outcome.UPGRADED);
            openTunnel(in, tunnelledAt, null);
        }
    }

    /** The message cannot be read on, and may pass for all that: from here on the bytes pass unread. */
    private void blind(@Nullable ByteBuf in) {
        if (tap != null) {
            tap.unreadable();
        }
        end(Outcome.COMPLETE);
        openTunnel(in, 0, null);
    }

    /** {@code tunnelledAt} is where in {@code in} the bytes begin that {@code watching} is told of. */
    private void openTunnel(@Nullable ByteBuf in, int tunnelledAt, @Nullable Tap watching) {
        UpstreamConnection joined = Objects.requireNonNull(upstream);
        upstream = null;
        Tunnel tunnel = new Tunnel(client, watching);
        tunnel.join(joined);
        if (in != null) {
            tunnel.receivedWithHead(in, tunnelledAt);
            client.flush();
        }
        client.tunnelThrough(tunnel);
        tunnel.flushUpstream();
        client.updateReading();
    }

    private void refuseResponse(ByteBuf in, Refusal refusal) {
        if (client.passesUnread()) {
            loop.meters.wouldRefuse(502);
            blind(in);
            return;
        }
        in.release();
        upstreamFailed("framing");
        answer(502, "the upstream's response is refused: " + refusal.reason(), Outcome.UPSTREAM_FAILED);
    }

    @Override
    public void receivedAll() {
        client.flush();
    }

    @Override
    public void inputEnded() {
        closed(false);
    }

    @Override
    public void closed(boolean failed) {
        UpstreamConnection lost = upstream;
        upstream = null;
        if (responseDone) {
            end(Outcome.COMPLETE);
            client.exchangeEnded(true, true);
        } else if (responseBegun) {
            if (response.endsWithConnection() && !failed) {
                end(Outcome.COMPLETE);
                client.exchangeEnded(true, !requestDone);
            } else {
                upstreamFailed("cut");
                abort(Outcome.UPSTREAM_FAILED, failed);
            }
        } else if (untouched && requestDone && head != null && mayResend(lost)) {
            resent = true;
            head.readerIndex(0);
            if (wholeBody != null) {
                wholeBody.readerIndex(wholeBodyStart);
            }
            connecting = destination().pool().connectElsewhere(this, lost);
        } else if (clientHalfClosed) {
            abort(Outcome.CLIENT_ABORTED, false);
        } else {
            upstreamFailed("closed");
            answer(502, "the upstream closed the connection without a response", Outcome.UPSTREAM_FAILED);
        }
    }

    @Override
    public void writabilityChanged() {
        // Whoever it is that is waited for from here on, it was not waited for before.
        upstreamProgressAt = loop.ticker.now();
        clientProgressAt = upstreamProgressAt;
        client.updateReading();
    }

    void tick(long now, ForwardSettings.Timeouts timeouts) {
        if (!requestDone && upstream != null) {
            String slow = pace.tooSlow(now, request, upstream.writable() && !awaitsContinue);
            if (slow != null) {
                stalled(slow);
                return;
            }
        }
        if (!requestDone && !responseBegun && upstream != null && upstream.writable()) {
            if (now - clientProgressAt > timeouts.requestBody().toNanos()) {
                stalled("the request body stalled for proxy.timeouts.requestBody");
            }
        } else if (upstream != null && !responseBegun) {
            if (now - upstreamProgressAt > destination().policy().response().toNanos()) {
                upstreamFailed("timeout");
                answer(
                        504,
                        "the upstream did not answer within proxy.timeouts.response or responseTimeout of its route",
                        Outcome.TIMED_OUT);
            }
        } else if (responseBegun && now - lastProgress() > timeouts.stream().toNanos()) {
            upstreamFailed("timeout");
            abort(Outcome.TIMED_OUT, false);
        }
    }

    /** Once both ways are open, as in a conversation of gRPC, either may be silent while the other goes on. */
    private long lastProgress() {
        return requestDone ? upstreamProgressAt : Math.max(upstreamProgressAt, clientProgressAt);
    }

    /** The client is too slow to wait for. */
    private void stalled(String reason) {
        if (responseBegun) {
            abort(Outcome.CLIENT_ABORTED, false);
        } else {
            closeUpstream();
            end(Outcome.CLIENT_ABORTED);
            client.refuse(408, reason, headRequest);
        }
    }

    private void upstreamFailed(String kind) {
        loop.meters.upstreamFailed(destination().pool().upstream(), kind);
    }

    /** Ends the exchange with a response of the proxy's own. */
    private void answer(int status, String reason, Outcome outcome) {
        closeUpstream();
        loop.meters.refused(status);
        boolean close = !requestDone || !clientPersistent || clientMinorVersion == 0 || loop.draining();
        client.write(OwnResponse.of(
                status, reason, headRequest, close, client.channel().alloc()));
        boolean unread = !requestDone;
        end(outcome);
        client.exchangeEnded(close, unread);
    }

    /** Ends the exchange in the middle of its response. */
    private void abort(Outcome outcome, boolean reset) {
        closeUpstream();
        end(outcome);
        client.cut(reset);
    }

    private void end(Outcome outcome) {
        letGo();
        if (tap != null) {
            tap.end(outcome);
        } else {
            loop.meters.forwarded();
        }
    }

    /** The relay has no part in the exchange any more. */
    private void letGo() {
        active = false;
        forgetRequest();
        if (partialHead != null) {
            partialHead.release();
            partialHead = null;
        }
    }

    /** What was not looked at may be sent again in any case. */
    private boolean mayResend(@Nullable UpstreamConnection lost) {
        return idempotent || lost != null && lost.refused();
    }

    private Destination destination() {
        return Objects.requireNonNull(to);
    }

    private void closeUpstream() {
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
        if (upstream != null) {
            upstream.close();
            upstream = null;
        }
    }

    private void forgetRequest() {
        if (head != null) {
            head.release();
            head = null;
        }
        if (wholeBody != null) {
            wholeBody.release();
            wholeBody = null;
        }
    }

    /** A buffer with the same bytes that more can be written to. */
    private ByteBuf growable(ByteBuf in) {
        if (in.maxFastWritableBytes() >= in.readableBytes()) {
            return in;
        }
        ByteBuf larger = client.channel().alloc().directBuffer(2 * in.readableBytes());
        larger.writeBytes(in);
        in.release();
        return larger;
    }
}

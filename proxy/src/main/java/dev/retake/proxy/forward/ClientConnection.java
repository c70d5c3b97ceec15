package dev.retake.proxy.forward;

import dev.retake.proxy.http1.Head;
import dev.retake.proxy.http1.Refusal;
import dev.retake.proxy.route.RouteTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: finds the requests in its bytes and gives them, one at a time and in order, to its {@link
 * Relay}. Bytes of a request that is not yet due (pipelining) wait, and with them the reading of more.
 *
 * <p>It stays one handler for life: a tunnel takes over its bytes, not its place in the pipeline. TLS stands in front of
 * it, and is seen here in three places only: a connection has arrived once its handshake is done; its end comes as a
 * close_notify, for both directions at once; and it is ended by one, unless what was sent is not whole.
 *
 * <p>A connection of HTTP/2 keeps its one as well, which counts, times and ends it; each of its streams has one more, which
 * serves the stream's one exchange.
 *
 * <p>Longer than most, since reading, pipelining, refusing and closing share the one state of the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
public final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private enum Phase {
        OPEN,
        /** The last response is out; what the client still sends is read and dropped, lest a reset overtake it. */
        LINGERING,
        /** Closed, or closing as soon as all is written. */
        CLOSED
    }

    final ForwardLoop loop;

    @Nullable
    ClientConnection previous;

    @Nullable
    ClientConnection next;

    private final long number;
    private final boolean tls;
    private final boolean announced;
    private final @Nullable ExchangeStream stream;
    private Multiplexing.@Nullable Carrier carrier;
    private @Nullable Client client;
    private @Nullable InetAddress announcedAddress;
    private boolean arrivalFailed;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Relay relay;
    private @Nullable Tunnel tunnel;
    private @Nullable ByteBuf pending;
    private Phase phase = Phase.OPEN;
    private boolean processing;
    private boolean inputEnded;
    private boolean cut;
    private boolean headBegun;
    private int parsed;
    private int searched;
    private long headSince;
    private long idleSince;
    private long closeBy;
    private @Nullable Backlog backlog;
    private @Nullable Multiplexing agreed;
    private @Nullable InetAddress counted;

    /**
     * @param tls whether TLS stands in front, and has yet to shake hands
     * @param announced whether a {@link ClientAddress} comes before all else
     */
    ClientConnection(ForwardLoop loop, long number, boolean tls, boolean announced) {
        this.loop = loop;
        this.number = number;
        this.tls = tls;
        this.announced = announced;
        this.stream = null;
    }

    /** The one exchange of {@code stream}, on the connection of {@code client}. */
    private ClientConnection(ForwardLoop loop, Client client, ExchangeStream stream) {
        this.loop = loop;
        this.number = client.connection();
        this.tls = false;
        this.announced = false;
        this.stream = stream;
        this.client = client;
    }

    /** What serves the one exchange of {@code stream}, which this connection carries. */
    public ClientConnection serve(ExchangeStream stream) {
        return new ClientConnection(loop, Objects.requireNonNull(client), stream);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        backlog = new Backlog(ctx.channel(), stream, loop.ticker.now());
        loop.add(this);
        if (stream != null) {
            relay = new Relay(this, Objects.requireNonNull(client));
            idleSince = loop.ticker.now();
            return;
        }
        boolean crowded = loop.meters.clients().incrementAndGet() > loop.settings.connections();
        if (!tls && !announced) {
            arrive(null);
        }
        if ((crowded || loop.overloaded()) && relay == null) {
            arrivalFailed("limit");
            closeNow(); // no handshake is spent on it
        } else if (crowded && phase == Phase.OPEN) {
            refuse(503, "all of proxy.limits.connections are in use; try again later", false);
        } else if (loop.draining()) {
            ctx.close();
        }
    }

    /** From here on requests can come. */
    private void arrive(@Nullable SSLSession session) {
        InetAddress address = announcedAddress != null ? announcedAddress : peer(channel());
        client = identify(address, session, false);
        relay = new Relay(this, client);
        idleSince = loop.ticker.now();
        int limit = loop.settings.clients().connections();
        if (limit > 0 && loop.meters.byAddress().enter(address, limit)) {
            counted = address;
        } else if (limit > 0) {
            refuse(503, "all of proxy.limits.clientConnections are in use; close some first", false);
        }
    }

    private Client identify(InetAddress address, @Nullable SSLSession session, boolean http2) {
        boolean trusted = false;
        for (Cidr block : loop.settings.trustedReplayers()) {
            trusted |= block.contains(address);
        }
        String subjectName = loop.settings.subjectField();
        SubjectField subject = subjectName == null ? null : new SubjectField(subjectName, session);
        RequestRewriter rewriter = new RequestRewriter(loop.settings.added(), address, tls, http2, subject);
        return new Client(rewriter, trusted, number, address);
    }

    /** From here on the connection carries the streams of another protocol, and {@link #serve} each of their exchanges. */
    private void multiplex(Multiplexing protocol, @Nullable SSLSession session, @Nullable ByteBuf first) {
        client = identify(Objects.requireNonNull(client).address(), session, true);
        carrier = protocol.begin(this, Objects.requireNonNull(context), first);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (phase != Phase.OPEN) {
            bytes.release();
        } else if (tunnel != null) {
            tunnel.fromClient(bytes);
        } else {
            pending = pending == null ? bytes : join(pending, bytes);
            relay().clientProgress();
            process();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (tunnel != null) {
            tunnel.flushUpstream();
        } else if (relay != null) {
            relay.flushUpstream();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (tunnel != null) {
            tunnel.clientWritabilityChanged();
        } else if (relay != null) {
            relay.clientWritabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                SslHandler handler = ctx.pipeline().get(SslHandler.class);
                SSLSession session = handler.engine().getSession();
                Multiplexing other = loop.multiplexing;
                agreed = other != null && other.name().equals(handler.applicationProtocol()) ? other : null;
                arrive(session);
                if (phase == Phase.OPEN && agreed != null) {
                    multiplex(agreed, session, null);
                }
            } else {
                arrivalFailed(ArrivalFailure.ofHandshake(handshake.cause()));
            }
        } else if (event instanceof ClientAddress address) {
            announcedAddress = address.announced();
            if (!tls) {
                arrive(null);
            }
        } else if (event instanceof ArrivalFailure failure) {
            arrivalFailed(failure.kind());
        } else if ((tls || relay == null || carrier != null)
                && (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent)) {
            bothEnded();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (phase == Phase.LINGERING) {
                closeAfterWrites();
            } else if (phase == Phase.OPEN && tunnel != null) {
                tunnel.clientInputEnded();
            } else if (phase == Phase.OPEN && !relay().active()) {
                finish(false);
            } else if (phase == Phase.OPEN && pending == null) {
                relay().clientInputEnded();
            }
        }
    }

    /** Over TLS no client that ended its side is told anything more (RFC 8446 §6.1 allows it, and few can take it). */
    private void bothEnded() {
        if (inputEnded) {
            return;
        }
        inputEnded = true;
        if (relay == null || carrier != null || phase == Phase.OPEN && (tunnel != null || relay.active())) {
            closeNow();
        } else if (phase == Phase.OPEN) {
            finish(false);
        } else {
            closeAfterWrites();
        }
    }

    /** Who is at the other end of {@code channel}; whoever connects to a Unix socket is on this host. */
    public static InetAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private void arrivalFailed(String kind) {
        if (!arrivalFailed) {
            arrivalFailed = true;
            loop.meters.arrivalFailed(kind);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSED;
        if (stream == null) {
            loop.meters.clients().decrementAndGet();
        }
        if (counted != null) {
            loop.meters.byAddress().leave(counted);
            counted = null;
        }
        dropPending();
        if (tunnel != null) {
            tunnel.clientClosed();
        } else if (relay != null) {
            relay.clientClosed();
        }
        loop.remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What TLS finds wrong in a client's bytes comes wrapped by the codec that it is.
        boolean clients = cause instanceof DecoderException && !(cause.getCause() instanceof RuntimeException);
        if (!clients && !(cause instanceof IOException)) {
            loop.report(cause);
        }
        closeNow();
    }

    /** Works on the bytes that are there as far as they can be worked on now. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        boolean progress = true;
        while (progress && pending != null && phase == Phase.OPEN && tunnel == null) {
            progress = relay().active() ? relay().body(pending) : head(pending);
        }
        processing = false;
        if (carrier != null) {
            return;
        }
        if (inputEnded && phase == Phase.OPEN && tunnel == null) {
            processLast();
        }
        updateReading();
    }

    /** The client will send no more: what is not whole by now never will be. */
    private void processLast() {
        if (!relay().active()) {
            finish(false);
        } else if (pending == null && !relay().requestDone()) {
            relay().clientInputEnded();
        }
    }

    /** Reads from the client only what can be passed on or is awaited. */
    void updateReading() {
        if (inputEnded) {
            return; // there is nothing left to read, and epoll may not know the socket any more
        }
        boolean reading;
        if (phase == Phase.OPEN && tunnel != null) {
            reading = tunnel.takesFromClient();
        } else {
            reading = phase != Phase.OPEN || !relay().active() || pending == null && relay().takesMore();
        }
        Channel channel = channel();
        if (channel.config().isAutoRead() != reading && channel.isActive()) {
            channel.config().setAutoRead(reading);
        }
    }

    private boolean head(ByteBuf in) {
        if (!headBegun) {
            headBegun = true;
            headSince = loop.ticker.now();
            parsed = 0;
            searched = 0;
        } else if (!worthParsing(in)) {
            return false;
        }
        parsed = in.readableBytes();
        switch (loop.requests.request(in)) {
            case INCOMPLETE -> {
                if (loop.requests.head().start() == parsed) {
                    dropPending(); // empty lines between requests, no beginning of one
                    headBegun = false;
                }
                return false;
            }
            case REFUSED -> {
                Multiplexing other = loop.multiplexing;
                if (other != null && !tls && stream == null && !relay().used() && other.begins(in)) {
                    return beginMultiplexing(other, in);
                }
                refuse(Objects.requireNonNull(loop.requests.head().refusal()));
                return false;
            }
            case ACCEPTED -> {
                headBegun = false;
                route(loop.requests.head());
                return true;
            }
        }
        throw new IllegalStateException();
    }

    /** HTTP/1.1 refuses the version in the preface, so that looking for one costs its own requests nothing. */
    private boolean beginMultiplexing(Multiplexing protocol, ByteBuf in) {
        if (in.readableBytes() >= protocol.prefaceLength()) {
            multiplex(protocol, null, take(in.readableBytes()));
        }
        return false;
    }

    private void route(Head head) {
        int route = loop.destinations.find(head);
        if (route >= 0) {
            forward(head, loop.destinations.ofRoute(route));
        } else if (route == RouteTable.NONE) {
            notFound(head);
        } else if (loop.settings.observe()) {
            loop.meters.wouldRefuse(Refusal.ROUTE_UNCLEAR.status());
            forward(head, loop.destinations.ofRoute(RouteTable.candidate(route)).unsure());
        } else {
            refuse(Refusal.ROUTE_UNCLEAR.status(), Refusal.ROUTE_UNCLEAR.reason(), head.isHeadMethod());
        }
    }

    private void forward(Head head, Destination to) {
        long limit = to.policy().requestBody();
        if (limit > 0 && head.contentLength() > limit) {
            refuse(Refusal.BODY_TOO_LARGE);
        } else if (loop.overloaded()) {
            refuse(503, "the relay's memory is at proxy.limits.memory; try again later", head.isHeadMethod());
        } else {
            release(take(head.end()));
            relay().begin(head, headSince, to);
        }
    }

    /**
     * Says that no route takes the request. The connection goes on where there is no body to be read past and the client
     * takes its answers; else it could have more of them wait than it sends.
     */
    private void notFound(Head head) {
        String reason = "no route of the proxy takes this host and path";
        boolean persistent = head.persistent() && head.minorVersion() == 1 && stream == null && !loop.draining();
        if (head.chunked() || head.contentLength() > 0 || !persistent || !writable()) {
            refuse(404, reason, head.isHeadMethod());
            return;
        }
        loop.meters.refused(404);
        write(OwnResponse.of(404, reason, head.isHeadMethod(), false, channel().alloc()));
        flush();
        release(take(head.end()));
        idleSince = loop.ticker.now();
    }

    /** A head that comes in crumbs is parsed again when it may be whole, or has doubled, not for each crumb. */
    private boolean worthParsing(ByteBuf in) {
        int readable = in.readableBytes();
        int from = in.readerIndex();
        boolean ends = false;
        for (int i = Math.max(searched - 1, 0); i + 2 < readable && !ends; i++) {
            if (in.getByte(from + i) == '\n') {
                byte after = in.getByte(from + i + 1);
                ends = after == '\n' || after == '\r' && in.getByte(from + i + 2) == '\n';
            }
        }
        searched = Math.max(0, readable - 2);
        return ends
                || readable >= 2 * parsed
                || readable > loop.settings.limits().head();
    }

    private void refuse(Refusal refusal) {
        Destination rest = loop.destinations.rest();
        if (passesUnread() && rest != null) {
            loop.meters.wouldRefuse(refusal.status());
            Tunnel blind = new Tunnel(this, null);
            tunnelThrough(blind);
            blind.connect(rest);
        } else {
            refuse(refusal.status(), refusal.reason(), false);
        }
    }

    /** Whether it serves one stream of a connection that carries many. */
    boolean isStream() {
        return stream != null;
    }

    /** Whether what cannot be read passes as it is; what is one of many streams cannot. */
    boolean passesUnread() {
        return loop.settings.observe() && stream == null;
    }

    /** Answers a request itself, for the last time on this connection. */
    public void refuse(int status, String reason, boolean headRequest) {
        loop.meters.refused(status);
        write(
                agreed == null
                        ? OwnResponse.of(
                                status, reason, headRequest, true, channel().alloc())
                        : agreed.refusal(reason, channel().alloc()));
        finish(true);
    }

    /** From here on all bytes are the tunnel's. */
    void tunnelThrough(Tunnel next) {
        tunnel = next;
        ByteBuf rest = pending;
        pending = null;
        if (rest != null) {
            next.fromClient(rest);
        }
        if (inputEnded) {
            next.clientInputEnded();
        }
    }

    /** An exchange is over. */
    void exchangeEnded(boolean close, boolean unread) {
        if (close || stream != null || loop.draining() || inputEnded && pending == null) {
            finish(unread || pending != null);
            return;
        }
        flush();
        idleSince = loop.ticker.now();
        if (pending != null) {
            process();
            relay().flushUpstream();
        } else {
            updateReading();
        }
    }

    /** Closes once all that was written is out; {@code unread} where the client may still be sending. */
    void finish(boolean unread) {
        if (phase != Phase.OPEN) {
            return;
        }
        dropPending();
        closeBy = loop.ticker.now() + loop.settings.timeouts().stream().toNanos();
        if (stream != null) {
            phase = Phase.CLOSED;
            if (cut) {
                stream.cut();
            } else {
                stream.end();
            }
            return;
        }
        if (unread && !inputEnded) {
            phase = Phase.LINGERING;
            endOutput(() -> closeBy = loop.ticker.now() + LINGER_NANOS);
            updateReading();
        } else {
            closeAfterWrites();
        }
    }

    private void closeAfterWrites() {
        phase = Phase.CLOSED;
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (cut) {
                closeNow();
            } else {
                channel().close();
            }
        });
    }

    /** Tells the client that no more comes, once all that was written is out. */
    void endOutput(Runnable then) {
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (tls && !cut && channel().isActive()) {
                channel().pipeline().get(SslHandler.class).closeOutbound().addListener(told -> shutdownOutput(then));
            } else {
                shutdownOutput(then);
            }
        });
    }

    private void shutdownOutput(Runnable then) {
        ((DuplexChannel) channel()).shutdownOutput();
        then.run();
    }

    /**
     * Closes in the way the upstream did: in order, or by a reset, so that a cut response does not look whole. Over TLS
     * neither says close_notify.
     */
    void cut(boolean reset) {
        if (reset && stream == null) {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        inputEnded |= reset && stream == null;
        cut = true;
        finish(true);
    }

    /** Closes at once; TLS is not asked to say that all was sent, since it may not have been. */
    void closeNow() {
        ChannelHandlerContext front = channel().pipeline().context(SslHandler.class);
        if (front == null) {
            channel().close();
        } else {
            front.close();
        }
    }

    void drain() {
        if (relay == null) {
            closeNow();
        } else if (carrier != null) {
            carrier.drain();
        } else if (phase == Phase.OPEN && tunnel == null && !relay.active() && pending == null) {
            finish(false);
        }
    }

    void tick(long now) {
        ForwardSettings.Timeouts timeouts = loop.settings.timeouts();
        if (relay == null) {
            return; // what stands in front has a clock of its own
        }
        if (backlog().standsStill(now, timeouts.send())) {
            giveUp();
            return;
        }
        if (carrier != null) {
            carrier.tick(now);
            return;
        }
        if (phase != Phase.OPEN) {
            if (now - closeBy > 0) {
                channel().close();
            }
        } else if (tunnel != null) {
            tunnel.tick(now);
        } else if (relay().active()) {
            relay().tick(now, timeouts);
        } else if (headBegun) {
            if (now - headSince > timeouts.head().toNanos()) {
                refuse(408, "the request head did not arrive within proxy.timeouts.head", false);
            }
        } else if (now - idleSince > (backlog().bytes() > 0 ? timeouts.stream() : timeouts.keepAlive()).toNanos()) {
            channel().close();
        }
    }

    /** Ends at once, and not in order: the client must not take what it has for all that there was. */
    private void giveUp() {
        if (stream != null) {
            stream.abandon();
        } else {
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
            closeNow();
        }
    }

    void write(ByteBuf bytes) {
        channel().write(bytes, channel().voidPromise());
    }

    void flush() {
        channel().flush();
    }

    boolean writable() {
        return channel().isWritable();
    }

    Channel channel() {
        return Objects.requireNonNull(context).channel();
    }

    /** Takes the first {@code length} bytes that wait. */
    ByteBuf take(int length) {
        ByteBuf in = Objects.requireNonNull(pending);
        if (length == in.readableBytes()) {
            pending = null;
            return in;
        }
        return in.readRetainedSlice(length);
    }

    private ByteBuf join(ByteBuf before, ByteBuf after) {
        ByteBuf both = before;
        if (before.refCnt() > 1 || before.maxFastWritableBytes() < after.readableBytes()) {
            int size = before.readableBytes() + after.readableBytes();
            both = channel().alloc().directBuffer(Math.max(2 * before.readableBytes(), size));
            both.writeBytes(before);
            before.release();
        }
        both.writeBytes(after);
        after.release();
        return both;
    }

    private Backlog backlog() {
        return Objects.requireNonNull(backlog);
    }

    private Relay relay() {
        return Objects.requireNonNull(relay);
    }

    private void dropPending() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    private static void release(ByteBuf bytes) {
        bytes.release();
    }
}

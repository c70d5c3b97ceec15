package dev.retake.cli;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that mean no good: they say something, then go on in one of a few ways, and come again when closed. All
 * together they say no more in a second than a bound, lest they take from honest clients what no proxy can give back: the
 * machine's processors, which both share here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is begun again
final class Attacker implements AutoCloseable {
    /** What a connection does once it has said its first words. */
    enum Then {
        /** Says its second words once a second. */
        DRIP,
        /** Says its second words again as soon as they are taken, within the bound of all. */
        POUR,
        /** Says no more, and takes nothing. */
        READ_NOTHING,
        /** Says no more, and takes what comes. */
        WAIT,
        /** Ends its side. */
        HALF_CLOSE,
        /** Resets the connection at once. */
        RESET
    }

    private static final int ATTEMPTS_EACH = 20;
    private static final int CONNECTIONS_PER_SECOND = 1_200;
    private static final int DRIP_MILLIS = 1_000;
    private static final int TICK_MILLIS = 10;

    private final EventLoop loop;
    private final InetSocketAddress target;
    private final byte[] first;
    private final byte[] second;
    private final Then then;
    private final int bytesPerSecond;
    private final AtomicInteger connected = new AtomicInteger();
    private final Future<?> ticking;

    /** Those that are open, and in turn; for the loop's thread. */
    private final ArrayDeque<Channel> open = new ArrayDeque<>();

    private int missing;
    private int attempts;
    private volatile boolean ended;

    /** @param bytesPerSecond of second words, of all connections together, where they pour */
    Attacker(
            EventLoop loop,
            InetSocketAddress target,
            int connections,
            String first,
            Then then,
            String second,
            int bytesPerSecond) {
        this.loop = loop;
        this.target = target;
        this.first = first.getBytes(StandardCharsets.US_ASCII);
        this.second = second.getBytes(StandardCharsets.US_ASCII);
        this.then = then;
        this.bytesPerSecond = bytesPerSecond;
        this.missing = connections;
        this.attempts = connections * ATTEMPTS_EACH;
        this.ticking = loop.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many connections were made so far. */
    int connected() {
        return connected.get();
    }

    /** Ends them all. */
    @Override
    public void close() {
        ended = true;
        ticking.cancel(false);
        loop.submit(() -> open.forEach(Channel::close)).syncUninterruptibly();
    }

    private void tick() {
        for (int i = 0; i < CONNECTIONS_PER_SECOND * TICK_MILLIS / 1_000 && missing > 0 && attempts > 0; i++) {
            missing--;
            attempts--;
            connect();
        }
        switch (then) {
            case DRIP -> say(1 + open.size() * TICK_MILLIS / DRIP_MILLIS);
            case POUR -> say(1 + bytesPerSecond / (1_000 / TICK_MILLIS) / second.length);
            case READ_NOTHING, WAIT, HALF_CLOSE, RESET -> {}
        }
    }

    /** Has the next {@code times} connections say their second words. */
    private void say(int times) {
        int deaf = 0;
        for (int said = 0; said < times && deaf < open.size(); ) {
            Channel next = open.removeFirst();
            open.addLast(next);
            if (next.isWritable()) {
                next.writeAndFlush(Unpooled.wrappedBuffer(second));
                said++;
                deaf = 0;
            } else {
                deaf++;
            }
        }
    }

    private void connect() {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, then != Then.READ_NOTHING)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, then == Then.HALF_CLOSE)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Villain());
                    }
                })
                .connect(target)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        missing++;
                    }
                });
    }

    private final class Villain extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            Channel channel = ctx.channel();
            if (ended) {
                channel.close();
                return;
            }
            connected.incrementAndGet();
            open.add(channel);
            channel.writeAndFlush(Unpooled.wrappedBuffer(first)).addListener(done -> goOn(channel));
        }

        private void goOn(Channel channel) {
            switch (then) {
                case HALF_CLOSE -> ((NioSocketChannel) channel).shutdownOutput();
                case RESET -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.close();
                }
                case DRIP, POUR, READ_NOTHING, WAIT -> {}
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ((ByteBuf) message).release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open.remove(ctx.channel());
            missing++;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}

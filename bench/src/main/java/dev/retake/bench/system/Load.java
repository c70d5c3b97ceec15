package dev.retake.bench.system;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive connections that send sessions of requests, either as fast as answers come or at a fixed rate. At a fixed
 * rate a latency counts from when the request was due, so that a slow proxy cannot hide by slowing the load. Runs on one
 * event loop; all state belongs to it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails shows as an error of the connection
final class Load {
    private static final long TICK_NANOS = 500_000;

    /** What a run of the load showed. Latencies are in nanoseconds. */
    record Result(long requests, long errors, double seconds, Histogram latencies) {
        double perSecond() {
            return requests / seconds;
        }
    }

    private final EventLoop loop;
    private final int bodyBytes;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(60_000_000_000L, 3);
    private long nextSession;
    private double rate;
    private boolean running;
    private long startedAt;
    private long issued;
    private long completed;
    private long errors;

    private Load(EventLoop loop, long firstSession, int bodyBytes) {
        this.loop = loop;
        this.nextSession = firstSession;
        this.bodyBytes = bodyBytes;
    }

    /** Opens {@code count} connections to {@code port}. */
    static Load connect(EventLoop loop, int port, int count, long firstSession, int bodyBytes)
            throws InterruptedException {
        Load load = new Load(loop, firstSession, bodyBytes);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Connection connection = load.new Connection();
                        load.connections.add(connection);
                        channel.pipeline().addLast(connection);
                    }
                });
        for (int i = 0; i < count; i++) {
            bootstrap.connect("127.0.0.1", port).sync();
        }
        return load;
    }

    /**
     * Runs for {@code seconds}.
     *
     * @param perSecond requests a second over all connections, 0 for as fast as answers come
     */
    Result run(double seconds, double perSecond) throws InterruptedException {
        loop.submit(() -> start(perSecond)).sync();
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
        Result[] result = new Result[1];
        loop.submit(() -> {
                    running = false;
                    result[0] = new Result(completed, errors, (System.nanoTime() - startedAt) / 1e9, latencies.copy());
                })
                .sync();
        return result[0];
    }

    /** Waits until every answer is there, then closes the connections. */
    void close() throws InterruptedException {
        for (Connection connection : connections) {
            connection.channel().close().sync();
        }
    }

    private void start(double perSecond) {
        rate = perSecond;
        running = true;
        issued = 0;
        completed = 0;
        errors = 0;
        due.clear();
        latencies.reset();
        startedAt = System.nanoTime();
        idle.clear();
        connections.stream().filter(connection -> !connection.waiting).forEach(idle::add);
        if (perSecond > 0) {
            tick();
        } else {
            while (!idle.isEmpty()) {
                idle.poll().send(startedAt);
            }
        }
    }

    private void tick() {
        if (!running) {
            return;
        }
        long now = System.nanoTime();
        long wanted = (long) ((now - startedAt) / 1e9 * rate);
        while (issued < wanted) {
            due.add(startedAt + (long) (issued / rate * 1e9));
            issued++;
        }
        dispatch();
        loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void dispatch() {
        while (!due.isEmpty() && !idle.isEmpty()) {
            idle.poll().send(due.poll());
        }
    }

    private final class Connection extends ChannelInboundHandlerAdapter {
        private @Nullable ChannelHandlerContext context;
        private boolean waiting;
        private boolean sizeKnown;
        private long session = -1;
        private int position = Payloads.EXCHANGES_PER_SESSION;
        private int missing;
        private long since;

        private Channel channel() {
            return context().channel();
        }

        private ChannelHandlerContext context() {
            return Objects.requireNonNull(context);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        void send(long dueAt) {
            if (position == Payloads.EXCHANGES_PER_SESSION) {
                position = 0;
                session = nextSession++;
            }
            waiting = true;
            sizeKnown = false;
            since = dueAt;
            context().writeAndFlush(Unpooled.wrappedBuffer(Payloads.request(session, position++)));
        }

        @Override
        public void channelRead(ChannelHandlerContext ignored, Object message) {
            ByteBuf in = (ByteBuf) message;
            if (!sizeKnown) {
                sizeKnown = true;
                missing = size(in);
            }
            missing -= in.readableBytes();
            in.release();
            if (missing <= 0) {
                answered();
            }
        }

        /**
         * Bytes of the whole answer. Proxies add fields, so the head's end is searched; heads of this benchmark come in
         * one segment.
         */
        private int size(ByteBuf in) {
            int start = in.readerIndex();
            for (int i = start + 3; i < in.writerIndex(); i++) {
                if (in.getByte(i) == '\n' && in.getByte(i - 2) == '\n') {
                    boolean ok = in.getByte(start + 9) == '2';
                    errors += ok ? 0 : 1;
                    return ok ? i + 1 - start + bodyBytes : in.readableBytes();
                }
            }
            errors++;
            return in.readableBytes();
        }

        private void answered() {
            waiting = false;
            if (!running) {
                return;
            }
            long now = System.nanoTime();
            completed++;
            latencies.recordValue(Math.max(1, now - since));
            if (rate > 0) {
                idle.add(this);
                dispatch();
            } else {
                send(now);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ignored) {
            errors += waiting ? 1 : 0;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
            errors++;
            failed.close();
        }
    }
}

package dev.retake.bench.system;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.ByteProcessor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The service behind every proxy: answers each GET with the body of the user that {@code X-User} names. */
final class Backend implements AutoCloseable {
    private static final byte[] USER = "\r\nX-User: ".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;

    private Backend(Channel channel) {
        this.channel = channel;
    }

    static Backend start(EventLoopGroup loops, Payloads payloads) throws InterruptedException {
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new Answering(payloads));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return new Backend(channel);
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    /** Finds the end of each request head; its requests carry no bodies. */
    @SuppressWarnings("FutureReturnValueIgnored") // a broken connection shows on the load side
    private static final class Answering extends ChannelInboundHandlerAdapter {
        private final Payloads payloads;
        private int newlines;
        private int user;
        private int matched;

        Answering(Payloads payloads) {
            this.payloads = payloads;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            in.forEachByte((ByteProcessor) value -> {
                scan(context, value);
                return true;
            });
            in.release();
        }

        private void scan(ChannelHandlerContext context, byte value) {
            if (matched == USER.length) {
                if (value >= '0' && value <= '9') {
                    user = user * 10 + value - '0';
                } else {
                    matched = 0;
                }
            } else if (Character.toLowerCase(value) == Character.toLowerCase(USER[matched])) {
                matched++;
                user = matched == USER.length ? 0 : user;
            } else {
                matched = value == '\r' ? 1 : 0;
            }
            if (value == '\n') {
                newlines++;
            } else if (value != '\r') {
                newlines = 0;
            }
            if (newlines == 2) {
                newlines = 0;
                ByteBuf out = context.alloc().directBuffer(payloads.answerBytes());
                payloads.writeAnswer(out, user);
                context.write(out);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

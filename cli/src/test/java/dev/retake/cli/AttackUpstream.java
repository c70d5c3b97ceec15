package dev.retake.cli;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * A service that behaves as badly as its path says: {@code /stall} never answers, {@code /deaf} reads no body,
 * {@code /endless} answers without end, {@code /reset} cuts its answer off by a reset, {@code /bomb} answers with a
 * megabyte that inflates to a gigabyte. {@code /page} is a large page, and all else a small one, answered at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // who is gone has left
final class AttackUpstream implements AutoCloseable {
    private static final String BODY = "{\"item\":7,\"title\":\"Cotton shirt\",\"owner\":\"zoe@example.net\"}";
    private static final byte[] OK = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAGE = page();
    private static final byte[] BEGUN =
            "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegun".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNK = ("4000\r\n" + "e".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final byte[] bomb;
    private final Channel listener;

    AttackUpstream(EventLoopGroup loops) throws IOException {
        bomb = bomb();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Service());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }

    private static byte[] page() {
        String body = "[" + (BODY + ",").repeat(250) + "{}]";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 1024; i++) {
                gzip.write(block);
            }
        }
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + packed.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head);
        packed.writeTo(whole);
        return whole.toByteArray();
    }

    /** One connection; requests are told apart by their heads alone, since none but the deaf path is sent a body. */
    private final class Service extends ChannelInboundHandlerAdapter {
        private final StringBuilder head = new StringBuilder();
        private boolean silent;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            bytes.release();
            if (silent) {
                return;
            }
            head.append(text);
            for (int end = head.indexOf("\r\n\r\n"); end >= 0 && !silent; end = head.indexOf("\r\n\r\n")) {
                String path = head.substring(0, end).split(" ", 3)[1];
                head.delete(0, end + 4);
                answer(ctx.channel(), path);
            }
        }

        private void answer(Channel channel, String path) {
            switch (path) {
                case "/stall" -> silent = true;
                case "/deaf" -> {
                    silent = true;
                    channel.config().setAutoRead(false);
                }
                case "/endless" -> {
                    silent = true;
                    channel.write(Unpooled.wrappedBuffer(CHUNKED));
                    goOn(channel);
                }
                case "/reset" -> {
                    silent = true;
                    channel.config().setOption(ChannelOption.SO_LINGER, 0);
                    channel.writeAndFlush(Unpooled.wrappedBuffer(BEGUN)).addListener(done -> channel.close());
                }
                case "/page" -> channel.writeAndFlush(Unpooled.wrappedBuffer(PAGE));
                case "/bomb" -> channel.writeAndFlush(Unpooled.wrappedBuffer(bomb));
                default -> channel.writeAndFlush(Unpooled.wrappedBuffer(OK));
            }
        }

        /** Most of a megabyte a second, as long as it is taken. */
        private void goOn(Channel channel) {
            if (channel.isActive()) {
                if (channel.isWritable()) {
                    channel.writeAndFlush(Unpooled.wrappedBuffer(CHUNK));
                }
                channel.eventLoop().schedule(() -> goOn(channel), 20, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}

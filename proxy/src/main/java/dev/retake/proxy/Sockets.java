package dev.retake.proxy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Netty's classes for one way to drive sockets.
 *
 * @param ioHandlers what event loops wait with
 */
record Sockets(
        IoHandlerFactory ioHandlers,
        Class<? extends ServerSocketChannel> server,
        Class<? extends SocketChannel> client) {

    /** @throws RetakeException {@link ErrorCode#CONFIGURATION} where epoll is demanded and does not load */
    static Sockets of(Transport transport) {
        return switch (transport) {
            case AUTO -> Epoll.isAvailable() ? epoll() : nio();
            case EPOLL -> {
                if (!Epoll.isAvailable()) {
                    throw new RetakeException(
                            ErrorCode.CONFIGURATION,
                            "proxy.transport is epoll, which needs Linux on x86-64 or aarch64 with glibc; set it to auto.",
                            Epoll.unavailabilityCause());
                }
                yield epoll();
            }
            case NIO -> nio();
        };
    }

    private static Sockets epoll() {
        return new Sockets(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
    }

    private static Sockets nio() {
        return new Sockets(NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }
}

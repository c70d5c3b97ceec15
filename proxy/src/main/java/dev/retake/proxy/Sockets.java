package dev.retake.proxy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Netty's classes for one way to drive sockets.
 *
 * @param epoll whether by epoll, which alone has Unix sockets
 * @param ioHandlers what event loops wait with
 */
record Sockets(boolean epoll, IoHandlerFactory ioHandlers) {

    /** @throws RetakeException {@link ErrorCode#CONFIGURATION} where epoll is demanded and does not load */
    static Sockets of(Transport transport) {
        return switch (transport) {
            case AUTO -> Epoll.isAvailable() ? byEpoll() : byNio();
            case EPOLL -> {
                if (!Epoll.isAvailable()) {
                    throw new RetakeException(
                            ErrorCode.CONFIGURATION,
                            "proxy.transport is epoll, which needs Linux on x86-64 or aarch64 with glibc; set it to auto.",
                            Epoll.unavailabilityCause());
                }
                yield byEpoll();
            }
            case NIO -> byNio();
        };
    }

    /**
     * What listens.
     *
     * @param unix whether on a Unix socket
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where there are no Unix sockets
     */
    Class<? extends ServerChannel> server(boolean unix) {
        if (unix) {
            needEpoll();
            return EpollServerDomainSocketChannel.class;
        }
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /**
     * What connects.
     *
     * @param unix whether to a Unix socket
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where there are no Unix sockets
     */
    Class<? extends Channel> client(boolean unix) {
        if (unix) {
            needEpoll();
            return EpollDomainSocketChannel.class;
        }
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    private void needEpoll() {
        if (!epoll) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "Unix sockets need epoll, that is Linux on x86-64 or aarch64 with glibc, and proxy.transport other than"
                            + " nio; use HOST:PORT.");
        }
    }

    private static Sockets byEpoll() {
        return new Sockets(true, SteadyEpoll.newFactory());
    }

    private static Sockets byNio() {
        return new Sockets(false, NioIoHandler.newFactory());
    }
}

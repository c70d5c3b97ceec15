package dev.retake.proxy;

/** How sockets are driven. */
public enum Transport {
    AUTO,
    EPOLL,
    NIO
}

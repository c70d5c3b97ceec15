package dev.retake.proxy.http1;

/**
 * How large a head may be.
 *
 * @param requestLine bytes of a request's first line
 * @param head bytes from the start line to the empty line
 * @param fields field lines
 */
public record HeadLimits(int requestLine, int head, int fields) {}

package dev.retake.proxy.http2;

/** When HTTP/2 is spoken with the upstream. */
public enum UpstreamProtocol {
    /** For requests that came over HTTP/2, where TLS agrees on it. */
    AUTO,
    /** Always: agreed on by TLS, or without asking. */
    ON,
    OFF
}

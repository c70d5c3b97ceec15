package dev.retake.proxy.upstream;

/** Why there is no upstream connection, with the status that the client gets. */
public enum ConnectFailure {
    UNREACHABLE(
            502,
            "connect",
            "the upstream does not accept connections; check that it runs where --upstream or proxy.upstreams say"),
    UNRESOLVED(502, "resolve", "the upstream's name does not resolve; check the host in --upstream or proxy.upstreams"),
    TLS(
            502,
            "tls",
            "the TLS handshake with the upstream failed; check its certificate, and trustedCertificates, certificate and serverName under proxy.upstream"),
    HTTP2(502, "http2", "the upstream does not speak HTTP/2; set proxy.http2.upstream to auto or off"),
    TIMED_OUT(504, "connect-timeout", "the upstream did not accept a connection within proxy.upstream.connectTimeout"),
    LIMIT(503, "limit", "all of proxy.upstream.connections are in use; try again later");

    private final int status;
    private final String kind;
    private final String reason;

    ConnectFailure(int status, String kind, String reason) {
        this.status = status;
        this.kind = kind;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    /** Its name in metrics. */
    public String kind() {
        return kind;
    }

    /** What went wrong and what to do. */
    public String reason() {
        return reason;
    }
}

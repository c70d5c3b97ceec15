package dev.retake.proxy.listen;

/** Whether connections begin with a header of the PROXY protocol, which names the client. */
public enum ProxyProtocol {
    /** None does: a header is a request that is refused. */
    OFF,
    /** Those of trusted proxies may. */
    ACCEPT,
    /** All do, and only trusted proxies may connect. */
    REQUIRE
}

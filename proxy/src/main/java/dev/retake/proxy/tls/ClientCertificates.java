package dev.retake.proxy.tls;

import io.netty.handler.ssl.ClientAuth;

/** Whether clients are asked for a certificate. */
public enum ClientCertificates {
    NONE(ClientAuth.NONE),
    OPTIONAL(ClientAuth.OPTIONAL),
    REQUIRED(ClientAuth.REQUIRE);

    private final ClientAuth auth;

    ClientCertificates(ClientAuth auth) {
        this.auth = auth;
    }

    ClientAuth auth() {
        return auth;
    }
}

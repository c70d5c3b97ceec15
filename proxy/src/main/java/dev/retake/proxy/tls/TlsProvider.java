package dev.retake.proxy.tls;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which implementation of TLS is used. */
public enum TlsProvider {
    AUTO,
    BORINGSSL,
    JDK;

    private static final Logger LOG = LoggerFactory.getLogger(TlsProvider.class);
    private static final String RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /**
     * Netty's name for the implementation, which is loaded by this. BoringSSL never renegotiates for a client; the JDK
     * does unless told not to before its first handshake.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where BoringSSL is demanded and does not load
     */
    public SslProvider load() {
        if (this != JDK && OpenSsl.isAvailable()) {
            LOG.info("TLS by BoringSSL");
            return SslProvider.OPENSSL;
        }
        if (this == BORINGSSL) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.tls.provider is boringssl, which needs Linux on x86-64 or aarch64 with glibc; set it to auto.",
                    OpenSsl.unavailabilityCause());
        }
        if (this == AUTO) {
            LOG.warn("TLS by the JDK, which is slower, since the natives of BoringSSL do not load here");
        } else {
            LOG.info("TLS by the JDK");
        }
        if (System.getProperty(RENEGOTIATION) == null) {
            System.setProperty(RENEGOTIATION, "true");
        }
        return SslProvider.JDK;
    }
}

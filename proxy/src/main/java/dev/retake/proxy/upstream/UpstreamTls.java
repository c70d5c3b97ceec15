package dev.retake.proxy.upstream;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** TLS towards the upstream; its certificate and name are always verified. */
public final class UpstreamTls {
    private UpstreamTls() {}

    /** @throws RetakeException {@link ErrorCode#CONFIGURATION} where the authorities cannot be read */
    public static SslContext context(UpstreamSettings settings) {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
        Path certificates = settings.trustedCertificates();
        try {
            if (certificates != null) {
                builder.trustManager(certificates.toFile());
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "Cannot read certificates from " + certificates
                            + "; proxy.upstream.trustedCertificates must name a PEM file.",
                    e);
        }
    }
}

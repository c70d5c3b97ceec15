package dev.retake.proxy.tls;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** TLS towards the upstream; its certificate and name are always verified. */
public final class UpstreamTls {
    private UpstreamTls() {}

    /**
     * The context of new connections, as the files say now. Thread-safe.
     *
     * @param protocols that are offered, the preferred one first
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where a file cannot be used
     */
    public static Supplier<SslContext> contexts(TlsSettings settings, List<String> protocols, FileReloads reloads) {
        SslProvider provider = settings.provider().load();
        TlsSettings.Upstream upstream = settings.upstream();
        List<Path> files = new ArrayList<>();
        if (upstream.authorities() != null) {
            files.add(upstream.authorities());
        }
        CertificateFiles own = upstream.certificate();
        if (own != null) {
            files.add(own.chain());
            files.add(own.key());
        }
        return reloads.keep("the certificate for the upstream", files, () -> context(upstream, protocols, provider));
    }

    private static SslContext context(TlsSettings.Upstream upstream, List<String> protocols, SslProvider provider) {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols));
        if (upstream.authorities() != null) {
            builder.trustManager(PemFile.certificates(upstream.authorities()));
        }
        CertificateFiles own = upstream.certificate();
        if (own != null) {
            List<X509Certificate> chain = PemFile.certificates(own.chain());
            PrivateKey key = PemFile.key(own.key());
            PemFile.checkPair(own, chain.get(0), key);
            builder.keyManager(key, chain);
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "TLS with the upstream cannot be used as it is set; check proxy.upstream.trustedCertificates,"
                            + " certificate and key.",
                    e);
        }
    }
}

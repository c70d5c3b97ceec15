package dev.retake.proxy.tls;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken.
 *
 * @param provider what it is done by
 * @param reload how often files are looked at
 * @param listener with clients; without certificates they are spoken to without TLS
 * @param upstream with an https upstream
 */
public record TlsSettings(TlsProvider provider, Duration reload, Listener listener, Upstream upstream) {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * With clients.
     *
     * @param certificates shown by the names they hold, the first also for all others; empty for no TLS
     * @param minimumVersion the oldest version
     * @param ciphers by their IANA names; empty for the default
     * @param clientCertificates whether clients are asked for one
     * @param clientAuthorities PEM file of those who issued them, null where clients are not asked
     * @param handshakeTimeout from the connection on
     * @param handshakeBytes that a client may send until the handshake is done
     */
    public record Listener(
            List<CertificateFiles> certificates,
            TlsVersion minimumVersion,
            List<String> ciphers,
            ClientCertificates clientCertificates,
            @Nullable Path clientAuthorities,
            Duration handshakeTimeout,
            int handshakeBytes) {}

    /**
     * With an https upstream, whose certificate and name are always verified.
     *
     * @param authorities PEM file, null for the system's
     * @param certificate shown to it, null for none
     * @param serverName asked for and verified, null for the upstream's own
     */
    public record Upstream(
            @Nullable Path authorities,
            @Nullable CertificateFiles certificate,
            @Nullable String serverName) {}

    /**
     * What the configuration says.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where settings do not go together
     */
    public static TlsSettings from(Config config) {
        ClientCertificates asked = config.get(TlsKeys.CLIENT_CERTIFICATES);
        Path authorities = path(config.get(TlsKeys.CLIENT_AUTHORITIES));
        if (asked != ClientCertificates.NONE && authorities == null) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.tls.clientCertificates asks for certificates; name their authorities in"
                            + " proxy.tls.clientAuthorities.");
        }
        Path certificate = path(config.get(TlsKeys.UPSTREAM_CERTIFICATE));
        Path key = path(config.get(TlsKeys.UPSTREAM_KEY));
        if ((certificate == null) != (key == null)) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.upstream.certificate and proxy.upstream.key go together; set both or none.");
        }
        String name = config.get(TlsKeys.UPSTREAM_NAME);
        return new TlsSettings(
                config.get(TlsKeys.PROVIDER),
                config.get(TlsKeys.RELOAD),
                new Listener(
                        config.get(TlsKeys.CERTIFICATES),
                        config.get(TlsKeys.MINIMUM_VERSION),
                        config.get(TlsKeys.CIPHERS),
                        asked,
                        authorities,
                        config.get(TlsKeys.HANDSHAKE_TIMEOUT),
                        config.get(TlsKeys.HANDSHAKE_BYTES)),
                new Upstream(
                        path(config.get(TlsKeys.UPSTREAM_CA)),
                        certificate == null || key == null ? null : new CertificateFiles(certificate, key),
                        name.isEmpty() ? null : name));
    }

    /**
     * The field that tells the upstream a client certificate's subject, null for none.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where it is no name of a field
     */
    public static @Nullable String subjectField(Config config) {
        String name = config.get(TlsKeys.CLIENT_SUBJECT);
        if (!name.isEmpty() && !FIELD_NAME.matcher(name).matches()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.tls.clientSubjectHeader must be letters, digits and hyphens, as X-Client-Subject.");
        }
        return name.isEmpty() ? null : name;
    }

    /** These settings with the one certificate that clients are shown. */
    public TlsSettings withCertificate(CertificateFiles files) {
        Listener with = new Listener(
                List.of(files),
                listener.minimumVersion,
                listener.ciphers,
                listener.clientCertificates,
                listener.clientAuthorities,
                listener.handshakeTimeout,
                listener.handshakeBytes);
        return new TlsSettings(provider, reload, with, upstream);
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }
}

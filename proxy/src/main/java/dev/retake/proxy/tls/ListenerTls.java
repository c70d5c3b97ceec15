package dev.retake.proxy.tls;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.meter.Meter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with clients: which certificate is shown to whom, as the files say now. A handshake takes what is in use when it
 * begins; connections that are open keep what they began with. Thread-safe.
 */
public final class ListenerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerTls.class);
    private static final int DNS_NAME = 2;
    /** Mozilla's intermediate suites (version 5.7) but for those with ephemeral Diffie-Hellman over finite fields. */
    private static final List<String> INTERMEDIATE = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** What one set of files gives: contexts by server name, and when the first certificate expires. */
    private record Shown(Mapping<String, SslContext> contexts, long expiresAt) {}

    private final TlsSettings.Listener settings;
    private final SslProvider provider;
    private final List<String> protocols;
    private final Supplier<Shown> shown;

    private ListenerTls(TlsSettings.Listener settings, SslProvider provider, boolean http2, FileReloads reloads) {
        this.settings = settings;
        this.provider = provider;
        this.protocols = http2
                ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
                : List.of(ApplicationProtocolNames.HTTP_1_1);
        List<Path> files = new ArrayList<>();
        for (CertificateFiles pair : settings.certificates()) {
            files.add(pair.chain());
            files.add(pair.key());
        }
        if (settings.clientAuthorities() != null) {
            files.add(settings.clientAuthorities());
        }
        this.shown = reloads.keep("the listener's certificate", files, this::load);
    }

    /**
     * Reads the files, and keeps in step with them.
     *
     * @param http2 whether it is offered to clients
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where a file cannot be used, or a setting is none
     */
    public static ListenerTls of(TlsSettings settings, boolean http2, FileReloads reloads, MeterRegistry registry) {
        SslProvider provider = settings.provider().load();
        ListenerTls tls = new ListenerTls(settings.listener(), provider, http2, reloads);
        Gauge.builder(Meter.TLS_EXPIRY.meterName(), tls, t -> t.shown.get().expiresAt)
                .description(Meter.TLS_EXPIRY.description())
                .baseUnit(Meter.TLS_EXPIRY.unit())
                .register(registry);
        Gauge.builder(Meter.TLS_NATIVE.meterName(), () -> provider == SslProvider.JDK ? 0 : 1)
                .description(Meter.TLS_NATIVE.description())
                .baseUnit(Meter.TLS_NATIVE.unit())
                .register(registry);
        return tls;
    }

    /** Puts TLS at the end of a new connection's pipeline. */
    public void addTo(ChannelPipeline pipeline) {
        ClientHelloGuard guard = new ClientHelloGuard(settings);
        pipeline.addLast(guard, new ServerNames(shown.get().contexts, settings.handshakeBytes(), guard));
    }

    private Shown load() {
        List<X509Certificate> authorities =
                settings.clientAuthorities() == null ? List.of() : PemFile.certificates(settings.clientAuthorities());
        Map<String, SslContext> byName = new LinkedHashMap<>();
        SslContext first = null;
        long expiresAt = Long.MAX_VALUE;
        for (CertificateFiles files : settings.certificates()) {
            List<X509Certificate> chain = PemFile.certificates(files.chain());
            PrivateKey key = PemFile.key(files.key());
            PemFile.checkPair(files, chain.get(0), key);
            long ends = chain.get(0).getNotAfter().toInstant().getEpochSecond();
            expiresAt = Math.min(expiresAt, ends);
            if (ends < System.currentTimeMillis() / 1000) {
                LOG.warn("the certificate in {} has expired; most clients will refuse it", files.chain());
            }
            SslContext context = context(chain, key, authorities);
            first = first == null ? context : first;
            for (String name : names(chain.get(0))) {
                byName.putIfAbsent(name, context);
            }
        }
        if (first == null) {
            throw new IllegalArgumentException();
        }
        DomainWildcardMappingBuilder<SslContext> mapping = new DomainWildcardMappingBuilder<>(first);
        byName.forEach(mapping::add);
        return new Shown(mapping.build(), expiresAt);
    }

    private SslContext context(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
        List<String> ciphers = settings.ciphers().isEmpty() ? INTERMEDIATE : settings.ciphers();
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain)
                .sslProvider(provider)
                .protocols(settings.minimumVersion().andLater())
                .ciphers(ciphers, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .clientAuth(settings.clientCertificates().auth());
        if (!authorities.isEmpty()) {
            builder.trustManager(authorities);
        }
        try {
            SslContext context = builder.build();
            Set<String> unknown = new HashSet<>(settings.ciphers());
            unknown.removeAll(context.cipherSuites());
            if (!unknown.isEmpty()) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "proxy.tls.ciphers names " + String.join(", ", unknown) + ", which "
                                + (context instanceof OpenSslContext ? "BoringSSL" : "the JDK")
                                + " does not have; take it out.");
            }
            return context;
        } catch (SSLException | IllegalArgumentException e) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "proxy.tls cannot be used as it is set; check certificates, keys and ciphers.",
                    e);
        }
    }

    /** The DNS names that a certificate holds; those of a subject alone no client looks at any more (RFC 9525). */
    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0).equals(DNS_NAME)) {
                        names.add((String) alternative.get(1));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return names; // one that is damaged in this place can still be shown to those who name nothing else
        }
        return names;
    }
}

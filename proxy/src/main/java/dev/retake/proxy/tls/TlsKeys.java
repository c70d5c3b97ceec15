package dev.retake.proxy.tls;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The settings of TLS as they stand in the configuration file. */
public final class TlsKeys {
    public static final ConfigKey<List<CertificateFiles>> CERTIFICATES = new ConfigKey<>(
            "proxy.tls.certificates",
            new ConfigType<>(
                    "a list of PEM files, as [{certificate: chain.pem, key: key.pem}]",
                    "array",
                    TlsKeys::read,
                    files -> "[]"),
            List.of(),
            "Certificates that clients are shown, each for the names it holds; the first also for all other names. None"
                    + " listens without TLS.");
    public static final ConfigKey<TlsVersion> MINIMUM_VERSION = new ConfigKey<>(
            "proxy.tls.minimumVersion",
            TlsVersion.TYPE,
            TlsVersion.TLS_1_2,
            "The oldest version of TLS that clients may speak.");
    public static final ConfigKey<List<String>> CIPHERS = new ConfigKey<>(
            "proxy.tls.ciphers",
            ConfigType.texts("a list of suites, as [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]"),
            List.of(),
            "Cipher suites for clients by their IANA names; none takes Mozilla's intermediate ones with ephemeral"
                    + " elliptic curves.");
    public static final ConfigKey<ClientCertificates> CLIENT_CERTIFICATES = new ConfigKey<>(
            "proxy.tls.clientCertificates",
            ConfigType.choice(ClientCertificates.class),
            ClientCertificates.NONE,
            "Whether clients are asked for a certificate; one that is given must be of proxy.tls.clientAuthorities.");
    public static final ConfigKey<String> CLIENT_AUTHORITIES = new ConfigKey<>(
            "proxy.tls.clientAuthorities",
            ConfigType.text("a PEM file"),
            "",
            "Authorities that clients' certificates are checked against.");
    public static final ConfigKey<String> CLIENT_SUBJECT = new ConfigKey<>(
            "proxy.tls.clientSubjectHeader",
            ConfigType.text("a field name, as X-Client-Subject, or nothing"),
            "",
            "Field that tells the upstream the subject of the client's certificate (RFC 4514); taken out of what clients"
                    + " send.");
    public static final ConfigKey<Duration> HANDSHAKE_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.handshake",
            ConfigType.duration(),
            Duration.ofSeconds(10),
            "Time for a client's TLS handshake and PROXY protocol header, from its connection on; past it the connection is"
                    + " closed.");
    public static final ConfigKey<Integer> HANDSHAKE_BYTES = new ConfigKey<>(
            "proxy.limits.handshake",
            ConfigType.integer(4_096, 1_048_576),
            65_536,
            "Bytes that a client may send before its TLS handshake is done, certificates included.");
    public static final ConfigKey<Duration> RELOAD = new ConfigKey<>(
            "proxy.tls.reload",
            ConfigType.duration(),
            Duration.ofSeconds(5),
            "How often certificates, keys and authorities are looked at; what changed, and stayed so until the next look,"
                    + " is taken up.");
    public static final ConfigKey<TlsProvider> PROVIDER = new ConfigKey<>(
            "proxy.tls.provider",
            ConfigType.choice(TlsProvider.class),
            TlsProvider.AUTO,
            "What TLS is done by, with clients and upstream: auto takes BoringSSL where its natives load, and else the JDK.");

    public static final ConfigKey<String> UPSTREAM_CA = new ConfigKey<>(
            "proxy.upstream.trustedCertificates",
            ConfigType.text("a PEM file, or nothing for the system's authorities"),
            "",
            "Authorities that an https upstream's certificate is checked against.");
    public static final ConfigKey<String> UPSTREAM_CERTIFICATE = new ConfigKey<>(
            "proxy.upstream.certificate",
            ConfigType.text("a PEM file, or nothing"),
            "",
            "Certificate that an https upstream is shown.");
    public static final ConfigKey<String> UPSTREAM_KEY = new ConfigKey<>(
            "proxy.upstream.key", ConfigType.text("a PEM file, or nothing"), "", "Key of proxy.upstream.certificate.");
    public static final ConfigKey<String> UPSTREAM_NAME = new ConfigKey<>(
            "proxy.upstream.serverName",
            ConfigType.text("a host name, or nothing for the upstream's own"),
            "",
            "Name that an https upstream is asked for (SNI), and that its certificate must hold.");

    /** Every key of this feature. */
    public static final List<ConfigKey<?>> ALL = List.of(
            CERTIFICATES,
            MINIMUM_VERSION,
            CIPHERS,
            CLIENT_CERTIFICATES,
            CLIENT_AUTHORITIES,
            CLIENT_SUBJECT,
            HANDSHAKE_TIMEOUT,
            HANDSHAKE_BYTES,
            RELOAD,
            PROVIDER,
            UPSTREAM_CA,
            UPSTREAM_CERTIFICATE,
            UPSTREAM_KEY,
            UPSTREAM_NAME);

    private TlsKeys() {}

    private static List<CertificateFiles> read(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException();
        }
        List<CertificateFiles> files = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isObject() || item.size() != 2) {
                throw new IllegalArgumentException();
            }
            files.add(new CertificateFiles(path(item, "certificate"), path(item, "key")));
        }
        return List.copyOf(files);
    }

    private static Path path(JsonNode item, String member) {
        JsonNode value = item.path(member);
        if (!value.isString() || value.asString().isEmpty()) {
            throw new IllegalArgumentException();
        }
        return Path.of(value.asString());
    }
}

package dev.retake.proxy;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import dev.retake.proxy.listen.ProxyProtocol;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The sidecar's settings as they stand in the configuration file. */
public final class ProxyKeys {
    private static final String ALL_RIGHTS = "rwxrwxrwx";

    public static final ConfigKey<Transport> TRANSPORT = new ConfigKey<>(
            "proxy.transport",
            ConfigType.choice(Transport.class),
            Transport.AUTO,
            "How sockets are driven: auto takes epoll where its natives load, and else NIO.");
    public static final ConfigKey<Integer> THREADS = new ConfigKey<>(
            "proxy.threads",
            ConfigType.integer(0, 256),
            0,
            "Event loops that forward traffic; 0 takes one for each processor.");
    public static final ConfigKey<Boolean> OBSERVE = new ConfigKey<>(
            "proxy.observe",
            ConfigType.bool(),
            false,
            "Count requests and responses that would be refused, and let them pass unread instead.");

    public static final ConfigKey<Integer> MAX_CONNECTIONS = new ConfigKey<>(
            "proxy.limits.connections",
            ConfigType.integer(1, 1_000_000),
            10_000,
            "Client connections that are served at once; further ones get 503, or, over TLS or with proxy.proxyProtocol, are"
                    + " closed.");
    public static final ConfigKey<Integer> MAX_CLIENT_CONNECTIONS = new ConfigKey<>(
            "proxy.limits.clientConnections",
            ConfigType.integer(0, 1_000_000),
            0,
            "Connections from one client address that are served at once, an IPv6 address by its first 64 bits; further ones"
                    + " get 503, and 0 sets no limit.");
    public static final ConfigKey<Long> MAX_MEMORY = new ConfigKey<>(
            "proxy.limits.memory",
            ConfigType.size(),
            0L,
            "Direct memory of the relay past which new connections and requests get 503; 0B takes three quarters of what the"
                    + " JVM allows beside recorder.budget.");
    public static final ConfigKey<Long> MIN_BODY_RATE = new ConfigKey<>(
            "proxy.limits.bodyRate",
            ConfigType.size(),
            100L,
            "Bytes a second that a request body of known length makes on average, looked at after 30 s in which more could"
                    + " be passed on; a slower one gets 408, and 0B sets no limit.");
    public static final ConfigKey<Integer> MAX_REQUEST_LINE = new ConfigKey<>(
            "proxy.limits.requestLine",
            ConfigType.integer(256, 1_048_576),
            32_768,
            "Bytes of a request line; a longer one gets 414.");
    public static final ConfigKey<Integer> MAX_HEAD = new ConfigKey<>(
            "proxy.limits.head",
            ConfigType.integer(1_024, 4_194_304),
            131_072,
            "Bytes of a request or response head, and of a trailer section; a larger one gets 431, or 502 from upstream.");
    public static final ConfigKey<Integer> MAX_FIELDS = new ConfigKey<>(
            "proxy.limits.fields",
            ConfigType.integer(16, 10_000),
            1_000,
            "Field lines of a head; more get 431, or 502 from upstream.");
    public static final ConfigKey<Long> MAX_REQUEST_BODY = new ConfigKey<>(
            "proxy.limits.requestBody",
            ConfigType.size(),
            0L,
            "Bytes of a request body as sent; a larger one gets 413, and 0B sets no limit.");

    public static final ConfigKey<Duration> HEAD_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.head",
            ConfigType.duration(),
            Duration.ofSeconds(30),
            "Time for a request head to arrive once its first byte has; past it the client gets 408.");
    public static final ConfigKey<Duration> KEEP_ALIVE_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.keepAlive",
            ConfigType.duration(),
            Duration.ofSeconds(75),
            "How long an idle client connection stays open.");
    public static final ConfigKey<Duration> BODY_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.requestBody",
            ConfigType.duration(),
            Duration.ofMinutes(2),
            "How long a request body may pause before its response begins; past it the client gets 408.");
    public static final ConfigKey<Duration> REQUEST_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.request",
            ConfigType.duration(),
            Duration.ZERO,
            "Time for a whole request to arrive, from its first byte to its last; past it the client gets 408, and 0s sets"
                    + " no limit.");
    public static final ConfigKey<Duration> RESPONSE_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.response",
            ConfigType.duration(),
            Duration.ofMinutes(10),
            "Time from the whole request to the response head, long polls included; past it the client gets 504.");
    public static final ConfigKey<Duration> STREAM_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.stream",
            ConfigType.duration(),
            Duration.ofHours(1),
            "How long a response body or an upgraded connection may pause.");
    public static final ConfigKey<Duration> SEND_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.send",
            ConfigType.duration(),
            Duration.ofMinutes(5),
            "How long a client may take nothing of what waits for it; past it its connection, or its stream of HTTP/2, is"
                    + " ended.");
    public static final ConfigKey<Duration> DRAIN_TIMEOUT = new ConfigKey<>(
            "proxy.timeouts.drain",
            ConfigType.duration(),
            Duration.ofSeconds(10),
            "How long exchanges in flight may take to end on shutdown.");

    public static final ConfigKey<Duration> CONNECT_TIMEOUT = new ConfigKey<>(
            "proxy.upstream.connectTimeout",
            ConfigType.duration(),
            Duration.ofSeconds(5),
            "Time to connect to the upstream, TLS included; past it the client gets 504.");
    public static final ConfigKey<Duration> UPSTREAM_IDLE_TIMEOUT = new ConfigKey<>(
            "proxy.upstream.idleTimeout",
            ConfigType.duration(),
            Duration.ofSeconds(30),
            "How long an unused upstream connection is kept; less where its Keep-Alive field says so.");
    public static final ConfigKey<Integer> UPSTREAM_MAX_IDLE = new ConfigKey<>(
            "proxy.upstream.idleConnections",
            ConfigType.integer(0, 100_000),
            512,
            "Unused upstream connections that each event loop keeps.");
    public static final ConfigKey<Integer> UPSTREAM_MAX_CONNECTIONS = new ConfigKey<>(
            "proxy.upstream.connections",
            ConfigType.integer(1, 1_000_000),
            10_000,
            "Upstream connections at once; a request that needs a further one gets 503.");

    public static final ConfigKey<Boolean> X_FORWARDED_FOR = new ConfigKey<>(
            "proxy.forwarded.xForwardedFor",
            ConfigType.bool(),
            true,
            "Append the client's address to X-Forwarded-For.");
    public static final ConfigKey<Boolean> X_FORWARDED_PROTO = new ConfigKey<>(
            "proxy.forwarded.xForwardedProto",
            ConfigType.bool(),
            true,
            "Add X-Forwarded-Proto where the request has none.");
    public static final ConfigKey<Boolean> X_FORWARDED_HOST = new ConfigKey<>(
            "proxy.forwarded.xForwardedHost",
            ConfigType.bool(),
            true,
            "Add X-Forwarded-Host where the request has none.");
    public static final ConfigKey<Boolean> FORWARDED = new ConfigKey<>(
            "proxy.forwarded.forwarded", ConfigType.bool(), true, "Append an element to Forwarded (RFC 7239).");
    public static final ConfigKey<Boolean> VIA =
            new ConfigKey<>("proxy.forwarded.via", ConfigType.bool(), true, "Add Via to requests (RFC 9110 §7.6.3).");

    public static final ConfigKey<ProxyProtocol> PROXY_PROTOCOL = new ConfigKey<>(
            "proxy.proxyProtocol",
            ConfigType.choice(ProxyProtocol.class),
            ProxyProtocol.OFF,
            "Whether connections begin with a PROXY protocol header (version 1 or 2) that names the client: those of"
                    + " proxy.trustedProxies may (accept), or all do and only those may connect (require).");
    public static final ConfigKey<List<String>> TRUSTED_PROXIES = new ConfigKey<>(
            "proxy.trustedProxies",
            ConfigType.texts("a list of CIDR blocks, as [\"10.0.0.0/8\"]"),
            List.of(),
            "Proxies in front of this one whose PROXY protocol headers are believed.");
    public static final ConfigKey<Set<PosixFilePermission>> UNIX_MODE = new ConfigKey<>(
            "proxy.unixMode",
            new ConfigType<>(
                    "an octal mode in quotes, as \"0660\"", "string", ProxyKeys::mode, mode -> '"' + octal(mode) + '"'),
            PosixFilePermissions.fromString("rw-rw----"),
            "Mode of a Unix socket that is listened on: who may write to it may connect.");

    public static final ConfigKey<Long> CAPTURE_BODY_CAP = new ConfigKey<>(
            "proxy.capture.bodyCap",
            ConfigType.size(),
            1L << 20,
            "Bytes of a body that are captured; the rest is counted, and the body marked as truncated.");
    public static final ConfigKey<Boolean> CAPTURE_EVENT_STREAMS = new ConfigKey<>(
            "proxy.capture.eventStreams",
            ConfigType.bool(),
            true,
            "Capture the events of event streams; else only their heads are, and their bodies are withheld.");
    public static final ConfigKey<Boolean> CAPTURE_WEB_SOCKET = new ConfigKey<>(
            "proxy.capture.webSocket",
            ConfigType.bool(),
            false,
            "Capture the messages of WebSockets; their exchange is recorded when the connection ends, and not at once.");
    public static final ConfigKey<Long> CAPTURE_WEB_SOCKET_CAP = new ConfigKey<>(
            "proxy.capture.webSocketCap",
            ConfigType.size(),
            1L << 20,
            "Bytes of one WebSocket that are captured, of both sides together and as they pass; the rest is counted, and"
                    + " its messages marked as cut.");
    public static final ConfigKey<Duration> CAPTURE_LAG = new ConfigKey<>(
            "proxy.capture.lag",
            ConfigType.duration(),
            Duration.ofMillis(5),
            "How late an event loop may run for a second before capture gives way to traffic.");
    public static final ConfigKey<List<String>> TRUSTED_REPLAYERS = new ConfigKey<>(
            "proxy.trustedReplayers",
            ConfigType.texts("a list of CIDR blocks, as [\"10.0.0.0/8\"]"),
            List.of(),
            "Clients whose X-Retake-Run passes and whose exchanges are not captured.");

    /** Every key of this feature. */
    public static final List<ConfigKey<?>> ALL = List.of(
            TRANSPORT,
            THREADS,
            OBSERVE,
            MAX_CONNECTIONS,
            MAX_CLIENT_CONNECTIONS,
            MAX_MEMORY,
            MIN_BODY_RATE,
            MAX_REQUEST_LINE,
            MAX_HEAD,
            MAX_FIELDS,
            MAX_REQUEST_BODY,
            HEAD_TIMEOUT,
            KEEP_ALIVE_TIMEOUT,
            BODY_TIMEOUT,
            REQUEST_TIMEOUT,
            RESPONSE_TIMEOUT,
            STREAM_TIMEOUT,
            SEND_TIMEOUT,
            DRAIN_TIMEOUT,
            CONNECT_TIMEOUT,
            UPSTREAM_IDLE_TIMEOUT,
            UPSTREAM_MAX_IDLE,
            UPSTREAM_MAX_CONNECTIONS,
            X_FORWARDED_FOR,
            X_FORWARDED_PROTO,
            X_FORWARDED_HOST,
            FORWARDED,
            VIA,
            PROXY_PROTOCOL,
            TRUSTED_PROXIES,
            UNIX_MODE,
            CAPTURE_BODY_CAP,
            CAPTURE_EVENT_STREAMS,
            CAPTURE_WEB_SOCKET,
            CAPTURE_WEB_SOCKET_CAP,
            CAPTURE_LAG,
            TRUSTED_REPLAYERS);

    private ProxyKeys() {}

    private static Set<PosixFilePermission> mode(JsonNode node) {
        if (!node.isString() || !node.asString().matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException();
        }
        int bits = Integer.parseInt(node.asString(), 8);
        StringBuilder letters = new StringBuilder(ALL_RIGHTS);
        for (int i = 0; i < letters.length(); i++) {
            if ((bits >> (letters.length() - 1 - i) & 1) == 0) {
                letters.setCharAt(i, '-');
            }
        }
        return PosixFilePermissions.fromString(letters.toString());
    }

    private static String octal(Set<PosixFilePermission> mode) {
        int bits = 0;
        String letters = PosixFilePermissions.toString(mode);
        for (int i = 0; i < letters.length(); i++) {
            bits = bits << 1 | (letters.charAt(i) == '-' ? 0 : 1);
        }
        return String.format(Locale.ROOT, "%04o", bits);
    }
}

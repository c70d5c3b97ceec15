package dev.retake.proxy.http2;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** The settings of HTTP/2 as they stand in the configuration file. */
public final class Http2Keys {
    private static final int LARGEST_WINDOW = Integer.MAX_VALUE;

    public static final ConfigKey<Boolean> CLIENTS = new ConfigKey<>(
            "proxy.http2.clients",
            ConfigType.bool(),
            true,
            "Whether clients may speak HTTP/2: agreed on by TLS (ALPN), or without TLS by beginning with its preface.");
    public static final ConfigKey<UpstreamProtocol> UPSTREAM = new ConfigKey<>(
            "proxy.http2.upstream",
            ConfigType.choice(UpstreamProtocol.class),
            UpstreamProtocol.AUTO,
            "When HTTP/2 is spoken with the upstream: auto for requests that came over HTTP/2, where TLS agrees on it; on"
                    + " always, without TLS by prior knowledge; off never.");
    public static final ConfigKey<Integer> STREAMS = new ConfigKey<>(
            "proxy.http2.streams",
            ConfigType.integer(1, 100_000),
            100,
            "Exchanges that one HTTP/2 connection of a client may carry at once; further ones are refused so that they can"
                    + " be tried again.");
    public static final ConfigKey<Integer> STREAM_WINDOW = new ConfigKey<>(
            "proxy.http2.streamWindow",
            ConfigType.integer(16_384, LARGEST_WINDOW),
            65_536,
            "Bytes of one request body over HTTP/2 that may wait in the relay (SETTINGS_INITIAL_WINDOW_SIZE).");
    public static final ConfigKey<Integer> CONNECTION_WINDOW = new ConfigKey<>(
            "proxy.http2.connectionWindow",
            ConfigType.integer(65_535, LARGEST_WINDOW),
            1_048_576,
            "Bytes of all request bodies of one HTTP/2 connection that may wait in the relay.");
    public static final ConfigKey<Integer> RESETS = new ConfigKey<>(
            "proxy.http2.resets",
            ConfigType.integer(10, 1_000_000),
            1_000,
            "Streams that one HTTP/2 connection of a client may reset, or have reset, within 30 s; more end it.");
    public static final ConfigKey<Integer> CONTINUATIONS = new ConfigKey<>(
            "proxy.http2.continuations",
            ConfigType.integer(1, 1_000),
            16,
            "CONTINUATION frames of less than 8 KiB that one header block may take; more end the connection.");
    public static final ConfigKey<Integer> CONTROL_FRAMES = new ConfigKey<>(
            "proxy.http2.controlFrames",
            ConfigType.integer(100, 1_000_000),
            1_000,
            "Frames without content (SETTINGS, PING, PRIORITY, WINDOW_UPDATE, empty and unknown ones) that an HTTP/2 client"
                    + " may send within 30 s, beyond ten for each request and each frame of content; more end the"
                    + " connection.");

    /** Every key of this feature. */
    public static final List<ConfigKey<?>> ALL = List.of(
            CLIENTS, UPSTREAM, STREAMS, STREAM_WINDOW, CONNECTION_WINDOW, RESETS, CONTINUATIONS, CONTROL_FRAMES);

    private Http2Keys() {}
}

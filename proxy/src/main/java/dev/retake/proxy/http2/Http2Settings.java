package dev.retake.proxy.http2;

import dev.retake.common.config.Config;

/**
 * How HTTP/2 is spoken, and what one client may take by it.
 *
 * @param clients whether clients may speak it
 * @param upstream when it is spoken with the upstream
 * @param streams that a client may have open at once
 * @param streamWindow bytes of a request body that may wait in the relay
 * @param connectionWindow bytes of all request bodies of a connection that may wait
 * @param resets streams that may end by a reset within 30 s
 * @param continuations small frames that one header block may go on in
 * @param controlFrames frames without content that a client may send within 30 s, beyond those that content explains
 */
public record Http2Settings(
        boolean clients,
        UpstreamProtocol upstream,
        int streams,
        int streamWindow,
        int connectionWindow,
        int resets,
        int continuations,
        int controlFrames) {

    /** What the configuration says. */
    public static Http2Settings from(Config config) {
        return new Http2Settings(
                config.get(Http2Keys.CLIENTS),
                config.get(Http2Keys.UPSTREAM),
                config.get(Http2Keys.STREAMS),
                config.get(Http2Keys.STREAM_WINDOW),
                config.get(Http2Keys.CONNECTION_WINDOW),
                config.get(Http2Keys.RESETS),
                config.get(Http2Keys.CONTINUATIONS),
                config.get(Http2Keys.CONTROL_FRAMES));
    }
}

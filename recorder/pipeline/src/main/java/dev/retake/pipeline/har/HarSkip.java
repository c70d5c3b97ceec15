package dev.retake.pipeline.har;

/** Why an entry of a HAR is no exchange with a server. */
public enum HarSkip {
    /** It has no request or no URL. */
    MALFORMED("malformed"),
    /** Its URL is not of HTTP: {@code data:}, {@code blob:}, an extension's, a file's. */
    NOT_HTTP("not-http"),
    /** It is a WebSocket, whose messages are no exchanges. */
    WEBSOCKET("websocket"),
    /** The browser answered it from its cache. */
    FROM_CACHE("from-cache"),
    /** The browser blocked it, so that it never was sent. */
    BLOCKED("blocked");

    private final String text;

    HarSkip(String text) {
        this.text = text;
    }

    /** The name used in every output format. */
    public String text() {
        return text;
    }
}

package dev.retake.common.exchange;

/**
 * A final response message.
 *
 * @param status 200 to 599, or 101 after an upgrade
 * @param reason the reason phrase, empty where there was none
 * @param version {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers fields in order of arrival
 * @param body content after the content coding was taken off
 * @param trailers trailer fields, empty where there were none
 */
public record Response(int status, String reason, String version, Headers headers, Body body, Headers trailers) {

    /** Shows no content. */
    @Override
    public String toString() {
        return "Response[" + status + ", body " + body.size() + " bytes]";
    }
}

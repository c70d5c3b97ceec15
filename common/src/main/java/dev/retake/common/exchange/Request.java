package dev.retake.common.exchange;

/**
 * A request message.
 *
 * @param method as sent, upper or lower case kept
 * @param target the request target as sent (RFC 9112 §3.2): usually path and query
 * @param version {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers fields in order of arrival
 * @param body content after the content coding was taken off
 * @param trailers trailer fields, empty where there were none
 */
public record Request(String method, String target, String version, Headers headers, Body body, Headers trailers) {

    /** The target up to the first {@code ?}. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What follows the first {@code ?} of the target; empty where there is none. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Request[body " + body.size() + " bytes]";
    }
}

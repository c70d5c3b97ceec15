package dev.retake.proxy.http1;

/**
 * Why a message is not forwarded, with the status that its client gets. The first group are ambiguities of framing that
 * two parsers may read in two ways (request smuggling, RFC 9112 §11.2); the second are limits.
 */
public enum Refusal {
    START_LINE(400, "the start line is not that of HTTP/1.1 (RFC 9112 §3)"),
    CONTROL_IN_START_LINE(400, "the start line holds a control character"),
    TARGET_FORM(400, "the request target is neither a path, a whole URL nor * (RFC 9112 §3.2)"),
    BARE_LF(400, "a line ends in LF without CR (RFC 9112 §2.2)"),
    BARE_CR(400, "a CR stands without LF (RFC 9112 §2.2)"),
    NUL(400, "the head holds a NUL byte"),
    FOLDED_LINE(400, "a field value is folded over lines (RFC 9112 §5.2)"),
    SPACE_IN_NAME(400, "white space stands in a field name or before its colon (RFC 9112 §5.1)"),
    NAME_NOT_TOKEN(400, "a field name holds what no token may hold (RFC 9110 §5.1)"),
    NAME_ALIAS(400, "a field name is that of a framing field but for an underscore"),
    NO_COLON(400, "a field line has no colon or no name"),
    SECOND_HOST(400, "there is more than one Host field (RFC 9112 §3.2)"),
    HOST_INVALID(400, "Host holds what no host and port may hold (RFC 9112 §3.2)"),
    HOST_DIFFERS(400, "the request target names another host than Host (RFC 9112 §3.2.2)"),
    LENGTH_AND_CODING(400, "both Content-Length and Transfer-Encoding are given (RFC 9112 §6.1)"),
    LENGTH_INVALID(400, "Content-Length is not a plain decimal number (RFC 9112 §6.2)"),
    SEVERAL_LENGTHS(400, "there are several Content-Length fields (RFC 9112 §6.3)"),
    CODING_NOT_CHUNKED(400, "Transfer-Encoding is other than exactly chunked (RFC 9112 §6.1)"),
    CODING_IN_1_0(400, "Transfer-Encoding is given in HTTP/1.0 (RFC 9112 §6.1)"),
    CHUNK_SIZE(400, "a chunk size is not a plain hexadecimal number (RFC 9112 §7.1)"),
    CHUNK_LINE(400, "a chunk line or chunk end is malformed (RFC 9112 §7.1)"),
    TRAILER(400, "a trailer field is malformed (RFC 9112 §7.1.2)"),
    TRAILER_FORBIDDEN(400, "a trailer field frames, routes or is for one hop alone (RFC 9110 §6.5.1)"),
    ROUTE_UNCLEAR(
            400, "servers read this host or path differently, and the routes depend on how; send it in plain form"),
    INTERIM_WITH_BODY(400, "an interim response announces a body (RFC 9110 §15.2)"),

    VERSION(505, "the HTTP version is neither 1.0 nor 1.1"),
    CONNECT(501, "CONNECT is for forward proxies, and this is none"),
    TARGET_TOO_LONG(414, "the request line is longer than proxy.limits.requestLine"),
    HEAD_TOO_LARGE(431, "the head is larger than proxy.limits.head"),
    TOO_MANY_FIELDS(431, "the head has more fields than proxy.limits.fields"),
    BODY_TOO_LARGE(413, "the body is larger than proxy.limits.requestBody, or that of its route, allows"),
    CHUNK_EXTENSION_TOO_LONG(400, "a chunk extension is too long"),
    TRAILERS_TOO_LARGE(431, "the trailer section is larger than proxy.limits.head");

    private final int status;
    private final String reason;

    Refusal(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** The status a client gets when it is the request that is refused. */
    public int status() {
        return status;
    }

    /** One clause that says what is wrong; holds nothing from traffic. */
    public String reason() {
        return reason;
    }
}

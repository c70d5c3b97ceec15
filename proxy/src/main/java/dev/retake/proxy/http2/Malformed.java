package dev.retake.proxy.http2;

/**
 * Why a message that came in frames is not passed on.
 *
 * @param status that a client gets when it is its request
 * @param reason one clause; holds nothing from traffic
 */
record Malformed(int status, String reason) {
    static Malformed because(String reason) {
        return new Malformed(400, reason);
    }

    /** Whether the peer broke the protocol, and did not just ask for what is not served. */
    boolean isBreach() {
        return status == 400;
    }
}

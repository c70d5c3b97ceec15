package dev.retake.proxy.forward;

/**
 * What is added to requests to say where they came from; each can be turned off, for services that echo what they get.
 *
 * @param xForwardedFor appends the client's address
 * @param xForwardedProto adds the scheme where the request does not say it
 * @param xForwardedHost adds the host where the request does not say it
 * @param forwarded appends an element of RFC 7239
 * @param via adds this hop (RFC 9110 §7.6.3)
 */
public record AddedFields(
        boolean xForwardedFor, boolean xForwardedProto, boolean xForwardedHost, boolean forwarded, boolean via) {}

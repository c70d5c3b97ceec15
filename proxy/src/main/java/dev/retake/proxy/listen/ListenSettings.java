package dev.retake.proxy.listen;

import dev.retake.proxy.forward.Cidr;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How clients come in.
 *
 * @param proxyProtocol whether connections begin with a header that names the client
 * @param trustedProxies who may send such a header
 * @param headerTimeout for it to arrive, from the connection on
 * @param unixMode of a Unix socket's file
 */
public record ListenSettings(
        ProxyProtocol proxyProtocol,
        List<Cidr> trustedProxies,
        Duration headerTimeout,
        Set<PosixFilePermission> unixMode) {}

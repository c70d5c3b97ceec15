package dev.retake.proxy.tls;

import java.nio.file.Path;

/**
 * Where a certificate and its key are.
 *
 * @param chain PEM file of the certificate, followed by those between it and its authority
 * @param key PEM file of its private key, unencrypted
 */
public record CertificateFiles(Path chain, Path key) {}

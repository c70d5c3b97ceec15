package dev.retake.bench.system;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every proxy shows its clients: one certificate of its own making, on a key of the P-256 curve.
 *
 * @param chain PEM file of the certificate
 * @param key PEM file of its key
 * @param both both in one file, as HAProxy takes them
 */
record Certificate(Path chain, Path key, Path both) {
    static Certificate make(Path directory) throws IOException {
        X509Bundle bundle;
        try {
            bundle = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) { // what the builder declares
            throw new IOException("no certificate can be made on this Java", e);
        }
        Path chain = Files.writeString(directory.resolve("chain.pem"), bundle.getCertificatePEM());
        Path key = Files.writeString(directory.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Path both = Files.writeString(
                directory.resolve("both.pem"), bundle.getCertificatePEM() + "\n" + bundle.getPrivateKeyPEM());
        return new Certificate(chain, key, both);
    }
}

package dev.retake.proxy;

import dev.retake.proxy.tls.TlsProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** An authority of its own, with certificates as PEM files in {@code directory}, and sockets of the JDK that use them. */
final class Pki {
    final Path directory;
    final X509Bundle authority;

    Pki(Path directory) throws Exception {
        TlsProvider.JDK
                .load(); // what it says to the JDK counts only before the first handshake, and those are the tests'
        this.directory = directory;
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=authority of " + directory.getFileName())
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(authorityFile(), authority.getRootCertificatePEM());
    }

    Path authorityFile() {
        return directory.resolve("authority.pem");
    }

    /** A certificate for DNS names, wildcards among them, which the builder's own way does not know. */
    X509Bundle issue(String... names) throws Exception {
        ByteArrayOutputStream general = new ByteArrayOutputStream();
        for (String name : names) {
            general.write(0x82);
            general.write(name.length());
            general.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        sequence.write(0x30);
        sequence.write(general.size());
        sequence.writeBytes(general.toByteArray());
        return issue(builder ->
                builder.subject("CN=" + names[0]).addExtensionOctetString("2.5.29.17", false, sequence.toByteArray()));
    }

    X509Bundle issue(UnaryOperator<CertificateBuilder> with) throws Exception {
        return with.apply(new CertificateBuilder().ecp256()).buildIssuedBy(authority);
    }

    /** Writes certificate and key to {@code NAME.pem} and {@code NAME.key}; gives their entry in the configuration. */
    String write(String name, X509Bundle bundle) throws IOException {
        Files.writeString(chain(name), bundle.getCertificatePathPEM());
        Files.writeString(key(name), bundle.getPrivateKeyPEM());
        return "{certificate: \"" + chain(name) + "\", key: \"" + key(name) + "\"}";
    }

    Path chain(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** A context that trusts this authority, and shows {@code own} where it is not null. */
    SSLContext context(X509Bundle own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = own == null ? null : own.toKeyManagerFactory().getKeyManagers();
        context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
        return context;
    }

    /** A client's socket whose handshake is done, and whose peer's name was verified. */
    SSLSocket connect(InetSocketAddress address, String name, X509Bundle own, String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) context(own).getSocketFactory().createSocket();
        socket.connect(address);
        socket.setSoTimeout(30_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(name)));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** A server's socket that shows {@code own}, and asks for a client's certificate where that is wanted. */
    ServerSocket listen(X509Bundle own, boolean clientCertificate) throws Exception {
        SSLServerSocket server = (SSLServerSocket)
                context(own).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(clientCertificate);
        return server;
    }
}

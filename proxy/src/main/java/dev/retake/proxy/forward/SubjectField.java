package dev.retake.proxy.forward;

import dev.retake.proxy.http1.Head;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The field that tells the upstream the subject of a client's certificate (RFC 4514), and that no client can send itself:
 * names that differ in case, or in {@code _} for {@code -}, are the same name to many a server.
 */
final class SubjectField {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final byte[] lowerName;
    private final byte[] line;

    /** The field {@code name} for a client whose TLS session is {@code session}, null where it has none. */
    SubjectField(String name, @Nullable SSLSession session) {
        lowerName = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        String subject = session == null ? null : subject(session);
        line = subject == null
                ? new byte[0]
                : (name + ": " + printable(subject) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The line that requests get, empty for a client that showed no certificate. */
    byte[] line() {
        return line;
    }

    /** Whether the field at {@code index} bears this name. */
    boolean isNamed(Head head, int index) {
        int from = head.lineStart(index);
        if (head.nameEnd(index) - from != lowerName.length) {
            return false;
        }
        byte[] bytes = head.bytes();
        for (int i = 0; i < lowerName.length; i++) {
            byte b = bytes[from + i];
            int folded = b == '_' ? '-' : b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
            if (folded != lowerName[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String subject(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? certificate.getSubjectX500Principal().getName()
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // the client showed none, and need not
        }
    }

    /** What is not printable US-ASCII stands as hex pairs of its UTF-8, as RFC 4514 §2.4 allows. */
    private static String printable(String subject) {
        StringBuilder text = new StringBuilder(subject.length());
        for (byte b : subject.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append('\\').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
            }
        }
        return text.toString();
    }
}

package dev.retake.proxy.tls;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates and private keys from PEM files (RFC 7468): keys in PKCS #8, and in the older forms that OpenSSL
 * still writes, PKCS #1 for RSA (RFC 8017) and SEC 1 for elliptic curves (RFC 5915). What it says of a file never holds
 * anything from it.
 */
public final class PemFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA = {
        0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    private static final byte[] EC_KEY = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    @SuppressWarnings("ArrayRecordComponent") // never compared, and gone once it is read
    private record Block(String label, byte[] bytes) {}

    private PemFile() {}

    /**
     * The certificates of a file, in its order.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where it cannot be read or holds none
     */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(file)) {
                if (block.label.equals("CERTIFICATE") || block.label.equals("TRUSTED CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes)));
                }
            }
        } catch (CertificateException e) {
            throw wrong(file, "holds a certificate that is damaged; write the file anew", e);
        }
        if (certificates.isEmpty()) {
            throw wrong(file, "holds no certificate; name a PEM file", null);
        }
        return certificates;
    }

    /**
     * The private key of a file.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where it cannot be read or holds none that is unencrypted
     */
    public static PrivateKey key(Path file) {
        byte @Nullable [] curve = null;
        for (Block block : blocks(file)) {
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return key(file, block.bytes);
                }
                case "RSA PRIVATE KEY" -> {
                    return key(file, der(SEQUENCE, VERSION_0, RSA, der(OCTETS, block.bytes)));
                }
                case "EC PARAMETERS" -> curve = block.bytes;
                case "EC PRIVATE KEY" -> {
                    byte[] named = curve == null ? curveOf(block.bytes) : curve;
                    if (named == null) {
                        throw wrong(
                                file,
                                "does not name its key's curve; convert the key by openssl pkcs8 -topk8 -nodes",
                                null);
                    }
                    byte[] algorithm = der(SEQUENCE, EC_KEY, named);
                    return key(file, der(SEQUENCE, VERSION_0, algorithm, der(OCTETS, block.bytes)));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw wrong(file, "is encrypted; store the key by openssl pkcs8 -topk8 -nodes", null);
                default -> {}
            }
        }
        throw wrong(file, "holds no private key; name a PEM file whose key is unencrypted", null);
    }

    /**
     * Makes sure that the key is the certificate's, by signing with the one and verifying with the other.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where it is not
     */
    static void checkPair(CertificateFiles files, X509Certificate certificate, PrivateKey key) {
        PublicKey of = certificate.getPublicKey();
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        boolean fits;
        try {
            byte[] probe = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(of);
            verifying.update(probe);
            fits = verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            fits = false;
        }
        if (!fits) {
            throw wrong(
                    files.key(),
                    "is not the key of the certificate in " + files.chain() + "; name the two that go together",
                    null);
        }
    }

    private static List<Block> blocks(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw wrong(file, "is larger than 1 MiB; name a PEM file", null);
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw wrong(file, "cannot be read; check that it exists and who may read it", e);
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw wrong(file, "is no whole PEM file; write it anew", e);
            }
        }
        return blocks;
    }

    private static PrivateKey key(Path file, byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // Only the key itself knows of which kind it is: the next one is tried.
            }
        }
        throw wrong(file, "holds a key that is damaged, or neither RSA, EC nor Ed25519; write it anew", null);
    }

    /** The curve that a SEC 1 key names in its element 0, null where it names none. */
    private static byte @Nullable [] curveOf(byte[] sec1) {
        int at = content(sec1, 0);
        while (at >= 0 && at + 1 < sec1.length) {
            int content = content(sec1, at);
            int end = end(sec1, at);
            if (end < 0) {
                return null;
            }
            if ((sec1[at] & 0xff) == CURVE) {
                byte[] named = new byte[end - content];
                System.arraycopy(sec1, content, named, 0, named.length);
                return named;
            }
            at = end;
        }
        return null;
    }

    /** Where the content of the element at {@code at} begins; lengths are below 64 KiB. */
    private static int content(byte[] der, int at) {
        int first = at + 1 < der.length ? der[at + 1] & 0xff : 0;
        return at + 2 + (first > 0x80 ? first & 0x7f : 0);
    }

    private static int end(byte[] der, int at) {
        int content = content(der, at);
        int length = der[at + 1] & 0xff;
        if (length > 0x82 || content > der.length) {
            return -1;
        }
        if (length > 0x80) {
            length = 0;
            for (int i = at + 2; i < content; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return content + length > der.length ? -1 : content + length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (length > 0xff) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length > 0x7f) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static RetakeException wrong(Path file, String what, @Nullable Exception cause) {
        return new RetakeException(ErrorCode.CONFIGURATION, file + " " + what + ".", cause);
    }
}

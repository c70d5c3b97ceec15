package dev.retake.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a connection say by the PROXY protocol, versions 1 and 2 (HAProxy's proxy-protocol.txt, 2.9).
 * Read strictly and from bounded bytes, since whoever gets a header past it is whoever he says.
 *
 * <pre>
 * v1   PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n
 * v2   0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a | version, command | family | length (2) | addresses, ports | TLVs
 * </pre>
 *
 * @param kind what the bytes are
 * @param length bytes of the header, 0 where there is none that is whole
 * @param client the client's address, null where the header names none: then the connection is its sender's own
 */
record ProxyHeader(Kind kind, int length, @Nullable InetAddress client) {
    enum Kind {
        WHOLE,
        INCOMPLETE,
        NONE,
        MALFORMED
    }

    /** Bytes of a version 2 header at most; TLVs that are in use take a few hundred. */
    static final int MAX_BYTES = 4096;

    private static final int V1_MAX_BYTES = 107;
    private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V2 = {0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final int V2_FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    private static final int TLV_CRC32C = 0x03;

    private static final ProxyHeader INCOMPLETE = new ProxyHeader(Kind.INCOMPLETE, 0, null);
    private static final ProxyHeader NONE = new ProxyHeader(Kind.NONE, 0, null);
    private static final ProxyHeader MALFORMED = new ProxyHeader(Kind.MALFORMED, 0, null);

    /** Reads the header at {@code in}'s reader index, which stays where it is. */
    static ProxyHeader read(ByteBuf in) {
        if (begins(in, V2)) {
            return in.readableBytes() < V2_FIXED ? INCOMPLETE : v2(in);
        }
        if (begins(in, V1)) {
            return v1(in);
        }
        return NONE;
    }

    /** Whether {@code in} agrees with {@code signature} as far as both go. */
    private static boolean begins(ByteBuf in, byte[] signature) {
        int length = Math.min(in.readableBytes(), signature.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static ProxyHeader v1(ByteBuf in) {
        int readable = Math.min(in.readableBytes(), V1_MAX_BYTES);
        int lf = in.indexOf(in.readerIndex(), in.readerIndex() + readable, (byte) '\n');
        if (lf < 0) {
            return readable == V1_MAX_BYTES ? MALFORMED : INCOMPLETE;
        }
        int length = lf + 1 - in.readerIndex();
        String line = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
        int cr = line.indexOf('\r');
        if (cr != length - 2) {
            return MALFORMED;
        }
        String[] words = line.substring(0, cr).split(" ", -1);
        if (words.length >= 2 && words[1].equals("UNKNOWN")) {
            return new ProxyHeader(Kind.WHOLE, length, null);
        }
        if (words.length != 6 || !isPort(words[4]) || !isPort(words[5])) {
            return MALFORMED;
        }
        boolean addresses = switch (words[1]) {
            case "TCP4" -> NetUtil.isValidIpV4Address(words[2]) && NetUtil.isValidIpV4Address(words[3]);
            case "TCP6" -> isIpV6(words[2]) && isIpV6(words[3]);
            default -> false;
        };
        byte[] client = addresses ? NetUtil.createByteArrayFromIpAddressString(words[2]) : null;
        return client == null ? MALFORMED : new ProxyHeader(Kind.WHOLE, length, address(client));
    }

    private static boolean isIpV6(String text) {
        return text.indexOf('%') < 0 && text.indexOf('[') < 0 && NetUtil.isValidIpV6Address(text);
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5 || text.length() > 1 && text.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return Integer.parseInt(text) <= 65_535;
    }

    private static ProxyHeader v2(ByteBuf in) {
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int length = V2_FIXED + in.getUnsignedShort(start + 14);
        int addresses = switch (family) {
            case UNSPECIFIED -> 0;
            case TCP4 -> 12;
            case TCP6 -> 36;
            case UNIX -> 216;
            default -> -1;
        };
        boolean known = command == LOCAL || command == PROXY && addresses >= 0;
        if (!known || length > MAX_BYTES || command == PROXY && length < V2_FIXED + addresses) {
            return MALFORMED;
        }
        if (in.readableBytes() < length) {
            return INCOMPLETE;
        }
        // With LOCAL, or of no family, the rest says nothing (§2.2), not even by TLVs.
        if (command == LOCAL || family == UNSPECIFIED) {
            return new ProxyHeader(Kind.WHOLE, length, null);
        }
        if (!tlvsHold(in, start, V2_FIXED + addresses, length)) {
            return MALFORMED;
        }
        if (family == UNIX) {
            return new ProxyHeader(Kind.WHOLE, length, null);
        }
        byte[] client = new byte[family == TCP4 ? 4 : 16];
        in.getBytes(start + V2_FIXED, client);
        return new ProxyHeader(Kind.WHOLE, length, address(client));
    }

    /** Whether the TLVs fill the header exactly, and its checksum, where there is one, is right (§2.2.3). */
    private static boolean tlvsHold(ByteBuf in, int start, int from, int length) {
        int checksumAt = -1;
        int at = from;
        while (at < length) {
            if (length - at < 3) {
                return false;
            }
            int valueLength = in.getUnsignedShort(start + at + 1);
            if (valueLength > length - at - 3) {
                return false;
            }
            if (in.getByte(start + at) == TLV_CRC32C) {
                if (checksumAt >= 0 || valueLength != Integer.BYTES) {
                    return false;
                }
                checksumAt = at + 3;
            }
            at += 3 + valueLength;
        }
        if (checksumAt < 0) {
            return true;
        }
        byte[] header = new byte[length];
        in.getBytes(start, header);
        for (int i = 0; i < Integer.BYTES; i++) {
            header[checksumAt + i] = 0;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(header);
        return checksum.getValue() == in.getUnsignedInt(start + checksumAt);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

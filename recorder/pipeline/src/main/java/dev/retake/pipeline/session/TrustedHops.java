package dev.retake.pipeline.session;

import dev.retake.common.exchange.Headers;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The proxies in front of us whose word on the client's address is taken. Of {@code X-Forwarded-For} the last address that
 * is not itself a trusted hop is the client's: everything before it anyone may have written.
 */
final class TrustedHops {
    /** Trusts nobody. */
    static final TrustedHops NONE = new TrustedHops(List.of());

    private final List<Network> networks;

    private TrustedHops(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads addresses and CIDR blocks (RFC 4632 §3.1).
     *
     * @throws IllegalArgumentException where one is neither
     */
    static TrustedHops parse(List<String> blocks) {
        return blocks.isEmpty()
                ? NONE
                : new TrustedHops(blocks.stream().map(Network::parse).toList());
    }

    boolean trusts(String address) {
        if (networks.isEmpty() || !isLiteral(address)) {
            return false;
        }
        byte[] bytes = bytes(address);
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    /** The client's address behind {@code peer}, or {@code peer} where it is no trusted hop or says nothing. */
    String client(String peer, Headers headers) {
        if (!trusts(peer)) {
            return peer;
        }
        List<String> chain = new ArrayList<>();
        for (String value : headers.all("X-Forwarded-For")) {
            for (String part : value.split(",", -1)) {
                chain.add(withoutPort(part.trim()));
            }
        }
        String client = peer;
        for (int i = chain.size() - 1; i >= 0 && isLiteral(chain.get(i)); i--) {
            client = chain.get(i);
            if (!trusts(client)) {
                break;
            }
        }
        return client;
    }

    private static String withoutPort(String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? address : address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }

    /** Whether {@code address} can be read without asking a name server. */
    private static boolean isLiteral(String address) {
        if (address.isEmpty() || address.length() > 45) {
            return false;
        }
        boolean six = address.indexOf(':') >= 0;
        int dots = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            dots += c == '.' ? 1 : 0;
            boolean hex = c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if ((c < '0' || c > '9') && c != '.' && !(six && (hex || c == ':'))) {
                return false;
            }
        }
        return six || dots == 3;
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] address, int bits) {
        static Network parse(String block) {
            int slash = block.indexOf('/');
            String literal = slash < 0 ? block : block.substring(0, slash);
            if (!isLiteral(literal)) {
                throw new IllegalArgumentException("not an address");
            }
            byte[] address = bytes(literal);
            int bits = slash < 0 ? 8 * address.length : Integer.parseInt(block.substring(slash + 1));
            if (bits < 0 || bits > 8 * address.length) {
                throw new IllegalArgumentException("the prefix is too long");
            }
            return new Network(address, bits);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >>> (i & 7);
                if ((address[i >> 3] & mask) != (other[i >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.util.Locale;

/**
 * Replaces IPv4 addresses by those of the benchmarking network 198.18.0.0/15 (RFC 2544), which no router passes on, and
 * IPv6 addresses by those of a part of the documentation prefix 2001:db8::/32 (RFC 3849). The IPv4 documentation
 * networks have only 768 addresses, too few to tell clients apart.
 */
final class NetworkEncoder {
    /** Marks ours within the documentation prefix. */
    private static final String IPV6_PREFIX = "2001:db8:5e7a:";

    private static final String MAPPED = "::ffff:";

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    NetworkEncoder(SurrogateKeys keys, ShapeEncoder shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    String encode(String value) {
        if (isSurrogate(value)) {
            return value;
        }
        if (isIpv4(value)) {
            Noise noise = new Noise(keys, Purpose.ADDRESS, value);
            return "198." + (18 + noise.below(2)) + '.' + noise.below(256) + '.' + (1 + noise.below(254));
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.startsWith(MAPPED) && isIpv4(value.substring(MAPPED.length()))) {
            return value.substring(0, MAPPED.length()) + encode(value.substring(MAPPED.length()));
        }
        int zone = lower.indexOf('%');
        if (isIpv6(zone < 0 ? lower : lower.substring(0, zone))) {
            String surrogate = ipv6(zone < 0 ? lower : lower.substring(0, zone));
            return (value.equals(lower) ? surrogate : surrogate.toUpperCase(Locale.ROOT))
                    + (zone < 0 ? "" : value.substring(zone));
        }
        int port = value.lastIndexOf(':');
        if (port > 0 && isIpv4(value.substring(0, port))) {
            return encode(value.substring(0, port)) + value.substring(port);
        }
        return shapes.encode(ShapeEncoder.Family.OPAQUE, value);
    }

    /** The network of an address: its last octet, or all but its first three groups, set to nothing. */
    static String network(String value) {
        if (isIpv4(value)) {
            return value.substring(0, value.lastIndexOf('.') + 1) + '0';
        }
        long[] groups = groups(value.toLowerCase(Locale.ROOT));
        return groups.length == 8
                ? Long.toHexString(groups[0]) + ':' + Long.toHexString(groups[1]) + ':' + Long.toHexString(groups[2])
                        + "::"
                : "";
    }

    static boolean isAddress(String value) {
        String bare = value.startsWith("IPv6:") ? value.substring(5) : value;
        return isIpv4(bare) || isIpv6(bare.toLowerCase(Locale.ROOT));
    }

    static boolean isSurrogate(String value) {
        if (value.startsWith("198.18.") || value.startsWith("198.19.")) {
            return isIpv4(value);
        }
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.startsWith(IPV6_PREFIX) && isIpv6(lower);
    }

    static boolean isIpv4(String value) {
        int octets = 0;
        int octet = -1;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : '.';
            if (c == '.') {
                if (octet < 0) {
                    return false;
                }
                octets++;
                octet = -1;
            } else if (Letters.isDigit(c) && octet != 0) {
                octet = Math.max(0, octet) * 10 + c - '0';
                if (octet > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return octets == 4;
    }

    private static boolean isIpv6(String lower) {
        return groups(lower).length == 8;
    }

    /** The surrogate of an address, the same for each way to write it. */
    private String ipv6(String lower) {
        StringBuilder canonical = new StringBuilder();
        for (long group : groups(lower)) {
            canonical.append(Long.toHexString(group)).append(':');
        }
        Noise noise = new Noise(keys, Purpose.ADDRESS, canonical.toString());
        StringBuilder out = new StringBuilder(IPV6_PREFIX);
        for (int group = 3; group < 8; group++) {
            out.append(group == 3 ? "" : ":").append(Integer.toHexString(1 + noise.below(0xFFFF)));
        }
        return out.toString();
    }

    /** The eight groups of an address, none where {@code lower} is no address. */
    private static long[] groups(String lower) {
        int gap = lower.indexOf("::");
        if (gap != lower.lastIndexOf("::") || lower.length() < 2 || lower.length() > 45) {
            return new long[0];
        }
        String[] head = (gap < 0 ? lower : lower.substring(0, gap)).split(":", -1);
        String[] tail = gap < 0 ? new String[] {""} : lower.substring(gap + 2).split(":", -1);
        int heads = head.length == 1 && head[0].isEmpty() ? 0 : head.length;
        int tails = tail.length == 1 && tail[0].isEmpty() ? 0 : tail.length;
        if (gap < 0 ? heads != 8 : heads + tails > 7) {
            return new long[0];
        }
        long[] groups = new long[8];
        for (int i = 0; i < heads + tails; i++) {
            String group = i < heads ? head[i] : tail[i - heads];
            if (group.isEmpty() || group.length() > 4 || !group.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return new long[0];
            }
            groups[i < heads ? i : 8 - tails + i - heads] = Long.parseLong(group, 16);
        }
        return groups;
    }
}

package dev.retake.proxy.http1;

/**
 * The forms of a request target (RFC 9112 §3.2): a path, a whole URL, or {@code *}. Others are read in as many ways as
 * there are readers, {@code @other.example/} as a host of one's choice among them; so is a fragment, which one reader
 * takes for a part of the path and the next cuts off.
 */
final class RequestTarget {
    /** The target names no host. */
    static final int NONE = -1;

    /** The target has no form that is known. */
    static final int INVALID = -2;

    private static final byte[] HTTP = {'h', 't', 't', 'p'};
    private static final byte[] HTTPS = {'h', 't', 't', 'p', 's'};

    private RequestTarget() {}

    /** Where the host of the target in {@code bytes[from, to)} begins, {@link #NONE} or {@link #INVALID}. */
    static int authority(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '#') {
                return INVALID;
            }
        }
        if (bytes[from] == '/' || bytes[from] == '*' && to == from + 1) {
            return NONE;
        }
        int at = from;
        while (at < to && isSchemeCharacter(bytes[at], at == from)) {
            at++;
        }
        if (at == from || to - at < 4 || bytes[at] != ':' || bytes[at + 1] != '/' || bytes[at + 2] != '/') {
            return INVALID;
        }
        int authority = at + 3;
        int end = authorityEnd(bytes, authority, to);
        return end > authority && isAuthority(bytes, authority, end) ? authority : INVALID;
    }

    /** Whether {@code bytes[from, to)} may be a host and port, nothing included; user information may not be there. */
    static boolean isAuthority(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b >= 0 && (b <= ' ' || b == 0x7f || "\"#,/<>?@\\".indexOf(b) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the target that begins at {@code from}, with its host at {@code authority}, names the host in {@code
     * bytes[hostFrom, hostTo)}; the port that the scheme implies may be left out of either.
     */
    static boolean names(byte[] bytes, int from, int authority, int to, int hostFrom, int hostTo) {
        int schemeEnd = authority - 3;
        byte[] port = {};
        if (Ascii.equalsLower(bytes, from, schemeEnd, HTTP)) {
            port = new byte[] {':', '8', '0'};
        } else if (Ascii.equalsLower(bytes, from, schemeEnd, HTTPS)) {
            port = new byte[] {':', '4', '4', '3'};
        }
        int end = withoutPort(bytes, authority, authorityEnd(bytes, authority, to), port);
        return Ascii.equalRanges(bytes, authority, end, hostFrom, withoutPort(bytes, hostFrom, hostTo, port));
    }

    private static int withoutPort(byte[] bytes, int from, int to, byte[] port) {
        int colon = to - port.length;
        return colon >= from && Ascii.equalsLower(bytes, colon, to, port) ? colon : to;
    }

    private static int authorityEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    private static boolean isSchemeCharacter(byte b, boolean first) {
        boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
        return letter || !first && (b >= '0' && b <= '9' || b == '+' || b == '-' || b == '.');
    }
}

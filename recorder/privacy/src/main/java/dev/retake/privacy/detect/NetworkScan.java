package dev.retake.privacy.detect;

import dev.retake.privacy.detect.ContextWords.Topic;

/** Finds IPv4 (RFC 1123), IPv6 (RFC 4291) and MAC addresses that belong to somebody. */
final class NetworkScan {
    private static final int LONGEST_IPV6 = 45;

    private NetworkScan() {}

    /**
     * Looks for an IPv4 address at {@code i}, which is a digit.
     *
     * @return the end of the hit, or -1
     */
    static int ipv4(byte[] text, int from, int i, int to, HitList out) {
        int end = ipv4End(text, i, to);
        if (end < 0
                || !Bytes.endsToken(text, end, to)
                || (end + 1 < to && text[end] == '.' && Bytes.isDigit(text[end + 1]))
                || isNobodys(text, i)
                || isVersion(text, from, i, to, end)) {
            return -1;
        }
        out.add(i, end, DataClass.IPV4);
        return end;
    }

    /** The end of four octets without leading zeros at {@code i}, or -1. */
    private static int ipv4End(byte[] text, int i, int to) {
        int at = i;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0) {
                if (at >= to || text[at] != '.') {
                    return -1;
                }
                at++;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && Bytes.isDigit(text[at])) {
                value = 10 * value + text[at++] - '0';
            }
            if (at == start || value > 255 || (text[start] == '0' && at - start > 1)) {
                return -1;
            }
        }
        return at;
    }

    /** Unspecified, loopback, multicast and masks (RFC 6890). */
    private static boolean isNobodys(byte[] text, int i) {
        int first = 0;
        for (int at = i; text[at] != '.'; at++) {
            first = 10 * first + text[at] - '0';
        }
        return first == 0 || first == 127 || first >= 224;
    }

    /** {@code Chrome/120.0.0.0}, {@code v1.2.3.4}, {@code version 1.2.3.4}. */
    private static boolean isVersion(byte[] text, int from, int i, int to, int end) {
        boolean product = i - 2 >= from && text[i - 1] == '/' && Bytes.isWord(text[i - 2]) && !isPathOf(text, from, i);
        boolean zeros = Bytes.matches(text, end - 6, to, ".0.0.0");
        return product || zeros || ContextWords.speakOf(Topic.VERSION, text, from, i);
    }

    /** Whether the slash before {@code i} parts a path (another slash stands before) rather than product and version. */
    private static boolean isPathOf(byte[] text, int from, int i) {
        for (int at = i - 2; at >= from && text[at] > ' '; at--) {
            if (text[at] == '/') {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks for a MAC or IPv6 address around the colon at {@code i}.
     *
     * @param floor what lies before belongs to an earlier hit
     * @return the end of the hit, or -1
     */
    static int colons(byte[] text, int floor, int i, int to, HitList out) {
        int start = i;
        while (start > floor && i - start < 4 && Bytes.isHex(text[start - 1])) {
            start--;
        }
        if (start > floor && (Bytes.isWord(text[start - 1]) || text[start - 1] == ':')) {
            return -1;
        }
        int end = macEnd(text, start, to, (byte) ':');
        if (end > 0) {
            out.add(start, end, DataClass.MAC);
            return end;
        }
        end = ipv6End(text, start, to);
        if (end > 0) {
            out.add(start, end, DataClass.IPV6);
        }
        return end;
    }

    /** Looks for a MAC address with hyphens, the first at {@code i}. */
    static int hyphens(byte[] text, int floor, int i, int to, HitList out) {
        int start = i - 2;
        if (start < floor
                || i + 3 >= to
                || text[i + 3] != '-'
                || !Bytes.isHex(text[start])
                || !Bytes.isHex(text[start + 1])
                || (start > floor && (Bytes.isWord(text[start - 1]) || text[start - 1] == '-'))) {
            return -1;
        }
        int end = macEnd(text, start, to, (byte) '-');
        if (end > 0) {
            out.add(start, end, DataClass.MAC);
        }
        return end;
    }

    /** Looks for a MAC address in three groups, {@code 0180.44ff.7104}, of which the first dot is at {@code i}. */
    static int dots(byte[] text, int floor, int i, int to, HitList out) {
        int start = i - 4;
        int end = i + 10;
        if (start < floor
                || end > to
                || text[i + 5] != '.'
                || !Bytes.startsToken(text, floor, start)
                || !Bytes.endsToken(text, end, to)
                || end < to && text[end] == '.') {
            return -1;
        }
        int letters = 0;
        for (int k = start; k < end; k++) {
            if (k != i && k != i + 5) {
                if (!Bytes.isHex(text[k])) {
                    return -1;
                }
                letters += Bytes.isDigit(text[k]) ? 0 : 1;
            }
        }
        if (letters == 0 || letters == 12) {
            return -1;
        }
        out.add(start, end, DataClass.MAC);
        return end;
    }

    private static int macEnd(byte[] text, int start, int to, byte separator) {
        int end = start + 17;
        if (end > to || !Bytes.endsToken(text, end, to) || (end < to && text[end] == separator)) {
            return -1;
        }
        boolean same = true;
        for (int k = 0; k < 17; k++) {
            byte b = text[start + k];
            if (k % 3 == 2 ? b != separator : !Bytes.isHex(b)) {
                return -1;
            }
            same &= k % 3 == 2 || b == text[start];
        }
        return same ? -1 : end;
    }

    /** The end of an IPv6 address of eight groups, or fewer with one {@code ::}; -1 for loopback and for anything else. */
    private static int ipv6End(byte[] text, int start, int to) {
        int at = start;
        int groups = 0;
        int gap = -1;
        int digits = 0;
        if (at + 1 < to && text[at] == ':') {
            if (text[at + 1] != ':') {
                return -1;
            }
            gap = 0;
            at += 2;
        }
        int end = at;
        while (groups < 8 && at < to && at - start < LONGEST_IPV6) {
            int groupStart = at;
            while (at < to && at - groupStart < 5 && Bytes.isHex(text[at])) {
                digits += Bytes.isDigit(text[at]) ? 1 : 0;
                at++;
            }
            if (at == groupStart || at - groupStart > 4) {
                break;
            }
            if (at + 1 < to && text[at] == '.' && Bytes.isDigit(text[at + 1]) && groups >= 2 - (gap >= 0 ? 2 : 0)) {
                int mapped = ipv4End(text, groupStart, to);
                if (mapped < 0) {
                    break;
                }
                groups += 2;
                end = mapped;
                at = mapped;
                break;
            }
            groups++;
            end = at;
            if (at + 1 >= to || text[at] != ':') {
                break;
            }
            if (text[at + 1] == ':') {
                if (gap >= 0) {
                    break;
                }
                gap = groups;
                at += 2;
                end = at;
            } else {
                at++;
            }
        }
        boolean whole = gap < 0 ? groups == 8 : groups >= 2 && groups <= 7 && isLikely(text, start, gap, groups);
        boolean ended = Bytes.endsToken(text, end, to) && (end >= to || text[end] != ':' || end + 1 >= to);
        return whole && ended && digits > 0 ? end : -1;
    }

    /** With a gap and few groups {@code a::b} may be code: the first group must be one of addresses in use. */
    private static boolean isLikely(byte[] text, int start, int gap, int groups) {
        return gap == 0 || groups >= 4 || (Bytes.isHex(text[start + 2]) && Bytes.isHex(text[start + 3]));
    }
}

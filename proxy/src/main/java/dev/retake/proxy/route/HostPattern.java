package dev.retake.proxy.route;

import dev.retake.proxy.http1.Ascii;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts a route takes: all, one name or address, or every name under one ({@code *.example.com}: one label or more
 * before the dot, not {@code example.com} itself). Case and port make no difference.
 */
public final class HostPattern {
    /** Every host, and requests that name none. */
    public static final HostPattern ANY = new HostPattern("", new byte[0], null);

    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private final String text;
    private final byte[] suffix;
    private final byte @Nullable [] address;

    private HostPattern(String text, byte[] suffix, byte @Nullable [] address) {
        this.text = text;
        this.suffix = suffix;
        this.address = address;
    }

    /**
     * Reads a pattern; international names are written as they are sent ({@code xn--…}).
     *
     * @throws IllegalArgumentException where it is none
     */
    public static HostPattern of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(lower.substring(1, lower.length() - 1));
            if (address == null || address.length != 16) {
                throw new IllegalArgumentException();
            }
            return new HostPattern(lower, new byte[0], address);
        }
        if (!NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException();
        }
        String suffix = lower.startsWith("*") ? lower.substring(1) : lower;
        return new HostPattern(lower, suffix.getBytes(StandardCharsets.US_ASCII), null);
    }

    boolean isAny() {
        return text.isEmpty();
    }

    /** Whether it takes the host that {@code reading} has read. */
    Match match(HostReading reading) {
        if (isAny()) {
            return Match.YES;
        }
        if (!reading.clear()) {
            return Match.EITHER;
        }
        int length = reading.to() - reading.from();
        if (address != null) {
            return matchAddress(reading);
        }
        boolean wildcard = text.startsWith("*");
        if (wildcard ? length <= suffix.length : length != suffix.length) {
            return Match.NO;
        }
        return Ascii.equalsLower(reading.bytes(), reading.to() - suffix.length, reading.to(), suffix)
                ? Match.YES
                : Match.NO;
    }

    private Match matchAddress(HostReading reading) {
        int from = reading.from();
        if (from == reading.to() || reading.bytes()[from] != '[') {
            return Match.NO;
        }
        String host = new String(reading.bytes(), from + 1, reading.to() - from - 2, StandardCharsets.ISO_8859_1);
        return Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString(host)) ? Match.YES : Match.NO;
    }

    /** Whether every host that {@code other} takes is taken by this. */
    boolean covers(HostPattern other) {
        if (isAny() || equals(other)) {
            return true;
        }
        return text.startsWith("*") && other.text.endsWith(text.substring(1)) && other.text.length() > suffix.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostPattern pattern
                && text.equals(pattern.text)
                && Arrays.equals(address, pattern.address);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return text;
    }
}

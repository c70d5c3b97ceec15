package dev.retake.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The fields that a relay must know; all others pass unread. */
public enum Field {
    OTHER(""),
    CONNECTION("Connection"),
    CONTENT_LENGTH("Content-Length"),
    EXPECT("Expect"),
    FORWARDED("Forwarded"),
    HOST("Host"),
    HTTP2_SETTINGS("HTTP2-Settings"),
    KEEP_ALIVE("Keep-Alive"),
    PROXY_CONNECTION("Proxy-Connection"),
    TE("TE"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    UPGRADE("Upgrade"),
    VIA("Via"),
    WWW_AUTHENTICATE("WWW-Authenticate"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_HOST("X-Forwarded-Host"),
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    X_RETAKE_RUN("X-Retake-Run");

    private static final int LONGEST = 17;
    private static final Field[][] BY_LENGTH = byLength();

    private final String fieldName;

    @SuppressWarnings("ImmutableEnumChecker") // never written to
    private final byte[] lower;

    @SuppressWarnings("ImmutableEnumChecker") // never written to
    private final byte[] underscored;

    Field(String fieldName) {
        this.fieldName = fieldName;
        this.lower = fieldName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        this.underscored = fieldName.toLowerCase(Locale.ROOT).replace('-', '_').getBytes(StandardCharsets.US_ASCII);
    }

    /** The name in its usual case. */
    public String fieldName() {
        return fieldName;
    }

    /** Which field the name in {@code bytes[from, to)} is, in any case. */
    static Field of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return OTHER;
        }
        for (Field candidate : BY_LENGTH[length]) {
            if (Ascii.equalsLower(bytes, from, to, candidate.lower)) {
                return candidate;
            }
        }
        return OTHER;
    }

    /**
     * Whether the name spells Content-Length or Transfer-Encoding with an underscore: what hands fields on as CGI does
     * (RFC 3875 §4.1.18) cannot tell it from the real one.
     */
    static boolean isAliasOfFraming(byte[] bytes, int from, int to) {
        return Ascii.equalsLower(bytes, from, to, CONTENT_LENGTH.underscored)
                || Ascii.equalsLower(bytes, from, to, TRANSFER_ENCODING.underscored);
    }

    /**
     * Whether the name in {@code bytes[from, to)} may stand in a trailer section: nothing that frames or routes a message
     * or is for one hop alone may (RFC 9110 §6.5.1), since it would escape what is done to such fields in a head.
     */
    static boolean mayTrail(byte[] bytes, int from, int to) {
        Field field = of(bytes, from, to);
        return (field == OTHER || field == WWW_AUTHENTICATE) && !isAliasOfFraming(bytes, from, to);
    }

    private static Field[][] byLength() {
        Field[][] table = new Field[LONGEST + 1][];
        for (int length = 0; length <= LONGEST; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(field -> field != OTHER && field.lower.length == wanted)
                    .toArray(Field[]::new);
        }
        return table;
    }
}

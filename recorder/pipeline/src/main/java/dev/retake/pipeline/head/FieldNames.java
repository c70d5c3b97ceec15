package dev.retake.pipeline.head;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The usual names of header fields, as they are written most: of these there is one string each, however often they come. */
final class FieldNames {
    private static final int SLOTS = 1 << 9;
    private static final String[] USUAL =
            ("Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Access-Control-Allow-Credentials "
                            + "Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin "
                            + "Access-Control-Expose-Headers Age Allow Alt-Svc Authorization Baggage Cache-Control Connection "
                            + "Content-Disposition Content-Encoding Content-Language Content-Length Content-Location "
                            + "Content-Security-Policy Content-Type Cookie Date DNT ETag Expect Expires Forwarded Host "
                            + "Idempotency-Key If-Match If-Modified-Since If-None-Match If-Unmodified-Since Keep-Alive "
                            + "Last-Modified Link Location Origin Pragma Range Referer Referrer-Policy Retry-After "
                            + "Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site "
                            + "Sec-Fetch-User Server Server-Timing Set-Cookie Strict-Transport-Security TE Traceparent "
                            + "Tracestate Trailer Transfer-Encoding Upgrade Upgrade-Insecure-Requests User-Agent Vary Via "
                            + "WWW-Authenticate X-Api-Key X-Content-Type-Options X-Correlation-ID X-CSRF-Token "
                            + "X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Frame-Options X-Powered-By X-Real-IP "
                            + "X-Request-ID X-Requested-With X-User X-XSS-Protection")
                    .split(" ");
    private static final @Nullable String[] NAMES = new String[SLOTS];
    private static final byte[][] BYTES = new byte[SLOTS][];

    static {
        for (String name : USUAL) {
            put(name);
            put(name.toLowerCase(Locale.ROOT));
        }
    }

    private FieldNames() {}

    /** The name at {@code head[from, to)} in ISO-8859-1. */
    static String of(byte[] head, int from, int to) {
        int slot = slot(head, from, to);
        byte[] bytes = BYTES[slot];
        String name = NAMES[slot];
        if (name != null && bytes.length == to - from && isAt(bytes, head, from)) {
            return name;
        }
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isAt(byte[] name, byte[] head, int from) {
        for (int i = 0; i < name.length; i++) {
            if (name[i] != head[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Of two names on one slot the first stays; the other is made each time. */
    private static void put(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        int slot = slot(bytes, 0, bytes.length);
        if (NAMES[slot] == null) {
            NAMES[slot] = name;
            BYTES[slot] = bytes;
        }
    }

    private static int slot(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash * 0x9E3779B1) >>> 23;
    }
}

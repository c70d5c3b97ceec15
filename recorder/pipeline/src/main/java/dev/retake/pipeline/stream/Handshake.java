package dev.retake.pipeline.stream;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an opening handshake agreed on (RFC 6455 §4.2.2, RFC 7692 §7.1).
 *
 * @param deflate whether messages may be compressed
 */
record Handshake(boolean deflate) {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What was agreed; null where the two do not open a WebSocket, or one whose frames cannot be read. */
    static @Nullable Handshake of(Request request, Response response) {
        String key = request.headers().first("Sec-WebSocket-Key");
        String accept = response.headers().first("Sec-WebSocket-Accept");
        if (response.status() != 101 || key == null || accept == null || !accept.equals(acceptOf(key))) {
            return null;
        }
        return extensions(response.headers().all("Sec-WebSocket-Extensions"));
    }

    /** What takes the compression off one side's messages; null where they have none. */
    @Nullable
    MessageInflater inflater(int bound) {
        return deflate ? new MessageInflater(bound) : null;
    }

    /** What a server answers to {@code key}. */
    static String acceptOf(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static @Nullable Handshake extensions(List<String> values) {
        String all = String.join(",", values).trim();
        if (all.isEmpty()) {
            return new Handshake(false);
        }
        String[] extension = all.toLowerCase(Locale.ROOT).split(";", -1);
        if (all.contains(",") || !extension[0].trim().equals("permessage-deflate")) {
            return null;
        }
        for (int i = 1; i < extension.length; i++) {
            String name = extension[i].split("=", 2)[0].trim();
            switch (name) {
                case "client_no_context_takeover",
                        "server_no_context_takeover",
                        "client_max_window_bits",
                        "server_max_window_bits" -> {
                    // What bounds how far a sender looks back is read by one who looks back as far as can be.
                }
                default -> {
                    return null;
                }
            }
        }
        return new Handshake(true);
    }
}

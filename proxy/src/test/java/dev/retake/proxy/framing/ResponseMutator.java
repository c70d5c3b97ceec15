package dev.retake.proxy.framing;

import java.util.List;
import java.util.Random;

/**
 * Makes a valid response and then spoils it, with the bytes that have split responses before. The same seed, the same
 * bytes.
 */
final class ResponseMutator {
    /** A response that nobody asked for; a client that gets it was served what is not its own. */
    static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

    // Safe ones, which the relay may send again where a connection that rested has just ended.
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "HEAD");
    private static final List<String> STATUSES =
            List.of("200 OK", "200 OK", "200", "206 Partial Content", "404 Not \u00e9", "204 None", "304 x", "500 \t");
    private static final List<String> INTERIMS = List.of(
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
            "HTTP/1.1 102 x\r\nContent-Length: 0\r\n\r\n");
    private static final List<String> FIELDS = List.of(
            "Content-Type: text/plain\r\n",
            "X-A: b\r\n",
            "Set-Cookie: a=b; c\r\n",
            "Connection: keep-alive\r\n",
            "Connection: close\r\n",
            "Connection: X-A\r\n",
            "Keep-Alive: timeout=5\r\n",
            "X-Empty:\r\n",
            "Upgrade: h2c\r\n",
            "X-Text: \u00e9 \t x\r\n");
    private static final List<String> OWN = List.of(
            "100",
            "101",
            "204",
            "304",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Connection: Transfer-Encoding\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            POISON);

    private final Random random;
    private final Spoiler spoiler;

    ResponseMutator(long seed) {
        this.random = new Random(seed);
        this.spoiler = Spoiler.ofHttp1(random, OWN);
    }

    /** The method of the request that is answered. */
    String method() {
        return spoiler.any(METHODS);
    }

    /** A response that breaks no rule, interim ones before it, to {@code method}; one in six has one more behind it. */
    String valid(String method) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, random.nextInt(5) - 2); i > 0; i--) {
            text.append(spoiler.any(INTERIMS));
        }
        boolean old = random.nextInt(8) == 0;
        String status = spoiler.any(STATUSES);
        text.append(old ? "HTTP/1.0 " : "HTTP/1.1 ").append(status).append("\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(spoiler.any(FIELDS));
        }
        boolean bodyless = method.equals("HEAD") || status.startsWith("204") || status.startsWith("304");
        String body = body();
        switch (random.nextInt(old ? 2 : 5)) {
            case 0 -> text.append("\r\n").append(bodyless ? "" : body); // up to the end of the connection
            case 1, 2 -> {
                if (!status.startsWith("204")) {
                    text.append("Content-Length: ").append(body.length()).append("\r\n");
                }
                text.append("\r\n").append(bodyless ? "" : body);
            }
            default -> {
                if (!status.startsWith("204")) {
                    text.append("Transfer-Encoding: chunked\r\n");
                }
                text.append("\r\n").append(bodyless ? "" : chunks());
            }
        }
        return text + (random.nextInt(6) == 0 ? POISON : "");
    }

    private String chunks() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String body = body();
            if (!body.isEmpty()) {
                text.append(Integer.toHexString(body.length()))
                        .append(spoiler.any(List.of("", "", ";a=\"b\"", "  ")))
                        .append("\r\n")
                        .append(body)
                        .append("\r\n");
            }
        }
        return text + "0\r\n" + (random.nextInt(3) == 0 ? "X-Sum: 1\r\n" : "") + "\r\n";
    }

    /** Content that would be a response, or the end of a chunk, to who takes it for framing. */
    private String body() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "0\r\n\r\n" + POISON;
            case 2 -> "HTTP/1.1 200 OK\r\nX: ";
            default -> "some text";
        };
    }

    /** {@code text} with one or two things wrong, or by chance still right; one in eight is left as it is. */
    String spoiled(String text) {
        return random.nextInt(8) == 0 ? text : spoiler.spoiled(text, 2);
    }

    /** Where {@code length} bytes are cut into packets. */
    int[] cuts(int length) {
        return spoiler.cuts(length);
    }

    boolean chance() {
        return random.nextBoolean();
    }
}

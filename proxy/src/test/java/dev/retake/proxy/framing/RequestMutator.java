package dev.retake.proxy.framing;

import java.util.List;
import java.util.Random;

/** Makes valid requests and then spoils them, with the bytes that have split requests before. The same seed, the same bytes. */
final class RequestMutator {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS");
    private static final List<String> FIELDS = List.of(
            "Accept: */*\r\n",
            "X-A: b\r\n",
            "Cookie: a=b; c=d\r\n",
            "Connection: keep-alive\r\n",
            "X-Empty:\r\n",
            "TE: trailers\r\n",
            "X-Text: \u00e9 \t x\r\n");
    private static final List<String> OWN = List.of(
            "#",
            "@",
            "\"",
            "identity",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding: identity, chunked\r\n",
            "Host: other\r\n",
            "Host: h\r\n",
            "Expect: 100-continue\r\n",
            "http://other/",
            "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST");

    private final Random random;
    private final Spoiler spoiler;
    private final String prefix;

    /** @param prefix the path below which all targets of the valid requests lie */
    RequestMutator(long seed, String prefix) {
        this.random = new Random(seed);
        this.spoiler = Spoiler.ofHttp1(random, OWN);
        this.prefix = prefix;
    }

    /** One to four requests in a row that break no rule. */
    String valid() {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(one(i));
        }
        return text.toString();
    }

    private String one(int number) {
        StringBuilder text = new StringBuilder(any(METHODS) + " " + prefix + "/" + number + " HTTP/1.1\r\nHost: h\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(any(FIELDS));
        }
        return switch (random.nextInt(3)) {
            case 0 -> text + "\r\n";
            case 1 -> {
                String body = body();
                yield text + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            }
            default -> text + "Transfer-Encoding: chunked\r\n\r\n" + chunks();
        };
    }

    private String chunks() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            String body = body();
            if (!body.isEmpty()) {
                text.append(Integer.toHexString(body.length()));
                text.append(random.nextInt(4) == 0 ? ";a=\"b\"" : "")
                        .append("\r\n")
                        .append(body)
                        .append("\r\n");
            }
        }
        return text + "0\r\n" + (random.nextInt(4) == 0 ? "X-Sum: 1\r\n" : "") + "\r\n";
    }

    /** Content that would be a request, or the end of a chunk, to who takes it for framing. */
    private String body() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "0\r\n\r\nGET " + prefix + "/smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
            case 2 -> "GET " + prefix + "/smuggled HTTP/1.1\r\nHost: h\r\nX: ";
            default -> "a=b&c=d";
        };
    }

    /** {@code text} with one to four things wrong, or by chance still right. */
    String spoiled(String text) {
        return spoiler.spoiled(text, 4);
    }

    /** Where {@code length} bytes are cut into packets: nowhere, anywhere, or after every byte. */
    int[] cuts(int length) {
        return spoiler.cuts(length);
    }

    private String any(List<String> choices) {
        return spoiler.any(choices);
    }
}

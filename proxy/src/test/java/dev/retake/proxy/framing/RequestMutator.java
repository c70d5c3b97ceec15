package dev.retake.proxy.framing;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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
    private static final List<String> NASTY = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\r\n",
            "\r\n\r\n",
            "\u0000",
            "\t",
            " ",
            "\u000b",
            "\u000c",
            "\u0085",
            "\u00a0",
            ":",
            ";",
            ",",
            "_",
            "#",
            "@",
            "\"",
            "0",
            "0\r\n\r\n",
            "-1",
            "+5",
            "0x5",
            "ffffffffffffffff",
            "2147483648",
            "\r\n ",
            "chunked",
            "identity",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Content-Length : 5\r\n",
            "Content_Length: 5\r\n",
            "Content-Length: 5, 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding:\u000bchunked\r\n",
            "Transfer-Encoding: identity, chunked\r\n",
            "Connection: Content-Length\r\n",
            "Connection: close\r\n",
            "Host: other\r\n",
            "Host: h\r\n",
            "Expect: 100-continue\r\n",
            "HTTP/1.0",
            "HTTP/1.1",
            "http://other/",
            "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST",
            ";a=\"\r\n\"");

    private final Random random;
    private final String prefix;

    /** @param prefix the path below which all targets of the valid requests lie */
    RequestMutator(long seed, String prefix) {
        this.random = new Random(seed);
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
        StringBuilder spoiled = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0 && spoiled.length() > 1; i--) {
            spoil(spoiled);
        }
        return spoiled.toString();
    }

    private void spoil(StringBuilder text) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(8)) {
            case 0 -> text.insert(at, any(NASTY));
            case 1 -> text.insert(lineStart(text, at), any(NASTY));
            case 2 -> text.replace(at, at + 1, any(NASTY));
            case 3 -> text.delete(at, end);
            case 4 -> text.insert(end, text.substring(at, end));
            case 5 -> text.setCharAt(at, (char) random.nextInt(256));
            case 6 -> text.insert(lineStart(text, random.nextInt(text.length())), line(text, at));
            default -> {
                int start = lineStart(text, at);
                text.delete(start, start + line(text, at).length());
            }
        }
        if (text.length() == 0) {
            text.append(' ');
        }
    }

    private static int lineStart(StringBuilder text, int at) {
        return Math.max(0, text.lastIndexOf("\n", at - 1) + 1);
    }

    private static String line(StringBuilder text, int at) {
        int start = lineStart(text, at);
        int end = text.indexOf("\n", start);
        return text.substring(start, end < 0 ? text.length() : end + 1);
    }

    /** Where {@code length} bytes are cut into packets: nowhere, anywhere, or after every byte. */
    int[] cuts(int length) {
        return switch (random.nextInt(4)) {
            case 0 -> random.ints(0, length + 1).limit(1).toArray();
            case 1 -> IntStream.range(0, length).toArray();
            default ->
                random.ints(0, length + 1).limit(1 + random.nextInt(8)).sorted().toArray();
        };
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package dev.retake.proxy.framing;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Spoils messages with bytes that have split messages before. The same source of chance, the same bytes. */
final class Spoiler {
    /** What frames messages of HTTP/1.1, and what nearly does. */
    private static final List<String> FRAMING = List.of(
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
            "0",
            "0\r\n\r\n",
            "-1",
            "+5",
            "0x5",
            "ffffffffffffffff",
            "2147483648",
            "\r\n ",
            "chunked",
            "HTTP/1.0",
            "HTTP/1.1",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Content-Length : 5\r\n",
            "Content_Length: 5\r\n",
            "Content-Length: 5, 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            "Transfer-Encoding:\u000bchunked\r\n",
            "Connection: Content-Length\r\n",
            "Connection: close\r\n",
            ";a=\"\r\n\"");

    private final Random random;
    private final List<String> nasty;

    /** @param nasty what is put between or in place of other bytes */
    Spoiler(Random random, List<String> nasty) {
        this.random = random;
        this.nasty = nasty;
    }

    /** A spoiler of HTTP/1.1, which has {@code own} to put beside what frames any message. */
    static Spoiler ofHttp1(Random random, List<String> own) {
        return new Spoiler(random, Stream.concat(FRAMING.stream(), own.stream()).toList());
    }

    /** {@code text} with one to {@code most} things wrong, or by chance still right. */
    String spoiled(String text, int most) {
        StringBuilder spoiled = new StringBuilder(text);
        for (int i = 1 + random.nextInt(most); i > 0 && spoiled.length() > 1; i--) {
            spoil(spoiled);
        }
        return spoiled.toString();
    }

    private void spoil(StringBuilder text) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(8)) {
            case 0 -> text.insert(at, any(nasty));
            case 1 -> text.insert(lineStart(text, at), any(nasty));
            case 2 -> text.replace(at, at + 1, any(nasty));
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

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

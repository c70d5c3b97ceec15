package dev.retake.cli.leak;

import java.util.List;

/**
 * One planted value with all that decides how it travels.
 *
 * @param number from 0 on, unique in its round
 * @param ownName whether its field has a telling name, where the place has names at all
 * @param inResponse whether the response carries it and not the request
 */
public record LeakCase(
        int number,
        PlantedClass planted,
        Place place,
        Encoding encoding,
        Split split,
        boolean inResponse,
        boolean ownName,
        String value) {

    /** What must not be found afterwards. */
    public List<String> needles() {
        return planted.needles(value);
    }

    /** The row of the table in which it counts. */
    public String row() {
        return place.label();
    }

    /** The column of the table in which it counts. */
    public String column() {
        return planted.column();
    }

    /** Whether surrogates of its class are so few that one may hold another planted value. */
    public boolean mayCoincide() {
        return planted == PlantedClass.BIRTH || planted == PlantedClass.LOCAL_PHONE;
    }

    /** The value of the field {@code X-Case}. */
    public String mark() {
        return "case-" + number;
    }

    /** The writes of its request. */
    public List<byte[]> request() {
        String fields = "Host: shop.test\r\nX-Case: " + mark() + "\r\n";
        if (place.isMessage()) {
            return Split.WHOLE.writes(
                    "GET /v1/case HTTP/1.1\r\n" + fields + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
                    new byte[0],
                    "",
                    "");
        }
        if (inResponse) {
            return Split.WHOLE.writes("GET /v1/case HTTP/1.1\r\n" + fields, new byte[0], "", "");
        }
        String filled = filled();
        if (place.part() == Place.Part.TARGET) {
            return split.writes("GET " + filled + " HTTP/1.1\r\n" + fields, new byte[0], "", written());
        }
        return message("POST /v1/case HTTP/1.1\r\n" + fields, filled);
    }

    /** The writes of its response. */
    public List<byte[]> response() {
        if (place.isMessage()) {
            String extension = isCompressed() ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
            return List.of(
                    Encoding.utf8("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" + extension + "\r\n"));
        }
        if (!inResponse) {
            return Split.WHOLE.writes("HTTP/1.1 200 OK\r\n", new byte[0], "", "");
        }
        String status = place == Place.ERROR_PAGE ? "500 Oops" : place == Place.LOCATION ? "302 Found" : "200 OK";
        return message("HTTP/1.1 " + status + "\r\n", filled());
    }

    /** Whether it travels on a WebSocket, which its request opens. */
    public boolean onWebSocket() {
        return place.isMessage();
    }

    /** The writes of its message on the WebSocket. */
    public List<byte[]> frames() {
        byte[] text = Encoding.utf8(filled());
        byte[] payload = isCompressed() ? Encoding.deflatedMessage(text) : text;
        return split.frames(payload, !inResponse, isCompressed(), written());
    }

    private boolean isCompressed() {
        return encoding == Encoding.DEFLATE;
    }

    private List<byte[]> message(String head, String filled) {
        if (place.part() == Place.Part.TRAILER) {
            return split.writes(head, Encoding.utf8("some content"), filled, written());
        }
        if (!place.inBody()) {
            return split.writes(head + filled + "\r\n", new byte[0], "", written());
        }
        String coding = encoding.contentCoding();
        String fields = "Content-Type: " + place.type(encoding) + "\r\n"
                + (coding.isEmpty() ? "" : "Content-Encoding: " + coding + "\r\n");
        return split.writes(head + fields, encoding.body(filled), "", written());
    }

    private String filled() {
        return place.filled(words(), written());
    }

    private String written() {
        return place.syntax().written(encoding, Place.camel(words()), value);
    }

    private String words() {
        return ownName ? planted.key() : "note";
    }

    /** Without the value. */
    @Override
    public String toString() {
        return String.join(
                ", ",
                planted.name(),
                place.name(),
                encoding.name(),
                split.name(),
                inResponse ? "response" : "request",
                ownName ? "own name" : "other name");
    }
}

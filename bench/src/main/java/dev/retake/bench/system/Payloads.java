package dev.retake.bench.system;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What passes: sessions of ten requests by many users, and JSON answers of a given size with four personal values each,
 * different for every user. A body is a template whose slots are written over, so that the load core spends little on it.
 */
final class Payloads {
    static final int EXCHANGES_PER_SESSION = 10;
    static final int USERS = 20_000;

    private static final String[] GIVEN = {"Agnes", "Boris", "Clara", "David", "Elena", "Fahim", "Greta", "Hiroy"};
    private static final String[] FAMILY = {"Johnson", "Petrova", "Almeida", "Lindahl", "Nakanos", "Ferrari", "Kowalsk"
    };

    private final byte[] template;
    private final int nameAt;
    private final int mailAt;
    private final int phoneAt;
    private final int cardAt;
    private final byte[] head;

    /** Answers with a JSON body of exactly {@code size} bytes. */
    Payloads(int size) {
        StringBuilder json = new StringBuilder(size + 200);
        json.append("{\"order\":{\"id\":184467,\"status\":\"shipped\",\"total\":184.90,\"currency\":\"EUR\"},");
        json.append("\"customer\":{\"name\":\"Agnes Johnson\",\"email\":\"agnes.johnson.00000@mail.test\",");
        json.append("\"phone\":\"+4930555000000\",\"card\":\"4111111111111111\"},\"lines\":[");
        for (int line = 0; json.length() < size - 160; line++) {
            json.append(line == 0 ? "" : ",");
            json.append("{\"sku\":\"TX-%04d\",\"title\":\"Cotton shirt, size %d\",\"quantity\":%d,\"price\":%d.%02d}"
                    .formatted(line, line % 60, 1 + line % 3, 10 + line % 90, line % 100));
        }
        json.append("],\"note\":\"");
        while (json.length() < size - 2) {
            json.append((char) ('a' + json.length() % 23));
        }
        json.append("\"}");
        String text = json.toString();
        template = text.getBytes(StandardCharsets.US_ASCII);
        nameAt = text.indexOf("Agnes Johnson");
        mailAt = text.indexOf("agnes.johnson.00000");
        phoneAt = text.indexOf("+4930555000000");
        cardAt = text.indexOf("4111111111111111");
        head = ("HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n"
                        + "Content-Length: " + template.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes of one answer, head included. */
    int answerBytes() {
        return head.length + template.length;
    }

    /** Bytes of one answer's body. */
    int bodyBytes() {
        return template.length;
    }

    /** Writes the answer for {@code user}. */
    void writeAnswer(ByteBuf out, int user) {
        out.writeBytes(head);
        int start = out.writerIndex();
        out.writeBytes(template);
        set(out, start + nameAt, GIVEN[user % GIVEN.length]);
        set(out, start + nameAt + 6, FAMILY[user % FAMILY.length]);
        digits(out, start + mailAt + 14, user, 5);
        digits(out, start + phoneAt + 8, user, 6);
        digits(out, start + cardAt + 6, user, 9);
        out.setByte(start + cardAt + 15, luhn(out, start + cardAt));
    }

    /** The request numbered {@code position} of the session numbered {@code session}. */
    static byte[] request(long session, int position) {
        long user = session % USERS;
        return ("GET /api/orders/" + (100_000 + user) + "?page=" + position + " HTTP/1.1\r\nHost: shop.test\r\n"
                        + "User-Agent: bench/1\r\nAccept: application/json\r\nAccept-Language: en\r\n"
                        + "Cookie: theme=dark; sid="
                        + Long.toHexString(0x1000_0000_0000_0000L | session * 0x9E3779B97F4AL)
                        + "\r\nX-User: " + user + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void set(ByteBuf out, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            out.setByte(at + i, text.charAt(i));
        }
    }

    private static void digits(ByteBuf out, int at, int number, int width) {
        int rest = number;
        for (int i = width - 1; i >= 0; i--) {
            out.setByte(at + i, '0' + rest % 10);
            rest /= 10;
        }
    }

    /** The check digit (ISO/IEC 7812-1) of the fifteen digits before it. */
    private static int luhn(ByteBuf out, int at) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int digit = out.getByte(at + i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return '0' + (10 - sum % 10) % 10;
    }
}

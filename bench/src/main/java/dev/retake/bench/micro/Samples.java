package dev.retake.bench.micro;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Exchanges of a given size with four personal values in the answer. */
final class Samples {
    static final String SESSION = "0123456789abcdef0123456789abcdef";

    private static final String[] GIVEN = {"Agnes", "Boris", "Clara", "David", "Elena", "Fahim", "Greta", "Hiroy"};
    private static final String[] FAMILY = {
        "Johnson", "Petrova", "Almeida", "Lindahl", "Nakanos", "Ferrari", "Kowalsk", "Obrien"
    };

    private Samples() {}

    static byte[] json(int size) {
        return json(size, 0);
    }

    static byte[] json(int size, int user) {
        StringBuilder json = new StringBuilder(size + 100)
                .append("{\"customer\":{\"name\":\"%s %s\",".formatted(GIVEN[user % 8], FAMILY[user / 8 % 8]))
                .append("\"email\":\"customer.%05d@mail-host.net\",".formatted(user))
                .append("\"phone\":\"+4930555%06d\",".formatted(user))
                .append("\"card\":\"%s\"},\"lines\":[".formatted(card(user)));
        for (int line = 0; json.length() < size - 110; line++) {
            json.append(line == 0 ? "" : ",")
                    .append(
                            "{\"sku\":\"TX-%04d\",\"title\":\"Cotton shirt, size %d\",\"quantity\":%d,\"price\":%d.%02d}"
                                    .formatted(line, line % 60, 1 + line % 3, 10 + line % 90, line % 100));
        }
        json.append("],\"note\":\"");
        while (json.length() < size - 2) {
            json.append('x');
        }
        return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String card(int user) {
        String digits = "453914%09d".formatted(user);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int doubled = (digits.charAt(i) - '0') * (2 - i % 2);
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    static Exchange exchange(int size) {
        return exchange(size, 0);
    }

    static Exchange exchange(int size, int user) {
        Request request = new Request(
                "GET",
                "/api/orders/" + (100_000 + user) + "?page=1",
                "HTTP/1.1",
                Headers.of(
                        "Host",
                        "shop.test",
                        "User-Agent",
                        "bench/1",
                        "Accept",
                        "application/json",
                        "Cookie",
                        "theme=dark; sid=" + Long.toHexString(0x1000_0000_0000_0000L | user * 0x9E3779B97F4AL)),
                Body.EMPTY,
                Headers.EMPTY);
        Response response = new Response(
                200,
                "OK",
                "HTTP/1.1",
                Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Body.of(json(size, user)),
                Headers.EMPTY);
        return new Exchange(
                new UUID(0x019_0000_0000_7000L, 0x8000_0000_0000_0001L),
                "bench",
                1,
                SESSION,
                1,
                null,
                request,
                response,
                List.of(),
                new Timings(1_790_000_000_000_000L, 1_000, 2_000, 3_000, 4_000),
                Outcome.COMPLETE,
                null,
                0);
    }
}

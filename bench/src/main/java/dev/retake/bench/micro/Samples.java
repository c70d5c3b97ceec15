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

    private Samples() {}

    static byte[] json(int size) {
        StringBuilder json = new StringBuilder(size + 100)
                .append("{\"customer\":{\"name\":\"Agnes Johnson\",\"email\":\"agnes.johnson@mail-host.net\",")
                .append("\"phone\":\"+4930555000123\",\"card\":\"4539148803436467\"},\"lines\":[");
        for (int line = 0; json.length() < size - 110; line++) {
            json.append(line == 0 ? "" : ",")
                    .append("{\"sku\":\"TX-%04d\",\"title\":\"Cotton shirt\",\"quantity\":%d,\"price\":%d.%02d}"
                            .formatted(line, 1 + line % 3, 10 + line % 90, line % 100));
        }
        json.append("],\"note\":\"");
        while (json.length() < size - 2) {
            json.append('x');
        }
        return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    static Exchange exchange(int size) {
        Request request = new Request(
                "GET",
                "/api/orders/100234?page=1",
                "HTTP/1.1",
                Headers.of(
                        "Host",
                        "shop.test",
                        "User-Agent",
                        "bench/1",
                        "Accept",
                        "application/json",
                        "Cookie",
                        "sid=8f3a91c2"),
                Body.EMPTY,
                Headers.EMPTY);
        Response response = new Response(
                200,
                "OK",
                "HTTP/1.1",
                Headers.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Body.of(json(size)),
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

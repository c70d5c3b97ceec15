package dev.retake.journal;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.privacy.SanitizedExchange;
import dev.retake.privacy.SanitizedExchanges;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Exchanges to record. */
public final class Exchanges {
    /** 2026-11-21T10:00:00Z in microseconds. */
    public static final long TEN_O_CLOCK = 1_795_255_200_000_000L;

    /** A word that is in every body here, to search files for. */
    public static final String MARKER = "zebra-plaintext-marker";

    private Exchanges() {}

    /** Exchange {@code sequence} of {@code session}, accepted so many seconds after ten o'clock. */
    public static Exchange exchange(String session, int sequence) {
        return exchange(
                session, sequence, "/api/orders/" + (1000 + sequence), 200, TEN_O_CLOCK + sequence * 1_000_000L);
    }

    public static Exchange exchange(String session, int sequence, String target, int status, long acceptedAt) {
        String text = "{\"order\":" + sequence + ",\"note\":\"" + MARKER + " " + session + "\",\"lines\":["
                + "{\"sku\":\"A-1\",\"count\":2},".repeat(20) + "null]}";
        Body body = Body.of(text.getBytes(StandardCharsets.UTF_8));
        Request request = new Request(
                "GET",
                target,
                "HTTP/1.1",
                Headers.of("Host", "shop.example", "Cookie", "sid=" + session, "Accept", "*/*"),
                Body.EMPTY,
                Headers.EMPTY);
        Response response = new Response(
                status, "OK", "HTTP/1.1", Headers.of("Content-Type", "application/json"), body, Headers.EMPTY);
        return new Exchange(
                new UUID(acceptedAt << 16 | 0x7000, 0x8000_0000_0000_0000L | sequence),
                "node-1",
                7,
                session,
                sequence,
                "user-" + session,
                request,
                response,
                List.of(),
                new Timings(acceptedAt, 100_000, 200_000, 3_000_000, 4_000_000),
                Outcome.COMPLETE,
                null,
                1);
    }

    /** Exchanges {@code from} to {@code to} of {@code session}. */
    public static List<SanitizedExchange> range(String session, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(sequence -> SanitizedExchanges.of(exchange(session, sequence)))
                .toList();
    }

    /** A batch of exchanges and nothing else. */
    public static JournalBatch batch(List<SanitizedExchange> exchanges) {
        return new JournalBatch(exchanges, List.of(), LedgerDelta.NONE);
    }
}

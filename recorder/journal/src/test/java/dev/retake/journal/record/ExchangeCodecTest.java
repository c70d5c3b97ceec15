package dev.retake.journal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.exchange.Withheld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeCodecTest {
    private static byte[] encode(Exchange exchange) {
        RecordOutput out = new RecordOutput();
        ExchangeCodec.write(exchange, out);
        return Arrays.copyOf(out.array(), out.length());
    }

    private static Exchange roundTrip(Exchange exchange) throws UnreadableException {
        return ExchangeCodec.read(encode(exchange));
    }

    /** Every field has a value, and no two the same. */
    private static Exchange full(Outcome outcome, @Nullable Withheld withheld) {
        Body requestBody = new Body(
                new byte[] {0, 1, 2, (byte) 0xff}, 10, 8, "gzip", true, null, new byte[] {9, 8, 7}, 4, new long[] {
                    1, 2_000_000_000_000L
                });
        Body responseBody = new Body(new byte[0], 1L << 40, 5, null, false, withheld, new byte[32], 12, new long[0]);
        return new Exchange(
                UUID.fromString("018f7a2c-1234-7abc-8def-0123456789ab"),
                "node \u00e9",
                Long.MAX_VALUE,
                "0123abcd",
                Integer.MAX_VALUE,
                "subject \u2603",
                new Request(
                        "pAtCh",
                        "/a?b=c&\u00ff",
                        "HTTP/1.1",
                        Headers.of("A", "1", "a", "", "B", "\u0080\u00ff"),
                        requestBody,
                        Headers.of("T", "2")),
                new Response(
                        599, "Odd", "HTTP/1.0", Headers.of("C", "3"), responseBody, Headers.of("U", "4", "u", "5")),
                List.of(
                        new Informational(100, Headers.EMPTY),
                        new Informational(103, Headers.of("Link", "</a>; rel=preload"))),
                new Timings(1_795_255_200_000_001L, Timings.UNKNOWN, 2, 3, Long.MAX_VALUE),
                outcome,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                7);
    }

    /** A message of every kind, and every flag. */
    private static Messages messages(Messages.@Nullable Cut cut) {
        List<Message> all = new ArrayList<>();
        for (Message.Kind kind : Message.Kind.values()) {
            all.add(Message.raw(kind, false, 1L << 50, new byte[] {1, (byte) 0xff}, 0xffff, true));
            all.add(Message.raw(kind, true, 0, new byte[0], 0, false));
        }
        all.add(Message.raw(Message.Kind.BINARY, true, 9, new byte[70_000], 0, false)
                .withDigest(new byte[32])
                .withheld(Withheld.BINARY));
        return new Messages(all, cut, Long.MAX_VALUE, 7);
    }

    private static Exchange least() {
        return new Exchange(
                new UUID(0, 0),
                "",
                0,
                "",
                0,
                null,
                new Request("", "", "", Headers.EMPTY, Body.EMPTY, Headers.EMPTY),
                null,
                List.of(),
                new Timings(-1, -1, -1, -1, -1),
                Outcome.UPSTREAM_FAILED,
                null,
                0);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldSurvivesWithEveryOutcome(Outcome outcome) throws UnreadableException {
        Exchange exchange = full(outcome, null);
        assertThat(roundTrip(exchange)).isEqualTo(exchange);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonForWithholdingSurvives(Withheld reason) throws UnreadableException {
        Exchange exchange = full(Outcome.COMPLETE, reason);
        assertThat(roundTrip(exchange)).isEqualTo(exchange);
    }

    @ParameterizedTest
    @EnumSource
    void messagesSurviveWithEveryReasonForCutting(Messages.Cut cut) throws UnreadableException {
        Exchange exchange = full(Outcome.UPGRADED, null).withMessages(messages(cut));
        assertThat(roundTrip(exchange)).isEqualTo(exchange);
    }

    @Test
    void noMessagesAreOtherThanNoneCaptured() throws UnreadableException {
        Exchange exchange = least().withMessages(new Messages(List.of(), null, 0, 0));
        assertThat(roundTrip(exchange)).isEqualTo(exchange).isNotEqualTo(least());
    }

    /** What the first version with messages wrote; this test is never changed, another is added beside it. */
    @Test
    void formatOneWithMessagesIsRead() throws IOException, UnreadableException {
        Messages messages = new Messages(
                List.of(
                        Message.raw(Message.Kind.TEXT, false, 1_000, new byte[] {'h', 'i'}, 0, false),
                        Message.raw(Message.Kind.BINARY, true, 2_000, new byte[] {1, 2, 3}, 0, true)
                                .withDigest(new byte[] {9, 8})
                                .withheld(Withheld.BINARY),
                        Message.raw(Message.Kind.CLOSE, true, 3_000, new byte[0], 1_001, false)),
                Messages.Cut.BYTES,
                300,
                70_000);
        assertThat(ExchangeCodec.read(golden("exchange-format-1-messages.hex")))
                .isEqualTo(full(Outcome.UPGRADED, null).withMessages(messages));
    }

    @Test
    void nothingSurvivesAsNothing() throws UnreadableException {
        assertThat(roundTrip(least())).isEqualTo(least());
    }

    @Test
    void aTextOfAnyCharsSurvives() throws UnreadableException {
        for (String text :
                List.of("", "\0", "\ud800 alone", "\u00ff", "\u0100", "a\ud83d\ude00b", "x".repeat(70_000))) {
            Exchange exchange = least();
            Request request = new Request(text, text, text, Headers.of(text, text), Body.EMPTY, Headers.EMPTY);
            Exchange with = new Exchange(
                    exchange.id(),
                    text,
                    0,
                    text,
                    0,
                    text,
                    request,
                    null,
                    List.of(),
                    exchange.timings(),
                    Outcome.COMPLETE,
                    text,
                    0);
            assertThat(roundTrip(with)).isEqualTo(with);
        }
    }

    /** What version 0.1 wrote; this test is never changed, another is added beside it. */
    @Test
    void formatOneIsRead() throws IOException, UnreadableException {
        assertThat(ExchangeCodec.read(golden("exchange-format-1.hex")))
                .isEqualTo(full(Outcome.TIMED_OUT, Withheld.OVER_CAP));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = ExchangeCodecTest.class.getResourceAsStream(name)) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    @Test
    void whatALaterVersionAppendsIsPassedOver() throws UnreadableException {
        byte[] content = encode(full(Outcome.COMPLETE, null));
        byte[] longer = Arrays.copyOf(content, content.length + 20);
        assertThat(ExchangeCodec.read(longer)).isEqualTo(full(Outcome.COMPLETE, null));
    }

    @Test
    void anyOtherBytesAreRefusedAndNothingElse() {
        Exchange without = full(Outcome.COMPLETE, Withheld.BINARY);
        int whole = encode(without).length;
        byte[] content = encode(without.withMessages(messages(null)));
        for (int length = 0; length < content.length; length += length < 1_000 ? 1 : 997) {
            byte[] cut = Arrays.copyOf(content, length);
            if (length == whole) {
                readOrRefuse(cut); // a record as it was before there were messages
                continue;
            }
            assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> ExchangeCodec.read(cut));
        }
        Random random = new Random(7);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] changed = content.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            readOrRefuse(changed);
        }
    }

    private static void readOrRefuse(byte[] content) {
        try {
            assertThat(ExchangeCodec.read(content)).isNotNull();
        } catch (UnreadableException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}

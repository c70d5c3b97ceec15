package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.SessionUpdate;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes on WebSockets and in event streams is recorded as messages, sanitized, each with its time. */
class RecordedStreamsTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final long START = 1_700_000_000_000_000L;
    private static final String UPGRADE =
            "GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String SWITCH =
            "HTTP/1.1 101 Switching\nUpgrade: websocket\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final String EVENTS = "HTTP/1.1 200 OK\nContent-Type: text/event-stream";

    @TempDir
    static Path directory;

    private final MemoryStore store = new MemoryStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong();
    private final KeySet keys = Captures.keys(directory);
    private final Recorder recorder = start();
    private final Captures captures = new Captures(recorder.budget());

    private Recorder start() {
        Config config = Config.parse("recorder: {session: {idleTimeout: 1m}}", "test", RecorderKeys.ALL);
        Sanitizer sanitizer = Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS);
        return Recorder.start(
                RecorderSettings.from(config),
                keys,
                keys.root(),
                () -> store,
                List.of(),
                sanitizer::sanitize,
                sanitizer::identitySurrogate,
                () -> System.nanoTime() + clock.get(),
                new BackgroundErrors(),
                meters);
    }

    private List<Exchange> recorded() {
        recorder.close(DEADLINE);
        assertThat(recorder.budget().used()).isZero();
        assertThat(captures.allReleased()).isTrue();
        return store.exchanges();
    }

    private RawExchange socket() {
        RawExchange exchange = captures.exchange(1, START, UPGRADE, SWITCH);
        exchange.outcome = Outcome.UPGRADED;
        exchange.openStream();
        return exchange;
    }

    private static void pass(RawExchange exchange, boolean fromServer, long nanos, byte[] bytes) {
        RawStream stream = exchange.stream();
        stream.passed(fromServer, bytes.length);
        assertThat(stream.begin(fromServer, bytes.length, nanos)).isTrue();
        for (int at = 0; at < bytes.length; ) {
            int part = stream.reserve(bytes.length - at);
            System.arraycopy(bytes, at, stream.room(), stream.roomFrom(), part);
            stream.wrote(part);
            at += part;
        }
    }

    private static byte[] frame(int first, String payload, boolean masked) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(bytes.length | (masked ? 0x80 : 0));
        frame.writeBytes(masked ? new byte[4] : new byte[0]);
        frame.writeBytes(bytes);
        return frame.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void messagesOfAWebSocketAreRecordedWithTimeAndSideAndSanitized() {
        RawExchange socket = socket();
        pass(socket, false, 1_000, frame(0x81, "{\"email\":\"zora@fastpost-inbox.net\"}", true));
        pass(socket, true, 2_000, frame(0x81, "hello zora@fastpost-inbox.net", false));
        pass(socket, true, 3_000, frame(0x82, "\0\1\2\u00ff", false));
        pass(socket, true, 4_000, frame(0x81, "\u00ff\u00c0", false));
        pass(socket, false, 5_000, frame(0x88, "\u0003\u00e8ask zora@fastpost-inbox.net", true));
        recorder.completed(socket);

        Messages messages = recorded().get(0).messages();

        assertThat(messages.cut()).isNull();
        assertThat(messages.clientBytes()).isEqualTo(6 + 35 + 6 + 29);
        assertThat(messages.all())
                .extracting(Message::kind)
                .containsExactly(
                        Message.Kind.TEXT,
                        Message.Kind.TEXT,
                        Message.Kind.BINARY,
                        Message.Kind.TEXT,
                        Message.Kind.CLOSE);
        assertThat(messages.all()).extracting(Message::fromServer).containsExactly(false, true, true, true, false);
        assertThat(messages.all()).extracting(Message::atNanos).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
        assertThat(messages.all()).extracting(Message::size).containsExactly(35, 29, 4, 2, 27);
        String asked = text(messages.all().get(0).bytes());
        String surrogate = asked.substring("{\"email\":\"".length(), asked.length() - 2);
        assertThat(surrogate).contains("@").doesNotContain("zora", "fastpost");
        assertThat(text(messages.all().get(1).bytes())).isEqualTo("hello " + surrogate);
        Message binary = messages.all().get(2);
        assertThat(binary.withheld()).isEqualTo(Withheld.BINARY);
        assertThat(binary.bytes()).isEmpty();
        assertThat(binary.digest()).isEqualTo(keys.digest(new byte[] {0, 1, 2, (byte) 0xff}, 4));
        Message malformed = messages.all().get(3);
        assertThat(malformed.withheld()).isEqualTo(Withheld.UNPARSEABLE);
        assertThat(malformed.digest()).isEqualTo(keys.digest(new byte[] {(byte) 0xff, (byte) 0xc0}, 2));
        assertThat(messages.all().get(4).code()).isEqualTo(1_000);
        assertThat(text(messages.all().get(4).bytes())).isEqualTo("ask " + surrogate);
        assertThat(count("retake.messages.captured", "protocol", "websocket")).isEqualTo(5);
    }

    @Test
    void whatIsNoWebSocketIsCountedAndItsExchangeRecorded() {
        RawExchange socket = socket();
        pass(socket, true, 1_000, frame(0x83, "odd", false));
        recorder.completed(socket);

        Exchange exchange = recorded().get(0);

        assertThat(exchange.outcome()).isEqualTo(Outcome.UPGRADED);
        assertThat(exchange.messages().all()).isEmpty();
        assertThat(exchange.messages().cut()).isEqualTo(Messages.Cut.PROTOCOL);
        assertThat(exchange.messages().serverBytes()).isEqualTo(5);
        assertThat(store.accounted()).isEqualTo(1);
        assertThat(count("retake.websockets.cut", "reason", "protocol")).isEqualTo(1);
    }

    @Test
    void aPieceThatFoundNoRoomIsReadAsFarAsItWasKept() {
        RawExchange socket = socket();
        byte[] frame = frame(0x81, "good day you", false);
        pass(socket, true, 1_000, frame);
        RawStream stream = socket.stream();
        assertThat(stream.begin(true, frame.length, 2_000)).isTrue();
        assertThat(stream.reserve(10)).isEqualTo(10);
        System.arraycopy(frame, 0, stream.room(), stream.roomFrom(), 10);
        stream.wrote(10);
        stream.cut(Messages.Cut.BUDGET);
        recorder.completed(socket);

        Messages messages = recorded().get(0).messages();

        assertThat(messages.cut()).isEqualTo(Messages.Cut.BUDGET);
        assertThat(messages.all()).extracting(m -> text(m.bytes())).containsExactly("good day you", "good ");
        assertThat(messages.all()).extracting(Message::size).containsExactly(12, 8);
        assertThat(messages.all()).extracting(Message::truncated).containsExactly(false, true);
    }

    @Test
    void longStreamsLeaveMostOfTheBudgetToOthers() {
        long limit = recorder.budget().limit();
        RawExchange socket = socket();
        assertThat(socket.tryChargeLasting(limit / 4)).isTrue();
        assertThat(socket.tryChargeLasting(1)).isFalse();
        assertThat(recorder.budget().used()).isLessThan(limit / 3);
        recorder.completed(socket);
        assertThat(recorded()).hasSize(1);
        assertThat(recorder.budget().tryChargeLasting(limit / 4)).isTrue();
        recorder.budget().releaseLasting(limit / 4);
    }

    @Test
    void eventsHaveTheTimesOfTheirChunks() {
        RawExchange stream = captures.exchange(1, START, "GET /events HTTP/1.1\nHost: a", EVENTS);
        for (int i = 1; i <= 3; i++) {
            captures.keep(stream, stream.responseBody(), "data: n\n\n".getBytes(StandardCharsets.UTF_8));
            stream.responseBody().chunkPassed(1_000L * i);
        }
        recorder.completed(stream);

        assertThat(recorded().get(0).response().body().chunkTimes()).containsExactly(9, 1_000, 18, 2_000, 27, 3_000);
        assertThat(count("retake.messages.captured", "protocol", "event-stream"))
                .isEqualTo(3);
    }

    @Test
    void aStreamThatOutlivesItsSessionIsRecorded() {
        RawExchange before = captures.exchange(1, START, "GET /a HTTP/1.1\nHost: a", "HTTP/1.1 204 No Content");
        RawExchange stream =
                captures.exchange(1, START + 1, "GET /events HTTP/1.1\nHost: a", EVENTS + "\n\ndata: n\n\n");
        recorder.completed(before);
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 1);
        clock.addAndGet(TimeUnit.HOURS.toNanos(3));
        await().atMost(DEADLINE).until(() -> store.sessions().values().stream().anyMatch(SessionUpdate::closed));
        recorder.completed(stream);

        List<Exchange> all = recorded();

        assertThat(all).hasSize(2);
        assertThat(all.get(1).session()).isNotEqualTo(all.get(0).session());
        assertThat(store.sessions().get(all.get(1).session()).complete()).isTrue();
        assertThat(store.accounted()).isEqualTo(2);
    }

    @Test
    void aCompressedEventStreamIsRead() throws IOException {
        RawExchange stream =
                captures.exchange(1, START, "GET /e HTTP/1.1\nHost: a", EVENTS + "\nContent-Encoding: gzip");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed, true)) {
            int passed = 0;
            for (int i = 1; i <= 3; i++) {
                out.write("data: n\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                byte[] all = packed.toByteArray();
                captures.keep(stream, stream.responseBody(), java.util.Arrays.copyOfRange(all, passed, all.length));
                stream.responseBody().chunkPassed(1_000L * i);
                passed = all.length;
            }
        }
        recorder.completed(stream);

        assertThat(recorded().get(0).response().body().chunkTimes()).containsExactly(9, 1_000, 18, 2_000, 27, 3_000);
    }

    private double count(String meter, String tag, String value) {
        return meters.get(meter).tag(tag, value).functionCounter().count();
    }
}

package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.privacy.SanitizedExchange;
import dev.retake.privacy.SanitizedExchanges;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fills a journal, kills its writer in the midst of it and measures how long it takes to open again. {@code
 * -Dretake.reopen.bytes=N} for another size than 1 GiB; it runs by a command of its own, see docs/journal-format.md.
 */
class JournalReopening {
    private static final long BYTES = Long.getLong("retake.reopen.bytes", 1L << 30);
    private static final double SECONDS_A_GIB = 5;

    @TempDir
    Path home;

    /** As many open at a time: few long ones, or as many as a recorder keeps open at most. */
    @ParameterizedTest
    @ValueSource(ints = {200, 50_000})
    void opensInSecondsAfterItsWriterWasKilled(int openSessions) throws Exception {
        Path directory = home.resolve("journal");
        Path keyFile = home.resolve("keys");
        KeySetFile.createIfAbsent(keyFile);
        KeySet keys = KeySetFile.load(keyFile);
        fillAndKill(directory, keyFile, openSessions);
        double gibibytes = JournalFiles.of(directory).bytes() / (double) (1 << 30);

        long reading = System.nanoTime();
        long captured;
        try (JournalReader reader = JournalReader.open(directory, keys)) {
            captured = reader.stats().captured();
        }
        double read = seconds(reading);
        long writing = System.nanoTime();
        JournalWriter writer = JournalWriter.open(
                directory, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors());
        double written = seconds(writing);
        writer.close();
        long again = System.nanoTime();
        try (JournalReader reader = JournalReader.open(directory, keys)) {
            assertThat(reader.stats().captured()).isEqualTo(captured);
        }
        System.out.printf(
                Locale.ROOT,
                "%.2f GiB, %d exchanges, %d sessions open: reader %.2f s, writer %.2f s; after its end: reader %.2f s%n",
                gibibytes,
                captured,
                openSessions,
                read,
                written,
                seconds(again));
        assertThat(read).isLessThan(SECONDS_A_GIB * gibibytes);
        assertThat(written).isLessThan(SECONDS_A_GIB * gibibytes);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void fillAndKill(Path directory, Path keyFile, int openSessions) throws Exception {
        Process recorder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalReopening.class.getName(),
                        directory.toString(),
                        keyFile.toString(),
                        Long.toString(BYTES),
                        Integer.toString(openSessions))
                .redirectError(home.resolve("recorder.err").toFile())
                .start();
        BufferedReader lines = recorder.inputReader(StandardCharsets.US_ASCII);
        assertThat(lines.readLine())
                .as(Files.readString(home.resolve("recorder.err")))
                .isEqualTo("full");
        recorder.destroyForcibly().waitFor();
    }

    /** Records until it is killed, and says when the journal is as large as asked. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        JournalWriter writer = JournalWriter.open(
                directory,
                KeySetFile.load(Path.of(arguments[1])),
                JournalSettings.defaults(),
                Clock.systemUTC(),
                new BackgroundErrors());
        long wanted = Long.parseLong(arguments[2]);
        int open = Integer.parseInt(arguments[3]);
        Random random = new Random(1);
        boolean said = false;
        for (int round = 0; true; round++) {
            List<SanitizedExchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                long number = round * 256L + i;
                exchanges.add(SanitizedExchanges.of(exchange("s" + number % open, (int) (number / open) + 1, random)));
            }
            writer.forwarded().add(exchanges.size());
            writer.append(Exchanges.batch(exchanges));
            if (!said && round % 100 == 0 && writer.bytes() >= wanted) {
                System.out.println("full");
                said = true;
            }
        }
    }

    /** About 2 KB, of which a third is left when it is compressed. */
    private static Exchange exchange(String session, int sequence, Random random) {
        long acceptedAt = Exchanges.TEN_O_CLOCK + sequence;
        byte[] noise = new byte[400];
        random.nextBytes(noise);
        String text = "{\"order\":" + sequence + ",\"note\":\""
                + Base64.getEncoder().encodeToString(noise) + "\",\"lines\":["
                + "{\"sku\":\"A-1\",\"count\":2},".repeat(40) + "null]}";
        return new Exchange(
                new UUID(acceptedAt << 16 | 0x7000, 0x8000_0000_0000_0000L | random.nextInt()),
                "node-1",
                7,
                session,
                sequence,
                "user-" + session,
                new Request(
                        "GET",
                        "/api/orders/" + sequence,
                        "HTTP/1.1",
                        Headers.of("Host", "shop.example", "Cookie", "sid=" + session, "Accept", "*/*"),
                        Body.EMPTY,
                        Headers.EMPTY),
                new Response(
                        200,
                        "OK",
                        "HTTP/1.1",
                        Headers.of("Content-Type", "application/json"),
                        Body.of(text.getBytes(StandardCharsets.UTF_8)),
                        Headers.EMPTY),
                List.of(),
                new Timings(acceptedAt, 100_000, 200_000, 3_000_000, 4_000_000),
                Outcome.COMPLETE,
                null,
                1);
    }
}

package dev.retake.journal;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySetFile;
import dev.retake.privacy.SanitizedExchange;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process of its own that records as fast as it can until it is killed. After each batch it says on its output how many
 * exchanges the journal has reported as durable, and how many it was given; what a reader of that output has seen as durable
 * must be there afterwards.
 */
final class CrashingRecorder {
    private static final int OPEN_SESSIONS = 40;

    private CrashingRecorder() {}

    /** Arguments: the journal, the key set, a name that no other run has, the durability. */
    public static void main(String[] arguments) throws Exception {
        JournalSettings settings = JournalSettings.defaults().withDurability(Durability.valueOf(arguments[3]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        JournalWriter writer = JournalWriter.open(
                Path.of(arguments[0]),
                KeySetFile.load(Path.of(arguments[1])),
                settings,
                Clock.systemUTC(),
                new BackgroundErrors());
        int round = 0;
        long appended = 0;
        int[] sequences = new int[OPEN_SESSIONS];
        while (true) {
            round++;
            List<SanitizedExchange> exchanges = new ArrayList<>();
            List<SessionUpdate> updates = new ArrayList<>();
            for (int i = 0; i < OPEN_SESSIONS; i++) {
                String session = arguments[2] + "-" + i + "-" + round / 10;
                if (round % 10 == 0) {
                    sequences[i] = 0;
                }
                exchanges.addAll(Exchanges.range(session, sequences[i] + 1, sequences[i] + 3));
                sequences[i] += 3;
                if (round % 10 == 9) {
                    updates.add(SessionUpdate.closed(session, 0));
                }
            }
            writer.forwarded().add(exchanges.size() + 2L);
            writer.append(new JournalBatch(exchanges, updates, new LedgerDelta(0, 1, Map.of("queue", 1L))));
            appended += exchanges.size();
            out.println(writer.durableExchanges() + " " + appended);
        }
    }
}

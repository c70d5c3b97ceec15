package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.RecordListener;
import dev.retake.privacy.scan.RecordScanner;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads every record of a journal, opened with its keys. */
final class JournalScan {
    private final RecordScanner scanner;
    private final ScanFindings findings;
    private final ProgressLine progress;

    JournalScan(RecordScanner scanner, ScanFindings findings, ProgressLine progress) {
        this.scanner = scanner;
        this.findings = findings;
        this.progress = progress;
    }

    void read(Path journal, KeySet keys) {
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            try (Stream<Session> all = reader.sessions(SessionQuery.ALL)) {
                all.forEach(session -> read(journal, reader, session));
            }
            reader.damage().forEach(place -> findings.unread(journal.toString(), place.place() + " " + place.what()));
        }
    }

    private void read(Path journal, JournalReader reader, Session session) {
        RecordListener inSession = listener(journal, session.id(), 0);
        if (session.identity() != null) {
            scanner.scan("identity", session.identity(), inSession);
        }
        session.operations().forEach(operation -> scanner.scan("operations", operation, inSession));
        try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
            exchanges.forEach(exchange -> {
                scanner.scan(exchange, listener(journal, session.id(), exchange.sequence()));
                findings.readRecord();
                progress.show(() -> "scanning: %,d records of %s, %,d leaks"
                        .formatted(findings.records(), journal, findings.leaks()));
            });
        } catch (RetakeException e) {
            if (e.code() != ErrorCode.DAMAGED) {
                throw e;
            }
            findings.unread(journal.toString(), "session " + session.id() + " is damaged");
        }
    }

    private RecordListener listener(Path journal, String session, int sequence) {
        return new RecordListener() {
            @Override
            public void leaked(String field, Leak leak) {
                findings.leaked(journal.toString(), new ScanFindings.RecordPlace(session, sequence, field), leak);
            }

            @Override
            public void unread(String field, String reason) {
                findings.unread(
                        journal.toString(),
                        "session " + session + ", exchange " + sequence + ", " + field + ": " + reason);
            }
        };
    }
}

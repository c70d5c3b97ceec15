package dev.retake.journal.salvage;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.Session;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.journal.record.Frame;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.LogFile;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.table.Upstreams;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds records in the bytes of files, whatever has become of the structure around them: a record names itself and its seal
 * proves it whole. So a damaged index, list of files or block costs only what the damaged bytes themselves held.
 */
public final class Carver {
    private static final byte[] MAGIC = {'R', 'T', 'K'};
    private static final long MAX_FILE_BYTES = 1 << 30;

    private final RecordOpener opener;
    private final Upstreams upstreams;

    public Carver(RecordOpener opener, Upstreams upstreams) {
        this.opener = opener;
        this.upstreams = upstreams;
    }

    /** Takes what is found, in any order, the same record perhaps more than once. */
    public interface Finds {
        /** An exchange. */
        void exchange(Frame frame, Exchange exchange) throws StoreException, IOException;

        /** A session's row. */
        void session(Frame frame, Session session) throws StoreException, IOException;

        /** An origin that counts as production. */
        void upstream(String origin) throws StoreException;
    }

    /** Looks through every file of the tables. */
    public void carve(JournalFiles files, Finds finds) throws IOException, StoreException {
        if (!Files.isDirectory(files.db())) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files.db())) {
            for (Path file : found) {
                if (Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES) {
                    boolean log = file.toString().endsWith(".log");
                    carve(log ? LogFile.read(file).payload() : Files.readAllBytes(file), finds);
                }
            }
        }
    }

    private void carve(byte[] bytes, Finds finds) throws StoreException, IOException {
        int at = next(bytes, 0);
        while (at >= 0) {
            at = next(bytes, at + Math.max(1, take(bytes, at, finds)));
        }
    }

    /** Bytes of the record at {@code at}, 0 where there is none that is whole. */
    private int take(byte[] bytes, int at, Finds finds) throws StoreException, IOException {
        try {
            if (Upstreams.isAt(bytes, at)) {
                finds.upstream(upstreams.open(bytes, at));
                return MAGIC.length;
            }
            Frame frame = Frame.at(bytes, at, bytes.length);
            if (frame == null) {
                return 0;
            }
            byte[] record = Arrays.copyOfRange(bytes, at, at + frame.totalBytes());
            if (frame.kind() == Frame.EXCHANGE) {
                finds.exchange(frame, opener.exchange(record));
            } else if (frame.kind() == Frame.SESSION) {
                finds.session(frame, opener.session(record));
            }
            return frame.totalBytes();
        } catch (UnreadableException e) {
            return 0; // damaged, which is why the journal is being salvaged
        }
    }

    private static int next(byte[] bytes, int from) {
        for (int at = from; at <= bytes.length - MAGIC.length; at++) {
            if (bytes[at] == MAGIC[0] && bytes[at + 1] == MAGIC[1] && bytes[at + 2] == MAGIC[2]) {
                return at;
            }
        }
        return -1;
    }
}

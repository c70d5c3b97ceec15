package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.anonymize.DataStream;
import dev.retake.privacy.value.Edits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves data through a {@link DataStream}, in memory that does not grow with it. For one thread. */
final class DataRun {
    private static final int PIECE = 256 * 1024;

    private final DataStream stream;
    private final InputStream in;
    private final OutputStream out;
    private final int longest;
    private final AtomicBoolean stopped;
    private long done;
    private long written;

    /** What is called when a piece is done. */
    interface Watch {
        void pieceDone(DataRun run) throws IOException;
    }

    /**
     * A run.
     *
     * @param longest bytes that one record may have
     * @param stopped asks it to end behind the piece that it is at
     */
    DataRun(DataStream stream, InputStream in, OutputStream out, int longest, AtomicBoolean stopped) {
        this.stream = stream;
        this.in = in;
        this.out = out;
        this.longest = longest;
        this.stopped = stopped;
    }

    /** Goes on where an earlier run was: {@code in} has been skipped that far. */
    void goOn(long inDone, long outWritten) {
        done = inDone;
        written = outWritten;
    }

    /** Bytes of the input that are done. */
    long done() {
        return done;
    }

    /** Bytes that were written. */
    long written() {
        return written;
    }

    DataStream stream() {
        return stream;
    }

    /** Moves everything; false where it was stopped before the end. */
    boolean run(Watch watch) throws IOException {
        byte[] piece = new byte[PIECE];
        int length = 0;
        boolean last = false;
        while (!stopped.get()) {
            int count = last ? 0 : in.read(piece, length, piece.length - length);
            last |= count < 0;
            length += Math.max(0, count);
            Edits edits = new Edits();
            int taken = stream.take(piece, 0, length, last, edits);
            if (taken > 0) {
                byte[] sanitized = edits.apply(piece, 0, taken);
                out.write(sanitized, 0, sanitized == piece ? taken : sanitized.length);
                written += sanitized == piece ? taken : sanitized.length;
                done += taken;
                System.arraycopy(piece, taken, piece, 0, length - taken);
                length -= taken;
                watch.pieceDone(this);
            } else if (length == piece.length) {
                piece = Arrays.copyOf(piece, longer(piece.length));
            }
            if (last && length == 0) {
                return true;
            }
            if (last && taken == 0) {
                throw new IllegalStateException("the end of the data was not taken");
            }
        }
        return false;
    }

    private int longer(int length) {
        if (length >= longest) {
            throw new RetakeException(
                    ErrorCode.INPUT,
                    "The record at byte %d is longer than %d bytes; raise --max-record, or look at what the data is."
                            .formatted(done, longest));
        }
        return (int) Math.min(longest, 2L * length);
    }
}

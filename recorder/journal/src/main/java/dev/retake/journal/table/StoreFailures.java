package dev.retake.journal.table;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.journal.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;

/** Says failures of the tables in a sentence. */
public final class StoreFailures {
    /** Opening writes what the log holds, at most 32 MiB and a batch, to tables before it removes the log. */
    private static final String ROOM = "64 MiB";

    private StoreFailures() {}

    /** The journal could not be opened. */
    public static RetakeException opening(Path journal, StoreException e) {
        return switch (e.kind()) {
            case DAMAGED -> damaged(journal, e);
            case NO_SPACE ->
                new RetakeException(
                        ErrorCode.DISK,
                        "There is no room for the journal " + journal + "; free " + ROOM + " or more and try again.",
                        e);
            case LOCKED ->
                new RetakeException(
                        ErrorCode.LOCKED,
                        "The journal " + journal + " is in use by another process; stop that first, or give another"
                                + " directory with --journal.",
                        e);
            case DISK, GONE ->
                new RetakeException(
                        ErrorCode.DISK,
                        "Cannot open the journal " + journal + "; check the directory and its permissions.",
                        e);
        };
    }

    /** It could not be read any further. */
    public static RetakeException reading(Path journal, StoreException e) {
        return e.kind() == StoreException.Kind.DAMAGED
                ? damaged(journal, e)
                : new RetakeException(
                        ErrorCode.DISK, "Cannot read the journal " + journal + "; check the disk and try again.", e);
    }

    /** It could not be closed in order. */
    public static RetakeException closing(Path journal, StoreException e) {
        if (e.kind() == StoreException.Kind.GONE) {
            return new RetakeException(
                    ErrorCode.DISK,
                    "The journal " + journal + " or its keyring was moved or removed, so it could not be closed in"
                            + " order; put it back, and the next start settles it.",
                    e);
        }
        return new RetakeException(
                ErrorCode.DISK,
                "The journal " + journal + " could not be closed cleanly; check the disk, then run retake journal"
                        + " verify.",
                e);
    }

    /** A batch could not be written. */
    public static JournalUnavailableException appending(Path journal, StoreException e) {
        return switch (e.kind()) {
            case NO_SPACE ->
                new JournalUnavailableException(
                        "There is no room for the journal " + journal + "; free " + ROOM
                                + " or more, and capture goes on by itself.",
                        e);
            case DAMAGED ->
                new JournalUnavailableException(
                        "The journal " + journal + " is damaged; stop the recorder and run retake journal verify.", e);
            case GONE -> JournalUnavailableException.gone(journal, e);
            case LOCKED, DISK ->
                new JournalUnavailableException(
                        "The journal " + journal + " cannot be written; check the disk, and capture goes on by itself.",
                        e);
        };
    }

    /** A data key could not be written. */
    public static JournalUnavailableException appending(Path journal, IOException e) {
        return new JournalUnavailableException(
                "The keyring of the journal " + journal
                        + " cannot be written; check the disk and its room, and capture goes on by itself.",
                e);
    }

    private static RetakeException damaged(Path journal, StoreException e) {
        return new RetakeException(
                ErrorCode.DAMAGED,
                "The journal " + journal + " is damaged; retake journal verify says where, and retake journal salvage"
                        + " saves the rest.",
                e);
    }
}

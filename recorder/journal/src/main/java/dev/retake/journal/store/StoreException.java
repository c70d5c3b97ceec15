package dev.retake.journal.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The database refused. What it says of itself is in the cause; it names files and positions, never content. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** What the caller may conclude. */
    public enum Kind {
        /** Bytes on the disk are not what was written. */
        DAMAGED,
        /** No room is left. */
        NO_SPACE,
        /** Another process, or another writer of this one, has it. */
        LOCKED,
        /** The disk or the file system refused. */
        DISK,
        /** The directory was moved or removed. */
        GONE
    }

    private final Kind kind;

    StoreException(RocksDBException cause) {
        super(cause.getMessage(), cause);
        this.kind = kind(cause.getStatus(), String.valueOf(cause.getMessage()));
    }

    /** What the database itself does not notice. */
    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** RocksDB leaves the status out where the failure comes from Java itself. */
    private static Kind kind(@Nullable Status status, String message) {
        if (status == null) {
            return Kind.DISK;
        }
        if (status.getSubCode() == Status.SubCode.NoSpace || message.contains("No space left")) {
            return Kind.NO_SPACE;
        }
        if (message.contains("lock file") || message.contains("lock hold")) {
            return Kind.LOCKED;
        }
        return switch (status.getCode()) {
            case Corruption, NotFound, InvalidArgument, NotSupported -> Kind.DAMAGED;
            default -> message.contains("No such file") ? Kind.DAMAGED : Kind.DISK;
        };
    }
}

package dev.retake.journal.layout;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a journal for one process; the file says which. The system lets go of it when the process ends, however it ends. */
public final class OwnerLock implements AutoCloseable {
    /** Journals that this process holds: the system's lock is by process, and closing any handle would lose it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path held;
    private final FileChannel channel;

    private OwnerLock(Path held, FileChannel channel) {
        this.held = held;
        this.channel = channel;
    }

    /** Takes the journal whose owner file is {@code file}; its directory exists. */
    public static OwnerLock acquire(Path file, Path journal) throws IOException {
        Path real = file.toRealPath();
        if (!HELD.add(real)) {
            throw locked(journal, Long.toString(ProcessHandle.current().pid()));
        }
        boolean acquired = false;
        FileChannel channel = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw locked(journal, pid(channel));
            }
            channel.truncate(0);
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), 0);
            acquired = true;
            return new OwnerLock(real, channel);
        } finally {
            if (!acquired) {
                channel.close();
                HELD.remove(real);
            }
        }
    }

    /** Makes sure that nobody holds the journal whose owner file is {@code file}, and leaves it as it is. */
    public static void requireFree(Path file, Path journal) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Path real = file.toRealPath();
        if (HELD.contains(real)) {
            throw locked(journal, Long.toString(ProcessHandle.current().pid()));
        }
        try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw locked(journal, pid(channel));
            }
            lock.release();
        }
    }

    /** Makes the owner file where there is none. */
    public static void prepare(Path file) throws IOException {
        if (!Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        }
    }

    private static String pid(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).trim();
    }

    private static RetakeException locked(Path journal, String pid) {
        String who = pid.matches("\\d+") ? "process " + pid : "another process";
        return new RetakeException(
                ErrorCode.LOCKED,
                "The journal " + journal + " is in use by " + who
                        + "; stop that first, or give another directory with --journal.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(held);
    }
}

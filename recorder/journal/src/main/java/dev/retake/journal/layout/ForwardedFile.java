package dev.retake.journal.layout;

import dev.retake.journal.ForwardedMark;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The count of forwarded exchanges as a file in memory: a store into it survives the process, and needs no system call.
 *
 * <pre>
 * 0          8          16         24          4,096
 * +----------+----------+----------+-----------+
 * | RTKFWD 1 | zero     | count    | the same  |  little-endian; zeros to the end, so that the page exists
 * +----------+----------+----------+-----------+
 * </pre>
 *
 * The count is written twice; where the two are far apart the file is damaged and the count unknown.
 */
public final class ForwardedFile implements ForwardedMark {
    private static final long MAGIC = 0x52544b4657440001L;
    private static final int BYTES = 4_096;
    private static final int FIRST = 16;
    private static final int SECOND = 24;

    /** More than the event loops that a crash can catch between the two stores. */
    private static final long CLOSE = 1_024;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer count;
    private volatile boolean closed;

    private ForwardedFile(MappedByteBuffer count) {
        this.count = count;
    }

    /** Maps {@code file} for counting, from at least {@code accounted} on. */
    public static ForwardedFile open(Path file, long accounted) throws IOException {
        long before = Math.max(read(file).orElse(0), accounted);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
            page.putLong(0, MAGIC).putLong(FIRST, before).putLong(SECOND, before);
            while (page.hasRemaining()) {
                channel.write(page, page.position());
            }
            channel.force(true);
            return new ForwardedFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** The count in {@code file}; empty where there is no file or it is damaged. */
    public static OptionalLong read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        ByteBuffer page = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (page.capacity() < SECOND + Long.BYTES || page.getLong(0) != MAGIC) {
            return OptionalLong.empty();
        }
        long first = page.getLong(FIRST);
        long second = page.getLong(SECOND);
        boolean sound = first >= 0 && second >= 0 && Math.abs(first - second) <= CLOSE;
        return sound ? OptionalLong.of(Math.max(first, second)) : OptionalLong.empty();
    }

    @Override
    public void add(long exchanges) {
        if (closed) {
            return;
        }
        long unused = (long) LONGS.getAndAdd(count, FIRST, exchanges);
        unused = (long) LONGS.getAndAdd(count, SECOND, exchanges);
    }

    /** The count as it is. */
    public long get() {
        return (long) LONGS.getVolatile(count, FIRST);
    }

    /** Asks the system to write the count to the disk. */
    public void force() {
        count.force();
    }

    /** Raises the count to {@code accounted} where it is less, and stops counting. */
    public void settle(long accounted) {
        closed = true;
        long total = Math.max(get(), accounted);
        LONGS.setVolatile(count, FIRST, total);
        LONGS.setVolatile(count, SECOND, total);
        force();
    }
}

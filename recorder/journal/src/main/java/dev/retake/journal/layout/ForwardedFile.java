package dev.retake.journal.layout;

import dev.retake.journal.ForwardedMark;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The count of forwarded exchanges as a file in memory: a store into it survives the process, and needs no system call.
 *
 * <pre>
 * 0          8          16         24         32         48          4,096
 * +----------+----------+----------+----------+----------+-----------+
 * | RTKFWD 1 | zero     | count    | the same | live     | zeros     |  little-endian; a whole page, so that it exists
 * +----------+----------+----------+----------+----------+-----------+
 * </pre>
 *
 * The count is written twice; where the two are far apart the file is damaged and the count unknown. {@code live} names the
 * {@link LivePage} that event loops count in, where there is one: a store into a page of a disk may have to wait for that
 * disk. Then this file follows at each batch and each sync, and whoever reads takes the higher count.
 */
public final class ForwardedFile implements ForwardedMark {
    private static final long MAGIC = 0x52544b4657440001L;
    private static final int BYTES = 4_096;
    private static final int FIRST = 16;
    private static final int SECOND = 24;
    private static final int LIVE = 32;

    /** More than the event loops that a crash can catch between the two stores. */
    private static final long CLOSE = 1_024;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final FileChannel file;
    private final @Nullable LivePage live;

    /** What is counted in: the live page, or else the file. */
    private final ByteBuffer count;

    private volatile boolean closed;

    private ForwardedFile(FileChannel file, @Nullable LivePage live) throws IOException {
        this.file = file;
        this.live = live;
        this.count = live == null ? file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES) : live.page();
    }

    /** Maps {@code file} for counting, from at least {@code accounted} on. */
    public static ForwardedFile open(Path file, long accounted) throws IOException {
        long before = Math.max(read(file).orElse(0), accounted);
        String last = Files.exists(file) ? LivePage.named(Files.readAllBytes(file), LIVE) : null;
        LivePage live = LivePage.create(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ForwardedFile opened = null;
        try {
            ByteBuffer page = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
            page.putLong(0, MAGIC).putLong(FIRST, before).putLong(SECOND, before);
            if (live != null) {
                live.page().putLong(0, MAGIC).putLong(FIRST, before).putLong(SECOND, before);
                live.putName(page, LIVE);
            }
            while (page.hasRemaining()) {
                channel.write(page, page.position());
            }
            channel.force(true);
            opened = new ForwardedFile(channel, live);
            LivePage.delete(last);
            LivePage.deleteOrphans();
            return opened;
        } finally {
            if (opened == null) {
                channel.close();
                if (live != null) {
                    live.delete();
                }
            }
        }
    }

    /** The count in {@code file}; empty where there is no file or it is damaged. */
    public static OptionalLong read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        byte[] content = Files.readAllBytes(file);
        OptionalLong here = count(content);
        byte[] live = LivePage.read(LivePage.named(content, LIVE), file);
        OptionalLong there = live == null ? OptionalLong.empty() : count(live);
        return here.isPresent() && there.isPresent()
                ? OptionalLong.of(Math.max(here.getAsLong(), there.getAsLong()))
                : here;
    }

    private static OptionalLong count(byte[] content) {
        ByteBuffer page = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
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
        try {
            long unused = (long) LONGS.getAndAdd(count, FIRST, exchanges);
            unused = (long) LONGS.getAndAdd(count, SECOND, exchanges);
        } catch (InternalError e) {
            return; // a page of a disk that refuses it, where there is no live one: traffic comes first
        }
    }

    /** The count as it is. */
    public long get() {
        return (long) LONGS.getVolatile(count, FIRST);
    }

    /** Has the file follow what was counted, where it can be written; may wait for the disk. */
    public void follow() {
        if (live == null || closed) {
            return;
        }
        try {
            put(get());
        } catch (IOException e) {
            return; // the tables have the count too, and say why they cannot be written
        }
    }

    /** Raises the count to {@code accounted} where it is less, and stops counting. */
    public void settle(long accounted) throws IOException {
        closed = true;
        put(Math.max(get(), accounted));
        file.force(true);
        abandon();
    }

    /** Stops counting, and leaves the file as it is. */
    public void abandon() throws IOException {
        closed = true;
        if (live != null) {
            live.delete();
        }
        file.close();
    }

    /** By a call and not by a mapping, which would answer a refused write with a signal. */
    private void put(long total) throws IOException {
        ByteBuffer both = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(total)
                .putLong(total)
                .flip();
        while (both.hasRemaining()) {
            file.write(both, FIRST + both.position());
        }
    }
}

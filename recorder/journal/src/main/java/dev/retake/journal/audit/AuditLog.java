package dev.retake.journal.audit;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of a journal: a file beside it to which entries are only added, each tied to all before by a keyed hash
 * ({@link AuditLine}), with its length proved in a second file ({@link AuditHead}). Without the journal's seal key nobody
 * can change, remove or add a line unseen; putting back older copies of both files together is not seen.
 *
 * <pre>
 * DIR.audit        the lines, mode 0600
 * DIR.audit.head   how far they go, mode 0600
 * </pre>
 *
 * Several processes may add to it, one after the other. For one thread.
 */
public final class AuditLog {
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_TAIL = 1 << 20;

    private final Path file;
    private final Path head;
    private final KeySet keys;
    private final Clock clock;

    private AuditLog(Path file, KeySet keys, Clock clock) {
        this.file = file;
        this.head = file.resolveSibling(file.getFileName() + ".head");
        this.keys = keys;
        this.clock = clock;
    }

    /** The log of {@code journal}, which may not exist yet. */
    public static AuditLog of(Path journal, KeySet keys, Clock clock) {
        Path absolute = journal.toAbsolutePath().normalize();
        return new AuditLog(absolute.resolveSibling(absolute.getFileName() + ".audit"), keys, clock);
    }

    /**
     * Adds an entry, which is durable on return.
     *
     * @param asked what it is about, of which a keyed hash is kept; empty for nothing
     * @param isSurrogate whether {@code asked} is a surrogate, so that it may be kept as it is
     * @throws RetakeException with DISK where it cannot be written, DAMAGED where the log is not as it was left; what was
     *     to be logged must not be done then
     */
    public void add(String verb, String reason, String asked, boolean isSurrogate, String outcome) {
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock lock = channel.lock()) {
            AuditHead last = settled(channel);
            int sealKey = keys.currentSealKey();
            AuditChain chain = AuditChain.of(keys, sealKey);
            AuditEntry entry = new AuditEntry(
                    last.entries() + 1,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    verb,
                    System.getProperty("user.name", ""),
                    reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
                    asked.isEmpty() ? "" : chain.subject(asked),
                    isSurrogate ? asked : null,
                    outcome);
            append(channel, last, entry, chain, sealKey);
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK,
                    "Cannot write the audit log " + file + ", and without it nothing is done; check the disk and its"
                            + " room.",
                    e);
        }
    }

    private void append(FileChannel channel, AuditHead last, AuditEntry entry, AuditChain chain, int sealKey)
            throws IOException {
        String line = AuditLine.write(entry, sealKey, chain, last.last());
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        boolean written = false;
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            long at = last.length();
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            channel.force(true);
            AuditLine read = AuditLine.read(line.substring(0, line.length() - 1), keys, last.last(), entry.number());
            if (read == null) {
                throw new IllegalStateException("a line that was just made must be readable");
            }
            new AuditHead(entry.number(), last.length() + bytes.length, read.chain()).write(head, keys);
            written = true;
        } finally {
            if (!written) {
                channel.truncate(last.length());
            }
        }
    }

    /**
     * The end of the log as its head proves it. What a process that was killed left behind it was never acted on: a whole
     * line that follows is kept, half a line is cut off.
     */
    private AuditHead settled(FileChannel channel) throws IOException {
        if (channel.size() == 0 && !Files.exists(head)) {
            AuditHead.NONE.write(head, keys); // first, so that a log without one is never taken for a new one
        }
        AuditHead proved = AuditHead.read(head, keys);
        if (proved == null || channel.size() < proved.length()) {
            throw damaged();
        }
        long tail = channel.size() - proved.length();
        if (tail == 0) {
            return proved;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(tail, LONGEST_TAIL));
        channel.read(bytes, proved.length());
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        AuditHead end = proved;
        int from = 0;
        for (int to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
            String body = text.substring(from, to);
            AuditLine line = AuditLine.read(body, keys, end.last(), end.entries() + 1);
            if (line == null) {
                throw damaged();
            }
            int length = body.getBytes(StandardCharsets.UTF_8).length + 1;
            end = new AuditHead(end.entries() + 1, end.length() + length, line.chain());
            from = to + 1;
        }
        channel.truncate(end.length());
        return end;
    }

    private RetakeException damaged() {
        return new RetakeException(
                ErrorCode.DAMAGED,
                "The audit log " + file
                        + " is not as it was left, so nothing is added to it; look at it by retake vault"
                        + " audit, then move it and its .head aside.");
    }

    /** Reads and checks all of it; a log that was never begun is empty and whole. */
    public AuditCheck check() {
        List<AuditEntry> entries = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        try {
            AuditHead proved = AuditHead.read(head, keys);
            if (proved == null && (Files.exists(head) || Files.exists(file))) {
                damage.add("the file " + head.getFileName() + " is not what was written");
            }
            if (Files.exists(file)) {
                read(proved, entries, damage);
            } else if (proved != null && proved.entries() > 0) {
                damage.add("all " + proved.entries() + " entries are missing");
            }
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK, "Cannot read the audit log " + file + "; check its permissions.", e);
        }
        return new AuditCheck(entries, damage);
    }

    private void read(@Nullable AuditHead proved, List<AuditEntry> entries, List<String> damage) throws IOException {
        String chain = AuditChain.START;
        long number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String raw = lines.readLine(); raw != null; raw = lines.readLine()) {
                String line = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                AuditLine read = AuditLine.read(line, keys, chain, number);
                if (read == null) {
                    damage.add("line " + number + " was changed, added, or stood after one that is missing;"
                            + " what follows it proves nothing");
                    return;
                }
                entries.add(read.entry());
                chain = read.chain();
                number++;
            }
        }
        if (proved != null && proved.entries() > entries.size()) {
            damage.add((proved.entries() - entries.size()) + " entries are missing at the end");
        }
    }
}

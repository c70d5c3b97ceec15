package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.DataAnonymizer;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.anonymize.DataStream;
import dev.retake.privacy.detect.DataClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Anonymizes one file to another. The output is {@code OUT.part} until it is whole; {@code OUT.resume} says how far its
 * durable part goes, so that a run which was interrupted at any moment can go on.
 */
final class DataFiles {
    private static final int PEEK = 64 * 1024;
    private static final long CHECKPOINT_BYTES = 64L * 1024 * 1024;
    private static final long CHECKPOINT_NANOS = 1_000_000_000L;

    private final Path in;
    private final Path out;
    private final Path part;
    private final Path checkpoint;
    private final KeySet keys;
    private final String run;
    private long size;
    private long savedAt = System.nanoTime();
    private long savedDone;
    private long startedAt;
    private long startedDone;

    DataFiles(Path in, Path out, KeySet keys, RootKey root, PrivacySettings settings, String run) {
        this.in = in;
        this.out = out;
        this.part = out.resolveSibling(out.getFileName() + ".part");
        this.checkpoint = out.resolveSibling(out.getFileName() + ".resume");
        this.keys = keys;
        // What a known value becomes tells whether key, tenant, scope and epoch are the same.
        String surrogate = DataAnonymizer.create(root, settings).value(DataClass.SECRET, "the key of this run");
        this.run = String.join("\n", run, surrogate);
    }

    /** Runs to the end of the input; false where it was stopped before. */
    boolean run(DataStream stream, int longest, boolean resume, ProgressLine progress, Runnable finished)
            throws IOException {
        if (!Files.isRegularFile(in)) {
            throw new RetakeException(ErrorCode.INPUT, "There is no file " + in + "; check IN.");
        }
        if (Files.exists(out)) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    out + " exists" + (resume ? " and is whole" : "") + "; remove it, or name another OUT.");
        }
        size = Files.size(in);
        String thisRun = run + "\n" + HexFormat.of().formatHex(head());
        DataCheckpoint from = resume ? earlier(thisRun) : null;
        AtomicBoolean stopped = new AtomicBoolean();
        Interruption interruption = Interruption.calls(() -> stopped.set(true));
        try (InputStream input = Files.newInputStream(in);
                FileChannel output = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            DataRun data = new DataRun(stream, input, Channels.newOutputStream(output), longest, stopped);
            goOn(from, stream, data, input, output);
            boolean whole = data.run(at -> {
                progress.show(() -> line(at));
                if (at.done() - savedDone >= CHECKPOINT_BYTES || System.nanoTime() - savedAt >= CHECKPOINT_NANOS) {
                    save(thisRun, at, output);
                }
            });
            if (whole) {
                output.force(true);
                Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(checkpoint);
            } else {
                save(thisRun, data, output);
            }
            progress.close();
            finished.run();
            return whole;
        } finally {
            interruption.ended();
        }
    }

    private @Nullable DataCheckpoint earlier(String thisRun) throws IOException {
        if (!Files.exists(checkpoint) || !Files.exists(part)) {
            return null;
        }
        DataCheckpoint found = DataCheckpoint.read(checkpoint, keys);
        if (!found.run().equals(thisRun) || found.in() > size || found.out() > Files.size(part)) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "The interrupted run had other data, keys or options; repeat it as it was, or run without --resume.");
        }
        return found;
    }

    private void goOn(
            @Nullable DataCheckpoint from, DataStream stream, DataRun data, InputStream input, FileChannel output)
            throws IOException {
        output.truncate(from == null ? 0 : from.out());
        startedAt = System.nanoTime();
        if (from != null) {
            input.skipNBytes(from.in());
            output.position(from.out());
            stream.restore(from.state());
            data.goOn(from.in(), from.out());
            startedDone = from.in();
            savedDone = from.in();
        } else {
            Files.deleteIfExists(checkpoint);
        }
    }

    private void save(String thisRun, DataRun at, FileChannel output) throws IOException {
        output.force(false);
        new DataCheckpoint(thisRun, at.done(), at.written(), at.stream().state()).write(checkpoint, keys);
        savedAt = System.nanoTime();
        savedDone = at.done();
    }

    private String line(DataRun at) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        long rate = (long) ((at.done() - startedDone) / 1e6 / Math.max(seconds, 0.001));
        return "anonymizing: %s, %,d of %,d MB, %,d MB/s, %,d records"
                .formatted(
                        ProgressLine.bar(at.done(), size),
                        at.done() / 1_000_000,
                        size / 1_000_000,
                        rate,
                        at.stream().records());
    }

    /** A keyed digest of how the input begins: it tells files apart, and tells nothing of them. */
    private byte[] head() throws IOException {
        try (InputStream input = Files.newInputStream(in)) {
            byte[] head = input.readNBytes(PEEK);
            return keys.digest(head, head.length);
        }
    }
}

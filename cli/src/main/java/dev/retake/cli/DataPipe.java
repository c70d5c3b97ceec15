package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.privacy.anonymize.DataStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Anonymizes to standard output, each record as soon as it is there. */
final class DataPipe {
    private DataPipe() {}

    /** Runs to the end of the input; false where it was stopped before. */
    static boolean run(DataStream stream, String in, int longest, Runnable finished) throws IOException {
        AtomicBoolean stopped = new AtomicBoolean();
        Interruption interruption = Interruption.calls(() -> stopped.set(true));
        try (InputStream input = in.equals("-") ? System.in : Files.newInputStream(Path.of(in))) {
            OutputStream output = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
            boolean whole = new DataRun(stream, input, output, longest, stopped).run(run -> {
                if (input.available() == 0) {
                    output.flush();
                }
            });
            output.flush();
            finished.run();
            return whole;
        } catch (NoSuchFileException e) {
            throw new RetakeException(ErrorCode.INPUT, "There is no file " + in + "; check IN.", e);
        } finally {
            interruption.ended();
        }
    }
}

package dev.retake.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own until it is closed; the test that wants one needs the right to mount it. */
public final class SmallDisk implements AutoCloseable {
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("RETAKE_PEERS_REQUIRED"));

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one at {@code directory}; skips the test where that is not allowed, fails it where it is required. */
    public static SmallDisk mount(Path directory, long bytes) throws IOException, InterruptedException {
        Files.createDirectory(directory);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString());
        assumeTrue(mounted || REQUIRED, "mounting a tmpfs needs root");
        if (!mounted) {
            throw new IOException("cannot mount " + directory);
        }
        return new SmallDisk(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Lets go of it lazily: a mapped file stays mapped until its buffer is collected. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", "-l", directory.toString())) {
            throw new IOException("cannot unmount " + directory);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}

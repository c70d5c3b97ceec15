package dev.retake.journal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of memory that a killed process leaves: whose journal is still there keeps it, and others lose it. */
class ForwardedFileTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void needMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"));
    }

    /** Counts {@code exchanges} for a journal and ends as a killed process does; gives the page that this leaves. */
    private static Path killed(Path journal, int exchanges) throws IOException {
        Path file = Files.createDirectories(journal).resolve("forwarded");
        ForwardedFile.open(file, 0).add(exchanges);
        return page(file);
    }

    private static Path page(Path file) throws IOException {
        byte[] name = new byte[16];
        System.arraycopy(Files.readAllBytes(file), 32, name, 0, name.length);
        return Path.of("/dev/shm", "retake-" + HexFormat.of().formatHex(name));
    }

    @Test
    void thePageOfARemovedJournalGoesWithTheNextThatIsOpened() throws IOException {
        Path removed = directory.resolve("removed");
        Path replaced = directory.resolve("replaced");
        Path kept = directory.resolve("kept");
        Path orphan = killed(removed, 1);
        Path another = killed(replaced, 2);
        Path needed = killed(kept, 3);
        Files.delete(removed.resolve("forwarded"));
        Files.delete(removed);
        Files.move(replaced, directory.resolve("elsewhere"));
        Files.createDirectory(replaced);

        Path own = killed(directory.resolve("next"), 4);

        assertThat(orphan).doesNotExist();
        assertThat(another).doesNotExist();
        assertThat(needed).exists();
        assertThat(own).exists();
        assertThat(ForwardedFile.read(kept.resolve("forwarded"))).hasValue(3);

        for (Path journal : new Path[] {kept, directory.resolve("next")}) {
            ForwardedFile.open(journal.resolve("forwarded"), 0).settle(0);
        }
        assertThat(needed).doesNotExist();
        assertThat(own).doesNotExist();
    }

    @Test
    void whatIsNoPageOfOursStays() throws IOException {
        Path strange = Files.createTempFile(Path.of("/dev/shm"), "retake-", "");
        Path zeros = Files.createTempFile(Path.of("/dev/shm"), "retake-", "");
        try {
            Files.write(zeros, new byte[4_096]);
            Files.delete(killed(directory.resolve("journal"), 1));
            assertThat(strange).exists();
            assertThat(zeros).exists();
        } finally {
            Files.deleteIfExists(strange);
            Files.deleteIfExists(zeros);
        }
    }
}

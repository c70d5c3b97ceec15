package dev.retake.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private KeySet keys;
    private AuditLog log;
    private Path file;
    private Path head;

    @BeforeEach
    void begin() {
        KeySetFile.createIfAbsent(directory.resolve("keys"));
        keys = KeySetFile.loadForReading(directory.resolve("keys"));
        log = AuditLog.of(directory.resolve("journal"), keys, CLOCK);
        file = directory.resolve("journal.audit");
        head = directory.resolve("journal.audit.head");
    }

    @Test
    void keepsWhoAskedForWhatAndWhy() throws IOException {
        assertThat(log.check()).isEqualTo(new AuditCheck(List.of(), List.of()));
        log.add("reveal", "ticket 17: \"who\"\nis it?", "fosa@b.example.com", true, "revealed");
        log.add("reveal", "ticket 18, the same", "mary@gmail.com", false, "unknown");

        AuditCheck check = log.check();
        assertThat(check.damage()).isEmpty();
        assertThat(check.entries()).hasSize(2);
        AuditEntry first = check.entries().get(0);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.time()).isEqualTo(CLOCK.instant());
        assertThat(first.reason()).isEqualTo("ticket 17: \"who\"\nis it?");
        assertThat(first.surrogate()).isEqualTo("fosa@b.example.com");
        assertThat(first.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(check.entries().get(1).surrogate()).isNull();
        assertThat(check.entries().get(1).subject()).matches("[0-9a-f]{32}").isNotEqualTo(first.subject());
        assertThat(Files.readString(file))
                .as("what is asked for may be an original")
                .doesNotContain("mary");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(head)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLineThatIsChangedShows() throws IOException {
        List<String> lines = fill(5);
        for (int i = 0; i < lines.size(); i++) {
            for (String change : List.of("revealed", "reason", "fosa")) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(i, lines.get(i).replaceFirst(change, "x" + change.substring(1)));
                assertThat(changed).isNotEqualTo(lines);
                Files.write(file, changed);
                assertThat(log.check().damage()).anyMatch(damage -> damage.startsWith("line "));
            }
        }
    }

    @Test
    void aLineThatIsRemovedShowsWhereverItStood() throws IOException {
        List<String> lines = fill(5);
        for (int i = 0; i < lines.size(); i++) {
            List<String> shorter = new ArrayList<>(lines);
            shorter.remove(i);
            Files.write(file, shorter);
            assertThat(log.check().damage()).as("without line " + (i + 1)).isNotEmpty();
            refuses();
        }
        Files.write(file, List.of());
        assertThat(log.check().damage()).containsExactly("5 entries are missing at the end");
        refuses();
        Files.delete(file);
        assertThat(log.check().damage()).containsExactly("all 5 entries are missing");
    }

    @Test
    void linesThatAreMovedOrMadeShow() throws IOException {
        List<String> lines = fill(3);
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1)));
        assertThat(log.check().damage()).isNotEmpty();
        List<String> longer = new ArrayList<>(lines);
        longer.add(lines.get(2).replace("\"n\":3", "\"n\":4"));
        Files.write(file, longer);
        assertThat(log.check().damage()).isNotEmpty();
        refuses();
    }

    @Test
    void aHeadThatIsMissingOrChangedShows() throws IOException {
        List<String> lines = fill(3);
        String whole = Files.readString(head);
        Files.writeString(head, whole.replace("\"entries\":3", "\"entries\":2"));
        Files.write(file, lines.subList(0, 2));
        assertThat(log.check().damage()).isNotEmpty();
        refuses();
        Files.delete(head);
        assertThat(log.check().damage()).isNotEmpty();
        refuses();
        Files.writeString(head, whole);
        Files.write(file, lines);
        assertThat(log.check().damage()).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsSettled() throws IOException {
        List<String> lines = fill(2);
        byte[] headOfTwo = Files.readAllBytes(head);
        log.add("reveal", "a third reason", "fosa", true, "revealed");
        Files.write(head, headOfTwo);
        assertThat(log.check().damage())
                .as("killed before the head was written")
                .isEmpty();
        Files.writeString(file, "{\"n\":4,\"time\":\"20", StandardOpenOption.APPEND);

        log.add("reveal", "a fourth reason", "fosa", true, "revealed");

        assertThat(log.check().damage()).isEmpty();
        assertThat(log.check().entries()).hasSize(4);
        assertThat(Files.readAllLines(file)).startsWith(lines.toArray(String[]::new));
    }

    @Test
    void anotherKeyProvesNothing() {
        log.add("reveal", "a good reason", "fosa", true, "revealed");
        KeySetFile.createIfAbsent(directory.resolve("other"));
        KeySet other = KeySetFile.loadForReading(directory.resolve("other"));
        AuditLog foreign = AuditLog.of(directory.resolve("journal"), other, CLOCK);
        assertThat(foreign.check().damage()).isNotEmpty();
    }

    @Test
    void aFullDiskAddsNothingAndSpoilsNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 64 << 10)) {
            AuditLog small = AuditLog.of(disk.directory().resolve("journal"), keys, CLOCK);
            int added = 0;
            RetakeException refusal = null;
            while (refusal == null) {
                try {
                    small.add("reveal", "reason ".repeat(50), "fosa", true, "revealed");
                    added++;
                } catch (RetakeException e) {
                    refusal = e;
                }
            }
            assertThat(refusal.code()).isEqualTo(ErrorCode.DISK);
            assertThat(added).isPositive();
            assertThat(small.check().damage()).isEmpty();
            assertThat(small.check().entries()).hasSize(added);
        }
    }

    private List<String> fill(int entries) throws IOException {
        for (int i = 1; i <= entries; i++) {
            log.add("reveal", "the reason " + i, "fosa" + i, true, "revealed");
        }
        return Files.readAllLines(file);
    }

    private void refuses() {
        assertThatThrownBy(() -> log.add("reveal", "one more reason", "fosa", true, "revealed"))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }
}

package dev.retake.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.Table;
import dev.retake.privacy.Replaced;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.scan.ByteScanner;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.ScanListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultIT {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final BackgroundErrors errors = new BackgroundErrors();
    private Instant now = START;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @TempDir
    private Path directory;

    private VaultFiles files;
    private KeyPair key;

    @BeforeEach
    void makeKey() {
        files = VaultFiles.of(directory.resolve("journal"));
        VaultKeyFile.createIfAbsent(files.key());
        key = VaultKeyFile.load(files.key());
    }

    @Test
    void tellsTheOriginalOfEveryWriterAndDay() {
        put("mary@gmail.com", "fosa@bapolitan.example.com");
        now = START.plus(Duration.ofDays(3));
        put("mary@gmail.com", "fosa@bapolitan.example.com");
        put("john@gmail.com", "bige@bapolitan.example.com");

        List<RevealedValue> mary = reveal("fosa@bapolitan.example.com");
        assertThat(mary).hasSize(1);
        assertThat(mary.get(0).original()).isEqualTo("mary@gmail.com");
        assertThat(mary.get(0).dataClass()).isEqualTo(DataClass.EMAIL);
        assertThat(mary.get(0).firstSeen()).isEqualTo(START);
        assertThat(mary.get(0).lastSeen()).isEqualTo(now);
        assertThat(originals("bige@bapolitan.example.com")).containsExactly("john@gmail.com");
        assertThat(originals("nobody@bapolitan.example.com")).isEmpty();
    }

    @Test
    void originalsThatShareASurrogateAreAllTold() {
        put("Johnson", "Favezan");
        now = START.plusSeconds(60);
        put("Müller", "Favezan");

        assertThat(originals("Favezan")).containsExactly("Müller", "Johnson");
    }

    @Test
    void storesAValueOnceADay() {
        try (VaultWriter writer = writer(files)) {
            for (int i = 0; i < 10; i++) {
                writer.add(Replaced.value(DataClass.EMAIL, "mary@gmail.com", "fosa@b.example.com"));
            }
            assertThat(writer.hits()).isEqualTo(9);
            now = START.plus(Duration.ofDays(1));
            writer.add(Replaced.value(DataClass.EMAIL, "mary@gmail.com", "fosa@b.example.com"));
            assertThat(writer.hits()).isEqualTo(9);
            assertThat(writer.asked()).isEqualTo(11);
        }
        assertThat(reveal("fosa@b.example.com").get(0).lastSeen()).isEqualTo(now);
    }

    @Test
    void takesTheClassesOfTheConfigurationAndNeverCredentials() {
        try (VaultWriter writer = writer(files)) {
            assertThat(writer.wants(DataClass.EMAIL)).isTrue();
            assertThat(writer.wants(DataClass.IBAN)).isFalse();
            VaultSettings.NEVER.forEach(never -> {
                assertThat(writer.wants(never)).isFalse();
                assertThatThrownBy(() -> new VaultSettings(true, null, null, Duration.ofDays(1), 1_000, Set.of(never)))
                        .isInstanceOfSatisfying(
                                RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
            });
        }
    }

    @Test
    void whatIsPastItsRetentionGoesWithItsKeys() {
        put("mary@gmail.com", "fosa@b.example.com");
        now = START.plus(Duration.ofDays(29));
        put("john@gmail.com", "bige@b.example.com");
        assertThat(originals("fosa@b.example.com")).containsExactly("mary@gmail.com");

        now = START.plus(Duration.ofDays(30));
        put("paul@gmail.com", "dova@b.example.com");

        assertThat(originals("fosa@b.example.com")).isEmpty();
        assertThat(originals("bige@b.example.com")).containsExactly("john@gmail.com");
        try (VaultReader reader = VaultReader.open(files)) {
            assertThat(reader.stats().mappings()).isEqualTo(2);
            assertThat(reader.stats().writers()).isEqualTo(2);
            assertThat(reader.stats().oldest()).isEqualTo(LocalDate.of(2026, 3, 30));
        }
    }

    @Test
    void whatIsForgottenIsGoneFromTheFiles() throws Exception {
        put("mary@gmail.com", "fosa@b.example.com");
        List<byte[]> forgotten = rows();
        put("john@gmail.com", "bige@b.example.com");
        assertThat(forgotten).isNotEmpty().allMatch(this::standsInFiles);

        try (VaultStore store = VaultStore.openExisting(files, clock)) {
            assertThat(store.forget(List.of("fosa@b.example.com", "unknown"), key))
                    .isEqualTo(1);
        }

        assertThat(forgotten).noneMatch(this::standsInFiles);
        assertThat(originals("fosa@b.example.com")).isEmpty();
        assertThat(originals("bige@b.example.com")).containsExactly("john@gmail.com");
    }

    @Test
    void daysBeforeADateAreForgottenWithoutAKey() {
        put("mary@gmail.com", "fosa@b.example.com");
        now = START.plus(Duration.ofDays(1));
        put("john@gmail.com", "bige@b.example.com");
        try (VaultStore store = VaultStore.openExisting(files, clock)) {
            assertThat(store.forgetBefore(LocalDate.of(2026, 3, 1))).isFalse();
            assertThat(store.forgetBefore(LocalDate.of(2026, 3, 2))).isTrue();
        }
        assertThat(originals("fosa@b.example.com")).isEmpty();
        assertThat(originals("bige@b.example.com")).containsExactly("john@gmail.com");
    }

    @Test
    void aWriterNeedsThePublicKeyAlone() {
        Path half = directory.resolve("half");
        VaultKeyFile.createPublic(half, files.key());
        try (VaultWriter writer =
                VaultWriter.behindData(settings(), files, VaultKeyFile.loadPublic(half), clock, errors)) {
            writer.add(Replaced.value(DataClass.EMAIL, "mary@gmail.com", "fosa@b.example.com"));
        }
        assertThatThrownBy(() -> VaultKeyFile.load(half))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY));
        assertThat(originals("fosa@b.example.com")).containsExactly("mary@gmail.com");
    }

    @Test
    void anotherKeyReadsNothing() {
        put("mary@gmail.com", "fosa@b.example.com");
        Path other = directory.resolve("other");
        VaultKeyFile.createIfAbsent(other);
        KeyPair foreign = VaultKeyFile.load(other);
        try (VaultReader reader = VaultReader.open(files)) {
            assertThatThrownBy(() -> reader.reveal("fosa@b.example.com", foreign))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY));
        }
    }

    @Test
    void isReadWhileItIsWritten() {
        try (VaultWriter writer = writer(files)) {
            writer.add(Replaced.value(DataClass.EMAIL, "mary@gmail.com", "fosa@b.example.com"));
            awaitStored(writer, 1);
            assertThat(originals("fosa@b.example.com")).containsExactly("mary@gmail.com");
            assertThatThrownBy(() -> VaultStore.openExisting(files, clock))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED));
        }
    }

    @Test
    void aVaultThatCannotBeOpenedCostsMappingsAlone() throws IOException {
        Files.writeString(files.directory(), "in the way");
        VaultWriter writer = VaultWriter.behindTraffic(settings(), files, key.getPublic(), clock, errors);
        for (int i = 0; i < 20_000; i++) {
            writer.add(Replaced.value(DataClass.USER_ID, "u" + i, "s" + i));
        }
        writer.close();

        assertThat(writer.dropped()).isEqualTo(20_000);
        assertThat(writer.stored()).isZero();
        assertThat(errors.counts().keySet()).anyMatch(kind -> kind.startsWith("open the vault"));
        assertThat(errors.counts().toString()).doesNotContain("u19999");
    }

    @Test
    void everyOneOfManyIsFound() {
        try (VaultWriter writer = writer(files)) {
            for (int i = 0; i < 5_000; i++) {
                writer.add(Replaced.value(DataClass.USER_ID, "u" + i, "s" + i));
            }
        }
        for (int i = 0; i < 5_000; i += 97) {
            assertThat(originals("s" + i)).containsExactly("u" + i);
        }
    }

    @Test
    void itsFilesShowNeitherOriginalsNorSurrogates() throws IOException {
        List<String> planted = new ArrayList<>();
        try (VaultWriter writer = writer(files)) {
            for (int i = 0; i < 200; i++) {
                String original = "mary.planted" + (1_000 + i) + "@gmail.com";
                String surrogate = "fosa.surrogate" + (1_000 + i) + "@b.example.com";
                planted.add(original);
                planted.add(surrogate);
                writer.add(Replaced.value(DataClass.EMAIL, original, surrogate));
            }
            awaitStored(writer, 200);
            assertThat(leaks(planted)).as("while it is open").isEmpty();
        }
        assertThat(leaks(planted)).isEmpty();
        assertThat(Files.getPosixFilePermissions(files.directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(files.key())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("proof"), planted.get(0));
        assertThat(leaks(planted)).as("the search finds what is there").isNotEmpty();
    }

    @Test
    void damageShowsNoWrongOriginal() throws IOException {
        for (int i = 0; i < 10; i++) {
            put("mary" + i + "@gmail.com", "fosa" + i + "@b.example.com");
        }
        for (Path file : storeFiles()) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = whole.length / 7; at < whole.length; at += Math.max(1, whole.length / 5)) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x55;
                Files.write(file, damaged);
                assertThat(revealedOrRefused("fosa7@b.example.com")).isSubsetOf("mary7@gmail.com");
            }
            Files.write(file, whole);
        }
        assertThat(originals("fosa7@b.example.com")).containsExactly("mary7@gmail.com");
    }

    @Test
    void aMappingThatWasMovedIsRefused() throws Exception {
        try (VaultWriter writer = writer(files)) {
            writer.add(Replaced.value(DataClass.EMAIL, "mary@gmail.com", "fosa@b.example.com"));
            writer.add(Replaced.value(DataClass.EMAIL, "john@gmail.com", "bige@b.example.com"));
        }
        try (JournalDb db = JournalDb.openOwned(files.db(), Table.VAULT);
                StoreCursor cursor = db.cursor(Table.MAPPINGS);
                StoreBatch batch = db.batch()) {
            cursor.seek(new byte[0]);
            assertThat(cursor.valid()).isTrue();
            byte[] first = cursor.value();
            byte[] firstKey = cursor.key();
            cursor.next();
            assertThat(cursor.valid()).isTrue();
            batch.put(Table.MAPPINGS, cursor.key(), first);
            batch.put(Table.MAPPINGS, firstKey, cursor.value());
            db.write(batch, true);
        }
        for (String surrogate : List.of("fosa@b.example.com", "bige@b.example.com")) {
            assertThatThrownBy(() -> reveal(surrogate))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
        }
    }

    private List<String> revealedOrRefused(String surrogate) {
        try {
            return originals(surrogate);
        } catch (RetakeException e) {
            return List.of();
        }
    }

    private static VaultSettings settings() {
        VaultSettings defaults = VaultSettings.from(Config.defaults());
        return new VaultSettings(true, null, null, defaults.retention(), 10_000, defaults.classes());
    }

    private VaultWriter writer(VaultFiles of) {
        return VaultWriter.behindData(settings(), of, key.getPublic(), clock, errors);
    }

    private void put(String original, String surrogate) {
        DataClass dataClass = original.contains("@") ? DataClass.EMAIL : DataClass.FAMILY_NAME;
        try (VaultWriter writer = writer(files)) {
            writer.add(Replaced.value(dataClass, original, surrogate));
        }
        assertThat(errors.counts()).isEmpty();
    }

    private List<RevealedValue> reveal(String surrogate) {
        try (VaultReader reader = VaultReader.open(files)) {
            return reader.reveal(surrogate, key);
        }
    }

    private List<String> originals(String surrogate) {
        return reveal(surrogate).stream().map(RevealedValue::original).toList();
    }

    private static void awaitStored(VaultWriter writer, long count) {
        long until = System.nanoTime() + 20_000_000_000L;
        while (writer.stored() < count && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(writer.stored()).isEqualTo(count);
    }

    /** Sealed mappings as they are stored. */
    private List<byte[]> rows() throws Exception {
        List<byte[]> rows = new ArrayList<>();
        try (JournalDb db = JournalDb.openOwned(files.db(), Table.VAULT);
                StoreCursor cursor = db.cursor(Table.MAPPINGS)) {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                rows.add(cursor.value());
            }
        }
        return rows;
    }

    private boolean standsInFiles(byte[] row) {
        try {
            for (Path file : storeFiles()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i + row.length <= bytes.length; i++) {
                    if (Arrays.equals(bytes, i, i + row.length, row, 0, row.length)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> storeFiles() throws IOException {
        try (Stream<Path> paths = Files.walk(files.db())) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<Leak> leaks(List<String> planted) throws IOException {
        List<Leak> leaks = new ArrayList<>();
        ScanListener listener = new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                leaks.add(leak);
            }

            @Override
            public void unread(String reason) {
                throw new AssertionError(reason);
            }
        };
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                try (ByteScanner scanner = ByteScanner.of(Canaries.of(planted), DetectedClasses.NONE, listener)) {
                    scanner.feed(bytes, 0, bytes.length);
                    scanner.end();
                }
            }
        }
        return leaks;
    }
}

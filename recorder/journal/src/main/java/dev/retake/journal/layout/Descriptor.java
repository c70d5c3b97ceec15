package dev.retake.journal.layout;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.keyring.KeyringFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Says that a directory is a journal, of which format, and whether a key set is the right one; so each of these has an
 * answer before anything else is opened.
 *
 * <pre>
 * retake-journal 1        the format; this line stays the first in every later one
 * id HEX                  16 random bytes
 * seal-key N              the seal key that the check is under
 * check HEX               the id, sealed
 * crc32c HEX              of all lines above
 * </pre>
 *
 * A copy is in the keyring's directory.
 *
 * @param format of the journal
 * @param id 16 bytes; treat as read-only
 * @param sealKey number of a seal key
 * @param check the id, sealed under it; treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Descriptor(int format, byte[] id, int sealKey, byte[] check) {
    /** The format that this version writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    private static final String MAGIC = "retake-journal ";
    private static final int MAX_BYTES = 4_096;
    private static final HexFormat HEX = HexFormat.of();

    /** A descriptor for a new journal under {@code keys}. */
    public static Descriptor create(KeySet keys) {
        byte[] id = Arrays.copyOf(Aead.newKey(), 16);
        int number = keys.currentSealKey();
        Aead seal = keys.sealKey(number);
        if (seal == null) {
            throw new IllegalStateException("a key set has its current seal key");
        }
        return new Descriptor(FORMAT, id, number, seal.seal(id, associated()));
    }

    /**
     * The descriptor of the journal in {@code files}, from its copy where it is damaged; null where there is none.
     *
     * @throws RetakeException FORMAT where it is of a newer format, DAMAGED where it cannot be read
     */
    public static @Nullable Descriptor read(JournalFiles files) {
        byte[] first = content(files.descriptor());
        byte[] second = content(files.descriptorCopy());
        if (first == null && !Files.isDirectory(files.db())) {
            return null;
        }
        for (byte[] content : Arrays.asList(first, second)) {
            Descriptor descriptor = content == null ? null : parse(content, files.directory());
            if (descriptor != null) {
                return descriptor;
            }
        }
        throw new RetakeException(
                ErrorCode.DAMAGED,
                "The file JOURNAL in " + files.directory()
                        + " is damaged and so is its copy; run retake journal salvage to save the rest.");
    }

    /**
     * The descriptor of the journal in {@code files}.
     *
     * @throws RetakeException INPUT where there is no journal or nothing in it, and else as {@link #read}
     */
    public static Descriptor require(JournalFiles files) {
        Path directory = files.directory();
        Descriptor descriptor = Files.isDirectory(directory) ? read(files) : null;
        if (descriptor == null) {
            throw new RetakeException(ErrorCode.INPUT, "There is no journal at " + directory + "; check --journal.");
        }
        if (!Files.isDirectory(files.db())) {
            throw new RetakeException(
                    ErrorCode.INPUT, "There is nothing in the journal " + directory + " yet; try again later.");
        }
        return descriptor;
    }

    /** Whether the file at {@code place} is whole. */
    public static boolean intact(Path place, Path journal) {
        byte[] content = content(place);
        return content != null && parse(content, journal) != null;
    }

    /** Refuses {@code keys} that are not this journal's. */
    public void requireKeys(KeySet keys, Path journal) {
        Aead seal = keys.sealKey(sealKey);
        if (seal != null) {
            try {
                if (Arrays.equals(seal.open(check, associated()), id)) {
                    return;
                }
            } catch (SealBrokenException e) {
                throw wrongKeys(journal);
            }
        }
        throw wrongKeys(journal);
    }

    /** Writes both copies, durably. */
    public void write(JournalFiles files) throws IOException {
        KeyringFiles.createPrivately(files.keyring());
        writeDurably(files.descriptorCopy());
        writeDurably(files.descriptor());
    }

    private void writeDurably(Path place) throws IOException {
        Path draft = place.resolveSibling("JOURNAL.new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        Path parent = place.getParent();
        if (parent != null) {
            JournalFiles.sync(parent);
        }
    }

    private String text() {
        String lines = MAGIC + format + "\nid " + HEX.formatHex(id) + "\nseal-key " + sealKey + "\ncheck "
                + HEX.formatHex(check) + "\n";
        return lines + "crc32c " + crc(lines) + "\n";
    }

    private static @Nullable Descriptor parse(byte[] content, Path journal) {
        List<String> lines =
                new String(content, StandardCharsets.US_ASCII).lines().toList();
        if (lines.isEmpty() || !lines.get(0).matches(MAGIC + "\\d{1,4}")) {
            return null;
        }
        int format = Integer.parseInt(lines.get(0).substring(MAGIC.length()));
        int last = lines.size() - 1;
        String checked = String.join("\n", lines.subList(0, last)) + "\n";
        if (!lines.get(last).equals("crc32c " + crc(checked))) {
            return null;
        }
        if (format > FORMAT) {
            throw new RetakeException(
                    ErrorCode.FORMAT,
                    "The journal " + journal + " is of format " + format + ", and this Retake reads up to " + FORMAT
                            + "; use a newer Retake.");
        }
        try {
            return new Descriptor(
                    format,
                    HEX.parseHex(value(lines, "id ")),
                    Integer.parseInt(value(lines, "seal-key ")),
                    HEX.parseHex(value(lines, "check ")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()))
                .orElse("");
    }

    private static byte @Nullable [] content(Path place) {
        if (!Files.isRegularFile(place)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate(MAX_BYTES);
            int count = channel.read(content);
            return Arrays.copyOf(content.array(), Math.max(0, count));
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.DISK, "Cannot read " + place + "; check its permissions.", e);
        }
    }

    private static RetakeException wrongKeys(Path journal) {
        return new RetakeException(
                ErrorCode.KEY,
                "The key set does not open the journal " + journal
                        + "; pass the one that it was recorded with by --keys FILE.");
    }

    private static byte[] associated() {
        return "retake journal check".getBytes(StandardCharsets.US_ASCII);
    }

    private static String crc(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.US_ASCII));
        return HEX.toHexDigits((int) crc.getValue());
    }
}

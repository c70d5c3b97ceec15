package dev.retake.journal;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.privacy.inventory.FieldUse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The field inventory of a journal as a sealed file, replaced as a whole.
 *
 * <pre>
 * 0            5          9
 * +------------+----------+--------------------------------------------------------------+
 * | RTKF 1     | seal key | sealed: count, then of each use operation, location, class,  |
 * |            |          | rule (modified UTF-8), count, first and last seen (8 each)   |
 * +------------+----------+--------------------------------------------------------------+
 * </pre>
 */
public final class InventoryFile {
    private static final byte[] MAGIC = {'R', 'T', 'K', 'F', 1};
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES;
    private static final String PURPOSE = "journal inventory";

    private InventoryFile() {}

    /**
     * What is known of the fields of the journal at {@code directory}; nothing where it was recorded without an
     * inventory.
     *
     * @throws RetakeException KEY where {@code keys} do not open it, DISK where it cannot be read
     */
    public static List<FieldUse> read(Path directory, KeySet keys) {
        return readFile(JournalFiles.of(directory).inventory(), keys);
    }

    /** The same for a copy of it at {@code file}. */
    public static List<FieldUse> readFile(Path file, KeySet keys) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.DISK, "Cannot read " + file + "; check its permissions.", e);
        }
        if (bytes.length < HEAD_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new RetakeException(
                    ErrorCode.FORMAT, file + " is damaged, or of a newer format; remove it to begin anew.");
        }
        byte[] bound = Arrays.copyOf(bytes, HEAD_BYTES);
        int number = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        try {
            if (key != null) {
                return decode(new Aead(key).open(Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length), bound));
            }
        } catch (SealBrokenException | IOException e) {
            throw new RetakeException(
                    ErrorCode.KEY, file + " cannot be opened; pass the journal's keys, or remove it to begin anew.", e);
        }
        throw new RetakeException(
                ErrorCode.KEY, "The key set lacks the key of " + file + "; pass it with --keys FILE.");
    }

    /** Replaces the inventory at {@code file} as a whole. */
    public static void write(Path file, KeySet keys, List<FieldUse> uses) throws IOException {
        int number = keys.currentSealKey();
        byte[] bound = ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).putInt(number).array();
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        byte[] sealed = new Aead(key == null ? new byte[Aead.KEY_BYTES] : key).seal(encode(uses), bound);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer content = ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(bound)
                    .put(sealed)
                    .flip();
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] encode(List<FieldUse> uses) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(uses.size());
        for (FieldUse use : uses) {
            out.writeUTF(use.operation().substring(0, Math.min(use.operation().length(), 10_000)));
            out.writeUTF(use.location());
            out.writeUTF(use.dataClass());
            out.writeUTF(use.rule());
            out.writeLong(use.count());
            out.writeLong(use.firstSeen());
            out.writeLong(use.lastSeen());
        }
        return bytes.toByteArray();
    }

    private static List<FieldUse> decode(byte[] plain) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
        int count = in.readInt();
        List<FieldUse> uses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uses.add(new FieldUse(
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong()));
        }
        return List.copyOf(uses);
    }
}

package dev.retake.journal;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.layout.JournalFiles;
import dev.retake.privacy.inventory.FieldUse;
import dev.retake.privacy.inventory.OpenField;
import dev.retake.privacy.inventory.Sketch;
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
 * | RTKF 2     | seal key | sealed: count, then of each use operation, location, class,  |
 * |            |          | rule (modified UTF-8), count, first and last seen (8 each);  |
 * |            |          | since 2: count, then of each field that a policy decided on  |
 * |            |          | operation, location, values, kept, first and last seen (8),  |
 * |            |          | kinds (4), three sketches of 256 registers                   |
 * +------------+----------+--------------------------------------------------------------+
 * </pre>
 */
public final class InventoryFile {
    private static final byte[] MAGIC = {'R', 'T', 'K', 'F', 2};
    private static final int VERSION_AT = 4;
    private static final int HEAD_BYTES = MAGIC.length + Integer.BYTES;
    private static final int LONGEST_OPERATION = 10_000;
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

    /**
     * The fields of the journal at {@code directory} that a policy decided on; none where it was recorded under {@code
     * detect}, or before there were policies.
     *
     * @throws RetakeException KEY where {@code keys} do not open it, DISK where it cannot be read
     */
    public static List<OpenField> readOpen(Path directory, KeySet keys) {
        return content(JournalFiles.of(directory).inventory(), keys).open();
    }

    /** What the file holds. */
    record Content(List<FieldUse> uses, List<OpenField> open) {}

    /** The same for a copy of it at {@code file}. */
    public static List<FieldUse> readFile(Path file, KeySet keys) {
        return content(file, keys).uses();
    }

    static Content content(Path file, KeySet keys) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new Content(List.of(), List.of());
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.DISK, "Cannot read " + file + "; check its permissions.", e);
        }
        boolean known = bytes.length >= HEAD_BYTES
                && Arrays.equals(bytes, 0, VERSION_AT, MAGIC, 0, VERSION_AT)
                && bytes[VERSION_AT] >= 1
                && bytes[VERSION_AT] <= MAGIC[VERSION_AT];
        if (!known) {
            throw new RetakeException(
                    ErrorCode.FORMAT, file + " is damaged, or of a newer format; remove it to begin anew.");
        }
        byte[] bound = Arrays.copyOf(bytes, HEAD_BYTES);
        int number = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        try {
            if (key != null) {
                byte[] plain = new Aead(key).open(Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length), bound);
                return decode(plain, bytes[VERSION_AT] > 1);
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
        write(file, keys, new Content(uses, List.of()));
    }

    static void write(Path file, KeySet keys, Content content) throws IOException {
        int number = keys.currentSealKey();
        byte[] bound = ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).putInt(number).array();
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        byte[] sealed = new Aead(key == null ? new byte[Aead.KEY_BYTES] : key).seal(encode(content), bound);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer whole = ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(bound)
                    .put(sealed)
                    .flip();
            while (whole.hasRemaining()) {
                channel.write(whole);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] encode(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(content.uses().size());
        for (FieldUse use : content.uses()) {
            out.writeUTF(operation(use.operation()));
            out.writeUTF(use.location());
            out.writeUTF(use.dataClass());
            out.writeUTF(use.rule());
            out.writeLong(use.count());
            out.writeLong(use.firstSeen());
            out.writeLong(use.lastSeen());
        }
        out.writeInt(content.open().size());
        for (OpenField field : content.open()) {
            out.writeUTF(operation(field.operation()));
            out.writeUTF(field.location());
            out.writeLong(field.values());
            out.writeLong(field.kept());
            out.writeLong(field.firstSeen());
            out.writeLong(field.lastSeen());
            out.writeInt(field.kindBits());
            out.write(field.distinct().registers());
            out.write(field.sessions().registers());
            out.write(field.inSessions().registers());
        }
        return bytes.toByteArray();
    }

    private static String operation(String operation) {
        return operation.substring(0, Math.min(operation.length(), LONGEST_OPERATION));
    }

    private static Content decode(byte[] plain, boolean withOpen) throws IOException {
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
        List<OpenField> open = new ArrayList<>();
        int fields = withOpen ? in.readInt() : 0;
        for (int i = 0; i < fields; i++) {
            open.add(open(in));
        }
        return new Content(List.copyOf(uses), List.copyOf(open));
    }

    private static OpenField open(DataInputStream in) throws IOException {
        String operation = in.readUTF();
        String location = in.readUTF();
        long values = in.readLong();
        long kept = in.readLong();
        long firstSeen = in.readLong();
        long lastSeen = in.readLong();
        int kinds = in.readInt();
        return new OpenField(
                operation, location, values, kept, kinds, firstSeen, lastSeen, sketch(in), sketch(in), sketch(in));
    }

    private static Sketch sketch(DataInputStream in) throws IOException {
        byte[] registers = new byte[Sketch.REGISTERS];
        in.readFully(registers);
        return Sketch.of(registers);
    }
}

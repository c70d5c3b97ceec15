package dev.retake.journal.layout;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.record.Dictionary;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The compressor's dictionaries, each sealed in a file of its own, {@code N.dict}. Many records need the same one, so it
 * stands twice: in the journal and in the keyring's directory. Numbers big-endian:
 *
 * <pre>
 *  0         8        10       12    16         20      24
 *  +---------+--------+--------+-----+----------+-------+--------------------+
 *  | RTKDICT1| format | number | day | seal key | crc   | sealed dictionary  |  associated data: the first 20 bytes
 *  +---------+--------+--------+-----+----------+-------+--------------------+
 *              u16      u16      i32   u32        crc32c of all else
 * </pre>
 *
 * {@code day} is when it came into use: records of sessions that began later never need an older one.
 */
public final class DictionaryFiles implements RecordOpener.Dictionaries {
    private static final String SUFFIX = ".dict";
    private static final long MAGIC = 0x52544b4449435431L; // RTKDICT1
    private static final int FORMAT = 1;
    private static final int BOUND_BYTES = 20;
    private static final int HEAD_BYTES = 24;

    private final List<Path> places;
    private final KeySet keys;

    public DictionaryFiles(JournalFiles files, KeySet keys) {
        this.places = List.of(files.dictionaries(), files.keyring());
        this.keys = keys;
    }

    @Override
    public Dictionary dictionary(int number) throws UnreadableException {
        for (Path place : places) {
            Path file = place.resolve(number + SUFFIX);
            try {
                byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
                if (isWhole(content, number)) {
                    return new Dictionary(number, open(content));
                }
            } catch (IOException e) {
                throw new UnreadableException("needs the dictionary " + number + ", which cannot be read", e);
            } catch (SealBrokenException e) {
                throw new UnreadableException("needs the dictionary " + number + ", which does not open", e);
            }
        }
        throw new UnreadableException("needs the dictionary " + number + ", which is lost");
    }

    /** The days on which dictionaries came into use, by number; damaged ones are left out. */
    public NavigableMap<Integer, Integer> days() throws IOException {
        NavigableMap<Integer, Integer> days = new TreeMap<>();
        for (Path place : places) {
            for (Map.Entry<Integer, Path> file : list(place).entrySet()) {
                byte[] content = Files.readAllBytes(file.getValue());
                if (isWhole(content, file.getKey())) {
                    days.put(file.getKey(), ByteBuffer.wrap(content).getInt(12));
                }
            }
        }
        return days;
    }

    /** The highest number that is taken, also by a damaged file; 0 where there is none. */
    public int lastNumber() throws IOException {
        int last = 0;
        for (Path place : places) {
            NavigableMap<Integer, Path> files = list(place);
            last = files.isEmpty() ? last : Math.max(last, files.lastKey());
        }
        return last;
    }

    /** Writes {@code dictionary} to both places; it is on the disk when this returns. */
    public void write(Dictionary dictionary, int day) throws IOException {
        int sealKey = keys.currentSealKey();
        ByteBuffer head = ByteBuffer.allocate(BOUND_BYTES).putLong(MAGIC).putShort((short) FORMAT);
        head.putShort((short) dictionary.number()).putInt(day).putInt(sealKey);
        Aead seal = keys.sealKey(sealKey);
        if (seal == null) {
            throw new IllegalStateException("a key set has its current seal key");
        }
        byte[] sealed = seal.seal(dictionary.bytes(), head.array());
        ByteBuffer content = ByteBuffer.allocate(HEAD_BYTES + sealed.length);
        content.put(head.array()).putInt(0).put(sealed);
        content.putInt(BOUND_BYTES, crc(content.array()));
        for (Path place : places) {
            Files.createDirectories(place);
            write(place.resolve(dictionary.number() + SUFFIX), content.array());
            JournalFiles.sync(place);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives each place what only the other has: a writer may have been killed between the two. */
    public void complete() throws IOException {
        NavigableMap<Integer, Path> numbers = new TreeMap<>();
        for (Path place : places) {
            numbers.putAll(list(place));
        }
        for (int number : numbers.keySet()) {
            List<Path> lacking = new ArrayList<>();
            byte[] whole = {};
            for (Path place : places) {
                Path file = place.resolve(number + SUFFIX);
                byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
                if (isWhole(content, number)) {
                    whole = content;
                } else {
                    lacking.add(place);
                }
            }
            for (Path place : whole.length == 0 ? List.<Path>of() : lacking) {
                Files.createDirectories(place);
                write(place.resolve(number + SUFFIX), whole);
                JournalFiles.sync(place);
            }
        }
    }

    /** Removes the dictionary numbered {@code number}. */
    public void delete(int number) throws IOException {
        for (Path place : places) {
            Files.deleteIfExists(place.resolve(number + SUFFIX));
        }
    }

    /** What is wrong, as the rest of a sentence, by name of file. */
    public Map<String, String> damage() throws IOException {
        Map<String, String> damage = new TreeMap<>();
        NavigableMap<Integer, Path> numbers = new TreeMap<>();
        for (Path place : places) {
            numbers.putAll(list(place));
        }
        for (int number : numbers.keySet()) {
            for (Path place : places) {
                Path file = place.resolve(number + SUFFIX);
                if (!Files.exists(file) || !isWhole(Files.readAllBytes(file), number)) {
                    damage.put(place.getFileName() + "/" + file.getFileName(), "is damaged or gone");
                }
            }
        }
        return damage;
    }

    private static NavigableMap<Integer, Path> list(Path place) throws IOException {
        NavigableMap<Integer, Path> found = new TreeMap<>();
        if (!Files.isDirectory(place)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("\\d{1,4}")) {
                    found.put(Integer.parseInt(number), file);
                }
            }
        }
        return found;
    }

    private static boolean isWhole(byte[] content, int number) {
        if (content.length < HEAD_BYTES) {
            return false;
        }
        ByteBuffer head = ByteBuffer.wrap(content);
        return head.getLong(0) == MAGIC
                && head.getShort(8) == FORMAT
                && head.getShort(10) == number
                && head.getInt(BOUND_BYTES) == crc(content);
    }

    private byte[] open(byte[] content) throws UnreadableException, SealBrokenException {
        int sealKey = ByteBuffer.wrap(content).getInt(16);
        Aead seal = keys.sealKey(sealKey);
        if (seal == null) {
            throw new UnreadableException(
                    "needs a dictionary under seal key " + sealKey + ", which the key set does not have");
        }
        byte[] sealed = Arrays.copyOfRange(content, HEAD_BYTES, content.length);
        return seal.open(sealed, Arrays.copyOf(content, BOUND_BYTES));
    }

    private static int crc(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, BOUND_BYTES);
        crc.update(content, HEAD_BYTES, content.length - HEAD_BYTES);
        return (int) crc.getValue();
    }
}

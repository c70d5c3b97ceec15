package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far anonymizing has come, in a file beside the output. Sealed, since names of fields are data too.
 *
 * <pre>
 * file := "RTKR" version (1 byte) number of the seal key (4) sealed JSON
 * </pre>
 *
 * @param run what is anonymized how: input, format, layout and key; a run with another cannot go on from here
 * @param in bytes of the input that are done
 * @param out bytes of the output that they became, and that are durable
 * @param state of the format
 */
record DataCheckpoint(String run, long in, long out, List<String> state) {
    private static final byte[] MAGIC = {'R', 'T', 'K', 'R', 1};
    private static final byte[] PURPOSE = "anonymize checkpoint".getBytes(StandardCharsets.US_ASCII);

    /** Writes it in place of an older one, so that one of both is always whole. */
    void write(Path file, KeySet keys) throws IOException {
        ObjectNode tree = Json.object();
        tree.put("run", run);
        tree.put("in", in);
        tree.put("out", out);
        ArrayNode lines = tree.putArray("state");
        state.forEach(lines::add);
        int number = keys.currentSealKey();
        byte[] sealed = seal(keys, number).seal(Json.MAPPER.writeValueAsBytes(tree), PURPOSE);
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + Integer.BYTES + sealed.length);
        bytes.put(MAGIC).putInt(number).put(sealed).flip();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static DataCheckpoint read(Path file, KeySet keys) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int head = MAGIC.length + Integer.BYTES;
        if (bytes.length < head || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new RetakeException(ErrorCode.FORMAT, file + " is of another version; run again without --resume.");
        }
        int number = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        try {
            byte[] plain = seal(keys, number).open(Arrays.copyOfRange(bytes, head, bytes.length), PURPOSE);
            JsonNode tree = Json.MAPPER.readTree(plain);
            List<String> state = new ArrayList<>();
            tree.path("state").forEach(line -> state.add(line.asString()));
            return new DataCheckpoint(
                    tree.path("run").asString(),
                    tree.path("in").asLong(),
                    tree.path("out").asLong(),
                    state);
        } catch (SealBrokenException e) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    file + " cannot be opened with these keys; pass those of the run that was interrupted.",
                    e);
        }
    }

    private static Aead seal(KeySet keys, int number) {
        Aead seal = keys.sealKey(number);
        if (seal == null) {
            throw new RetakeException(
                    ErrorCode.KEY, "The key set lacks the key of the interrupted run; pass its --keys FILE.");
        }
        return seal;
    }
}

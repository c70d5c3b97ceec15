package dev.retake.privacy.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.value.Edits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data that is broken in any way is taken to its end, the same however it is cut, and gives no planted value away. */
class BrokenDataTest {
    private static final RootKey ROOT = new RootKey(new byte[32]);
    private static final String EMAIL = "zoe@quarx-mail.net";
    private static final List<String> SAMPLES = List.of(
            "id,email,note\n1," + EMAIL + ",\"a \"\"b\"\"\n c\"\n2,\\N,x\n",
            "[{\"user\":{\"email\":\"" + EMAIL + "\",\"n\":[1,2.5e3,null]}},{\"a\":\"\\u0041\\\\\"}]\n{\"b\":{}}\n",
            "CREATE TABLE t (\n  email text,\n  n int\n);\nCOPY t (email, n) FROM stdin;\n" + EMAIL
                    + "\t1\na\\tb\t\\N\n\\.\nINSERT INTO t VALUES ('" + EMAIL + "', 2), ('o''x', NULL);\nSELECT 1;\n");
    private static final String MUTATIONS = "\",\n\t{}[]\\:;'()%&=@.aN0 \r";

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void isTakenToItsEndHoweverItIsCut(DataFormat format) {
        Random random = new Random(5);
        for (int round = 0; round < 1_500; round++) {
            byte[] data = mutated(SAMPLES.get(random.nextInt(SAMPLES.size())).repeat(1 + random.nextInt(3)), random);

            String whole = run(format, data, data.length);
            String pieces = run(format, data, 1 + random.nextInt(40));

            assertThat(pieces).as("seed 5, round %d", round).isEqualTo(whole);
            assertThat(whole.contains(EMAIL + "\"") || whole.contains("'" + EMAIL + "'"))
                    .as("seed 5, round %d", round)
                    .isFalse();
        }
    }

    private static byte[] mutated(String sample, Random random) {
        StringBuilder text = new StringBuilder(sample);
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(text.length());
            char c = MUTATIONS.charAt(random.nextInt(MUTATIONS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.deleteCharAt(at);
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes;
    }

    private static String run(DataFormat format, byte[] source, int pieceLength) {
        DataStream stream = DataStream.of(format, new DataLayout("users", List.of()), ROOT, PrivacySettings.DEFAULTS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int done = 0;
        int to = Math.min(pieceLength, source.length);
        while (done < source.length) {
            Edits edits = new Edits();
            boolean last = to == source.length;
            int taken = stream.take(source, done, to, last, edits);
            assertThat(taken > done || !last).as("the end is taken").isTrue();
            out.writeBytes(edits.apply(source, done, taken));
            done = taken;
            to = Math.min(to + pieceLength, source.length);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}

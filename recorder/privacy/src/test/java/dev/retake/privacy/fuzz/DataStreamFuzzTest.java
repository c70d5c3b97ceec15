package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.anonymize.DataFormat;
import dev.retake.privacy.anonymize.DataLayout;
import dev.retake.privacy.anonymize.DataStream;
import dev.retake.privacy.value.Edits;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data of any bytes: however it is cut into pieces, the outcome is the same, and nothing planted stays. */
class DataStreamFuzzTest {
    private static final List<DataFormat> FORMATS = List.of(DataFormat.values());
    private static final RootKey ROOT = new RootKey(new byte[32]);

    @FuzzTest
    void pieces(byte[] input) {
        if (input.length < 2) {
            return;
        }
        DataFormat format = FORMATS.get((input[0] & 0x7f) % FORMATS.size());
        Canary canary = Canary.of(input);
        byte[] data = canary.behind(Arrays.copyOfRange(input, 2, input.length));

        byte[] whole = run(format, data, Integer.MAX_VALUE);

        for (int step : new int[] {1, 2 + (input[1] & 31)}) {
            byte[] pieces = run(format, data, step);
            // Whether data is refused as no text is told by the piece that comes first.
            if (whole != null && pieces != null) {
                assertThat(pieces).isEqualTo(whole);
            }
            if (pieces != null) {
                canary.isNotIn(pieces);
            }
        }
    }

    /** What becomes of {@code data}, of which {@code step} bytes come at a time; null where it is refused. */
    private static byte @Nullable [] run(DataFormat format, byte[] data, int step) {
        DataStream stream = DataStream.of(format, new DataLayout("users", List.of()), ROOT, PrivacySettings.DEFAULTS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int done = 0;
        int to = 0;
        while (to < data.length) {
            to = (int) Math.min(data.length, (long) to + step);
            Edits edits = new Edits();
            int next;
            try {
                next = stream.take(data, done, to, to == data.length, edits);
            } catch (RetakeException e) {
                return null;
            }
            out.writeBytes(edits.apply(data, done, next));
            done = next;
        }
        assertThat(done).isEqualTo(data.length);
        return out.toByteArray();
    }
}

package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of any bytes are compared: one with itself has no finding, and no two fail the comparison. */
class BodyFuzzTest {
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "application/xml",
            "text/html",
            "text/csv",
            "text/event-stream",
            "text/plain",
            "application/octet-stream");

    @FuzzTest
    void compare(byte[] input) {
        if (input.length < 2) {
            return;
        }
        String type = TYPES.get((input[0] & 0xff) % TYPES.size());
        int half = 1 + (input.length - 1) / 2;
        Response left = response(input, 1, half, type);
        Response right = response(input, half, input.length, type);
        Response whole = response(input, 1, input.length, type);

        assertThat(Played.run().step("GET /a", whole, whole).findings()).isEmpty();
        RunResult different = Played.run().step("GET /a", left, right).finish();
        assertThat(different.findings())
                .allSatisfy(finding -> assertThat(finding.location()).isNotBlank());
    }

    private static Response response(byte[] input, int from, int to, String type) {
        String body = new String(input, from, to - from, StandardCharsets.UTF_8);
        return Played.response(200, body, "Content-Type", type);
    }
}

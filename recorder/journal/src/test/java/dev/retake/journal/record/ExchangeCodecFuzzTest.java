package dev.retake.journal.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.Exchange;
import java.util.Arrays;

/** Records of any bytes are read or refused; what is read is written and read again as the same. */
class ExchangeCodecFuzzTest {
    @FuzzTest
    void read(byte[] input) {
        Exchange exchange;
        try {
            exchange = ExchangeCodec.read(input);
        } catch (UnreadableException e) {
            return;
        }
        RecordOutput out = new RecordOutput();
        ExchangeCodec.write(exchange, out);
        try {
            assertThat(ExchangeCodec.read(Arrays.copyOf(out.array(), out.length())))
                    .isEqualTo(exchange);
        } catch (UnreadableException e) {
            throw new AssertionError("what was written cannot be read", e);
        }
    }
}

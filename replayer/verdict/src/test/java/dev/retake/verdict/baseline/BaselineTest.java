package dev.retake.verdict.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.RetakeException;
import dev.retake.verdict.baseline.Baseline.Accepted;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {

    @Test
    void readsBackWhatItWrites() {
        List<Accepted> accepted = List.of(
                new Accepted("0a", "header", "GET /a: b", "header:Vary", "agreed: \"yes\""),
                new Accepted("1b", "field-changed", "GET /{id}", "/a~1b/*", null));
        Baseline baseline = Baseline.parse(Baseline.of(accepted).text(), "test");
        assertThat(baseline.accepted()).isEqualTo(accepted);
        assertThat(baseline.accepts("0a")).isTrue();
        assertThat(baseline.accepts("0")).isFalse();
    }

    @Test
    void isReadableAndStable() {
        assertThat(Baseline.of(List.of(new Accepted("1b", "status", "GET /a", "status", null)))
                        .text())
                .isEqualTo("""
                        format: 1
                        accepted:
                        - id: "1b"
                          kind: "status"
                          operation: "GET /a"
                          location: "status"
                        """);
    }

    @Test
    void anEmptyFileAcceptsNothing() {
        assertThat(Baseline.parse("", "test").accepted()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Baseline.parse("format: 1\naccepted: [", "b.yml"))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("b.yml is not YAML");
        assertThatThrownBy(() -> Baseline.parse("format: 2", "b.yml")).hasMessageContaining("format: 1");
        assertThatThrownBy(() -> Baseline.parse("format: 1\naccepted:\n- kind: x", "b.yml"))
                .hasMessageContaining("without an id");
    }
}

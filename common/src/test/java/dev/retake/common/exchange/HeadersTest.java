package dev.retake.common.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers = Headers.of("Accept", "a", "X-Two", "1", "accept", "b", "x-two", "2");

    @Test
    void keepOrderCaseAndDuplicates() {
        assertThat(headers.size()).isEqualTo(4);
        assertThat(headers.name(2)).isEqualTo("accept");
        assertThat(headers.value(2)).isEqualTo("b");
        assertThat(headers.first("ACCEPT")).isEqualTo("a");
        assertThat(headers.all("x-TWO")).containsExactly("1", "2");
        assertThat(headers.first("missing")).isNull();
    }

    @Test
    void changeIntoNewOnes() {
        assertThat(headers.without("X-Two")).isEqualTo(Headers.of("Accept", "a", "accept", "b"));
        assertThat(headers.without("missing")).isSameAs(headers);
        assertThat(headers.with("accept", "c")).isEqualTo(Headers.of("Accept", "c", "X-Two", "1", "x-two", "2"));
        assertThat(headers.with("New", "n").value(4)).isEqualTo("n");
        assertThat(headers.mapValues(v -> v + v).all("x-two")).containsExactly("11", "22");
        assertThat(headers.first("Accept")).isEqualTo("a");
    }

    @Test
    void buildBeyondTheFirstGuess() {
        Headers.Builder builder = Headers.builder();
        for (int i = 0; i < 100; i++) {
            builder.add("n" + i, "v" + i);
        }
        Headers built = builder.build();

        assertThat(built.size()).isEqualTo(100);
        assertThat(built.first("N99")).isEqualTo("v99");
        assertThat(built.toString()).isEqualTo("Headers[100]");
    }

    @Test
    void refuseANameWithoutAValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("a"));
    }
}

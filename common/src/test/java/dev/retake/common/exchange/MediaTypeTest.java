package dev.retake.common.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                     | JSON",
                "Application/Problem+JSON; charset=x  | JSON",
                "text/json                            | JSON",
                "application/x-ndjson                 | NDJSON",
                "application/x-www-form-urlencoded    | FORM",
                "multipart/form-data; boundary=b      | MULTIPART",
                "text/html;charset=utf-8              | HTML",
                "application/xhtml+xml                | HTML",
                "application/atom+xml                 | XML",
                "text/xml                             | XML",
                "text/csv; header=present             | CSV",
                "text/event-stream                    | EVENT_STREAM",
                "text/plain                           | TEXT",
                "application/javascript               | TEXT",
                "image/png                            | BINARY",
                "application/octet-stream             | BINARY",
                "''                                   | UNKNOWN",
                "                                     | UNKNOWN",
            })
    void knowsTheFamily(String contentType, MediaType.Family family) {
        assertThat(MediaType.parse(contentType).family()).isEqualTo(family);
    }

    @Test
    void readsParametersQuotedOrNot() {
        assertThat(MediaType.parse("text/plain; a=\"x;charset=no\" ; Charset=\"UTF-8\"")
                        .charset())
                .isEqualTo("utf-8");
        assertThat(MediaType.parse("multipart/mixed; boundary=\"a\\\"b; c\"").boundary())
                .isEqualTo("a\"b; c");
        assertThat(MediaType.parse("multipart/mixed; boundary=AaB03x").boundary())
                .isEqualTo("AaB03x");
        assertThat(MediaType.parse("text/plain; charset").charset()).isNull();
        assertThat(MediaType.parse("text/plain;;").charset()).isNull();
    }
}

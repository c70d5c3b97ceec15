package dev.retake.journal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.journal.Exchanges;
import dev.retake.journal.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionQueryTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    /** {@code GET /api/orders/1001?page=2} by user-a1, 503, accepted at 10:00:00, 4 ms. */
    private static final Exchange EXCHANGE =
            Exchanges.exchange("a1", 1, "/api/orders/1001?page=2", 503, Exchanges.TEN_O_CLOCK);

    private static final Session SESSION = new Session(
            "a1",
            "user-a1",
            Exchanges.TEN_O_CLOCK,
            Exchanges.TEN_O_CLOCK + 4_000,
            true,
            true,
            1,
            1,
            0,
            0,
            List.of("GET /api/orders/{id}"),
            new TreeMap<>(Map.of(503, 1)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "path~/api/orders*                                  | true",
                "path~/api/orders                                   | false",
                "path=/api/orders/1001                              | true",
                "path=/api/orders/1001?page=2                       | true",
                "path=/api/orders                                   | false",
                "path!=/api/orders                                  | true",
                "path!~*orders*                                     | false",
                "path~*/ord*s/*page=*                               | true",
                "PATH ~ /api/*                                      | true",
                "method=GET                                         | true",
                "until=9999-12-31T23:59:59Z                         | true",
                "since=9999-12-31                                   | false",
                "method=get                                         | true",
                "method!=GET                                        | false",
                "status=503                                         | true",
                "status>=500                                        | true",
                "status>503                                         | false",
                "status < 504                                       | true",
                "status=5xx                                         | true",
                "status!=4xx                                        | true",
                "status!=503                                        | false",
                "operation=\"GET /api/orders/{id}\"                 | true",
                "operation~GET*                                     | true",
                "identity=user-a1                                   | true",
                "identity=\"user-\\a1\"                             | true",
                "identity!=user-a1                                  | false",
                "duration>3ms                                       | true",
                "duration>4ms                                       | false",
                "duration<=0.004s                                   | true",
                "since=2026-11-21T10:00:00Z                         | true",
                "since=2026-11-21T10:00:00.000001Z                  | false",
                "since=2026-11-21T11:00:00+01:00                    | true",
                "since=2026-11-21                                   | true",
                "since=2026-11-22                                   | false",
                "since=2h                                           | true",
                "since=1h59m                                        | false",
                "until=2026-11-21                                   | true",
                "until=2026-11-20                                   | false",
                "until=1h                                           | true",
                "path~/api/* and status>=500                        | true",
                "path~/api/* and status<500                         | false",
                "status<500 or method=GET                           | true",
                "status<500 or status>599 or method=PUT             | false",
                "method=PUT or method=GET and status=503            | true",
                "(method=PUT or method=GET) and status=200          | false",
                "not status=200                                     | true",
                "NOT (status=503 AND method=GET)                    | false",
                "not not status=503                                 | true",
            })
    void selects(String expression, boolean expected) {
        SessionQuery query = SessionQuery.parse(expression, NOON);
        assertThat(query.matches(SESSION, EXCHANGE)).isEqualTo(expected);
        if (expected) {
            assertThat(query.mayMatch(SESSION)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                          | 1  | expected path",
                "status                      | 7  | expected = or !=",
                "status=                     | 8  | expected a value",
                "status=abc                  | 8  | expected a status",
                "status~5*                   | 7  | expected =",
                "status>5xx                  | 7  | expected = or !=",
                "colour=red                  | 1  | there is no field colour",
                "method=GET status=200       | 12 | expected and, or",
                "method=GET)                 | 11 | this bracket closes nothing",
                "(method=GET                 | 1  | this bracket is not closed",
                "path=\"/a b                 | 6  | this quote is not closed",
                "method=GET and              | 15 | expected path",
                "duration>200                | 10 | expected a duration with its unit",
                "since=yesterday             | 7  | expected a time",
                "since=2026-13-45            | 7  | expected a time",
                "since>1h                    | 6  | expected =",
            })
    void saysWhereItDoesNotUnderstand(String expression, int position, String message) {
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(() -> SessionQuery.parse(expression, NOON))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT))
                .withMessageContaining("at character " + position + ":")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"200000, (", "100000, 'not '"})
    void deepNestingIsRefused(int depth, String opening) {
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(() -> SessionQuery.parse(opening.repeat(depth) + "status=1", NOON))
                .withMessageContaining("nested too deeply");
    }
}

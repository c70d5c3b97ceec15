package dev.retake.journal.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.error.RetakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Expressions of any text are read, or refused with a sentence; brackets around one, and a second negation, are no matter. */
class SessionQueryFuzzTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @FuzzTest
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.length() > 1_000 || !parses(text)) {
            return;
        }
        assertThat(parses("(" + text + ")")).isTrue();
        assertThat(parses("(" + text + ") and not not (" + text + ")")).isTrue();
        assertThat(parses(text + ")")).isFalse();
    }

    private static boolean parses(String text) {
        try {
            SessionQuery.parse(text, NOON);
            return true;
        } catch (RetakeException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }
}

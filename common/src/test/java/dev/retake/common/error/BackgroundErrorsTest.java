package dev.retake.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BackgroundErrorsTest {
    private final BackgroundErrors errors = new BackgroundErrors();

    @Test
    void countsByKindAndKeepsMessagesOut() {
        for (int i = 0; i < 3; i++) {
            errors.report("sanitize", new IllegalStateException("secret " + i));
        }
        errors.report("append", new IllegalStateException("secret"));

        Map<String, Long> counts = errors.counts();
        assertThat(counts.values()).containsExactlyInAnyOrder(3L, 1L);
        assertThat(counts.toString()).doesNotContain("secret").contains("sanitize: java.lang.IllegalStateException");
    }

    @Test
    void isBoundedInKinds() {
        for (int i = 0; i < 2_000; i++) {
            errors.report("activity " + i, new IllegalStateException());
        }
        assertThat(errors.counts()).hasSizeLessThanOrEqualTo(1_000);
    }
}

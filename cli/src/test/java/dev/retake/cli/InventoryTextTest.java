package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.privacy.inventory.FieldUse;
import org.junit.jupiter.api.Test;

class InventoryTextTest {
    private static final long NOON = 1_790_000_000_000_000L;

    private final InventoryText text = new InventoryText();

    @Test
    void putsTheFieldsOfAnOperationInColumns() {
        text.add(new FieldUse("GET /a", "response body:/email", "email", "detector", 1_200, NOON, NOON), "");
        text.add(new FieldUse("GET /a", "request query:q", "person-name", "full name", 3, NOON, NOON + 60_000_000), "");
        text.add(new FieldUse("GET /b", "request path:\u001b[31m", "phone", "phone", 1, NOON, NOON), "");

        assertThat(text.lines())
                .containsExactly(
                        "GET /a",
                        "  response body:/email     email        1,200  2026-09-21 14:13  2026-09-21 14:13  by its form",
                        "  request query:q          person-name      3  2026-09-21 14:13  2026-09-21 14:14  rule full name",
                        "GET /b",
                        "  request path:\\u001b[31m  phone            1  2026-09-21 14:13  2026-09-21 14:13  rule phone");
    }

    @Test
    void beginsALineWithWhatChanged() {
        text.add(new FieldUse("GET /a", "response body:/email", "email", "detector", 2, NOON, NOON), "new-rule");

        assertThat(text.lines().get(1)).startsWith("  new-rule  response body:/email  email  2  2026-09-21");
    }
}

package dev.retake.privacy.inventory;

import dev.retake.common.terminal.VisibleText;
import dev.retake.privacy.inventory.AllowProposal.Advice;
import dev.retake.privacy.inventory.AllowProposal.Item;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Writes a proposal as a rule pack, which {@code privacy.rulePacks} takes as it is; comments say why. */
public final class AllowPack {
    private static final int MOST_OPERATIONS = 6;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AllowPack() {}

    /** The pack that proposes {@code items}, YAML without a line end. */
    public static String of(List<Item> items) {
        StringBuilder text = new StringBuilder();
        text.append("""
                # What to allow, proposed for review: each field below had few values, or values that many sessions share. An
                # allowed field keeps what no rule and no detector replaces. Remove a field that may hold what is somebody's
                # own; then name this file in privacy.rulePacks. Different values and sessions are estimates, off by 6.5 %.
                format: 1
                """);
        long proposed =
                items.stream().filter(item -> item.advice() == Advice.ALLOW).count();
        text.append(proposed == 0 ? "allow: []\n" : "allow:\n");
        for (Item item : items) {
            if (item.advice() == Advice.ALLOW) {
                text.append("  # ").append(operations(item)).append("\n  # ");
                text.append(figures(item)).append("\n  - ").append(quoted(item.location()));
                text.append('\n');
            }
        }
        listed(items, Advice.LEAVE, "Not proposed:", text);
        listed(items, Advice.KEPT, "Kept already, by a pack or since all of its values are common:", text);
        return text.toString().stripTrailing();
    }

    private static void listed(List<Item> items, Advice advice, String title, StringBuilder text) {
        List<Item> listed =
                items.stream().filter(item -> item.advice() == advice).toList();
        if (!listed.isEmpty()) {
            text.append("\n# ").append(title).append('\n');
        }
        for (Item item : listed) {
            text.append("#  - ").append(quoted(item.location())).append("\n#    ");
            text.append(operations(item)).append("\n#    ").append(figures(item));
            text.append(item.reason().isEmpty() ? "" : ": " + item.reason()).append('\n');
        }
    }

    private static String operations(Item item) {
        List<String> operations = item.operations();
        String shown = String.join(", ", operations.subList(0, Math.min(MOST_OPERATIONS, operations.size())));
        String more =
                operations.size() > MOST_OPERATIONS ? " and " + (operations.size() - MOST_OPERATIONS) + " more" : "";
        return VisibleText.line(shown + more);
    }

    private static String figures(Item item) {
        return String.format(
                Locale.ROOT,
                "%,d values, about %,d different in %,d sessions, each in %.1f; %s",
                item.values(),
                item.distinct(),
                item.sessions(),
                item.sessionsEach(),
                String.join(", ", item.kinds()));
    }

    /** A double-quoted scalar of YAML, which JSON's strings are. */
    private static String quoted(String location) {
        return JSON.writeValueAsString(location);
    }
}

package dev.retake.cli;

import dev.retake.common.terminal.VisibleText;
import dev.retake.journal.audit.AuditCheck;
import dev.retake.journal.audit.AuditEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake vault audit}: who asked for what, when and why, and whether the log is whole. */
@Command(
        name = "audit",
        description = "List who asked the vault for what, and why. Exit code 1 where the log was changed or cut.")
final class VaultAuditCommand implements Callable<Integer> {
    @Mixin
    private VaultOptions options = new VaultOptions();

    @Spec
    private CommandSpec spec;

    VaultAuditCommand() {}

    @Override
    public Integer call() {
        AuditCheck check = options.audit().check();
        check.entries().forEach(entry -> Answer.to(spec).line(options.json() ? json(entry) : text(entry)));
        if (options.json()) {
            ObjectNode tree = Json.object();
            tree.put("entries", check.entries().size());
            tree.put("whole", check.damage().isEmpty());
            ArrayNode damage = tree.putArray("damage");
            check.damage().forEach(damage::add);
            Answer.to(spec).line(tree.toString());
        } else if (check.damage().isEmpty()) {
            Answer.to(spec)
                    .line("the log is whole: " + Answer.count(check.entries().size(), "record"));
        } else {
            check.damage().forEach(damage -> Answer.to(spec).line("the audit log is not whole: " + damage));
        }
        return check.damage().isEmpty() ? 0 : 1;
    }

    private static String text(AuditEntry entry) {
        String surrogate = entry.surrogate();
        return VisibleText.line("%d  %s  %s  %s  %s  %s  (%s)"
                .formatted(
                        entry.number(),
                        entry.time(),
                        entry.user(),
                        entry.verb(),
                        surrogate == null ? "#" + entry.subject() : surrogate,
                        entry.outcome(),
                        entry.reason()));
    }

    private static String json(AuditEntry entry) {
        ObjectNode tree = Json.object();
        tree.put("n", entry.number());
        tree.put("time", entry.time().toString());
        tree.put("verb", entry.verb());
        tree.put("user", entry.user());
        tree.put("reason", entry.reason());
        tree.put("subject", entry.subject());
        tree.put("surrogate", entry.surrogate());
        tree.put("outcome", entry.outcome());
        return tree.toString();
    }
}

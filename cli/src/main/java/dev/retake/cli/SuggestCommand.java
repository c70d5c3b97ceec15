package dev.retake.cli;

import dev.retake.common.keys.KeySet;
import dev.retake.journal.InventoryFile;
import dev.retake.journal.JournalReader;
import dev.retake.privacy.inventory.AllowPack;
import dev.retake.privacy.inventory.AllowProposal;
import dev.retake.privacy.inventory.AllowProposal.Item;
import dev.retake.privacy.inventory.OpenField;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake rules suggest}: a rule pack of what to allow, for review. */
@Command(
        name = "suggest",
        description =
                "Propose which fields to allow, as a rule pack for review, by the field inventory of a journal that was"
                        + " recorded under privacy.policy deny or crowd: those whose values many sessions share come first,"
                        + " the others follow as comments with the reason. It shows how many different values there were,"
                        + " never which.")
final class SuggestCommand implements Callable<Integer> {
    private static final String NOTHING_COUNTED =
            "Nothing here was decided by a policy: record with privacy.policy: deny (or crowd) for a while, then ask again.";

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to read.")
    private Path journal = Path.of("");

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    SuggestCommand() {}

    @Override
    public Integer call() {
        common.config();
        KeySet keySet = keys.forReading(journal);
        // Says what is wrong where this is no journal, or not of these keys.
        JournalReader.open(journal, keySet).close();
        List<OpenField> fields = InventoryFile.readOpen(journal, keySet);
        List<Item> items = AllowProposal.of(fields);
        if (common.json()) {
            items.forEach(item -> Answer.to(spec).line(json(item)));
        } else {
            Answer.to(spec).line(items.isEmpty() ? "# " + NOTHING_COUNTED + "\nformat: 1" : AllowPack.of(items));
        }
        return 0;
    }

    private static String json(Item item) {
        ObjectNode tree = Json.object();
        tree.put("field", item.location());
        tree.put("advice", item.advice().name().toLowerCase(Locale.ROOT));
        ArrayNode operations = tree.putArray("operations");
        item.operations().forEach(operations::add);
        tree.put("values", item.values());
        tree.put("distinct", item.distinct());
        tree.put("sessions", item.sessions());
        tree.put("sessionsEach", item.sessionsEach());
        ArrayNode kinds = tree.putArray("kinds");
        item.kinds().forEach(kinds::add);
        tree.put("reason", item.reason());
        return tree.toString();
    }
}

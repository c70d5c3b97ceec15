package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.InventoryFile;
import dev.retake.journal.JournalReader;
import dev.retake.privacy.inventory.FieldUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake inventory}: which fields carry what. */
@Command(
        name = "inventory",
        description =
                "List which fields of which operations carried which classes of data while they were recorded, how"
                        + " often, since when, and by which rule; a value that a detector knew by its form is under 'detector'."
                        + " Names that look like values are *.")
final class InventoryCommand implements Callable<Integer> {
    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to read.")
    private Path journal = Path.of("");

    @Option(
            names = "--since-last",
            description =
                    "Only what changed since the last time that this was asked for: new entries, and those of which"
                            + " nothing came any more. The state of that time is kept in DIR.inventory, sealed.")
    private boolean sinceLast;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    private final InventoryText text = new InventoryText();

    InventoryCommand() {}

    @Override
    public Integer call() {
        common.config();
        KeySet keySet = keys.forReading(journal);
        // Says what is wrong where this is no journal, or not of these keys.
        JournalReader.open(journal, keySet).close();
        List<FieldUse> uses = InventoryFile.read(journal, keySet);
        if (!sinceLast) {
            uses.forEach(use -> print(use, ""));
            text.lines().forEach(Answer.to(spec)::line);
            return 0;
        }
        Path kept = keptFor(journal);
        changes(uses, InventoryFile.readFile(kept, keySet));
        text.lines().forEach(Answer.to(spec)::line);
        try {
            InventoryFile.write(kept, keySet, uses);
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.DISK, "Cannot write " + kept + ", where the last state is kept; check its directory.", e);
        }
        return 0;
    }

    /** New entries, then those that were there and were not seen any more. */
    private void changes(List<FieldUse> uses, List<FieldUse> before) {
        Map<List<String>, FieldUse> known = new HashMap<>();
        Set<List<String>> classes = new HashSet<>();
        for (FieldUse use : before) {
            known.put(key(use), use);
            classes.add(key(use).subList(0, 3));
        }
        for (FieldUse use : uses) {
            FieldUse earlier = known.get(key(use));
            if (earlier == null) {
                print(use, classes.contains(key(use).subList(0, 3)) ? "new-rule" : "new");
            } else if (earlier.count() == use.count()) {
                print(use, "unseen");
            }
        }
    }

    private static List<String> key(FieldUse use) {
        return List.of(use.operation(), use.location(), use.dataClass(), use.rule());
    }

    /** Where the state is kept that changes are told from: beside the journal, which readers do not change. */
    private static Path keptFor(Path journal) {
        Path absolute = journal.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".inventory");
    }

    private void print(FieldUse use, String change) {
        if (!common.json()) {
            text.add(use, change);
            return;
        }
        ObjectNode tree = Json.object();
        if (!change.isEmpty()) {
            tree.put("change", change);
        }
        tree.put("operation", use.operation());
        tree.put("location", use.location());
        tree.put("class", use.dataClass());
        tree.put("rule", use.rule());
        tree.put("count", use.count());
        tree.put("firstSeen", Json.time(use.firstSeen()));
        tree.put("lastSeen", Json.time(use.lastSeen()));
        Answer.to(spec).line(tree.toString());
    }
}

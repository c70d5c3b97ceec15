package dev.retake.journal;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.privacy.inventory.FieldInventory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a field inventory now and then, on the thread that appends. What a crash loses are the counts of the last seconds;
 * the records themselves are not concerned.
 */
final class InventoryKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryKeeper.class);
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Path file;
    private final KeySet keys;
    private final FieldInventory inventory;
    private final BackgroundErrors errors;
    private long savedAt = System.nanoTime();
    private long reported;

    InventoryKeeper(Path file, KeySet keys, FieldInventory inventory, BackgroundErrors errors) {
        this.file = file;
        this.keys = keys;
        this.inventory = inventory;
        this.errors = errors;
        try {
            InventoryFile.Content earlier = InventoryFile.content(file, keys);
            inventory.load(earlier.uses());
            inventory.loadOpen(earlier.open());
        } catch (RetakeException e) {
            // No reason not to record: the inventory begins anew.
            errors.report("read the field inventory", e);
        }
        this.reported = inventory.newClasses();
    }

    void saveIfDue() {
        if (System.nanoTime() - savedAt >= EVERY_NANOS) {
            save();
        }
    }

    void save() {
        savedAt = System.nanoTime();
        if (!inventory.isChanged()) {
            return;
        }
        try {
            InventoryFile.write(file, keys, new InventoryFile.Content(inventory.snapshot(), inventory.openFields()));
        } catch (IOException e) {
            errors.report("save the field inventory", e);
        }
        long found = inventory.newClasses();
        if (found > reported) {
            LOG.info(
                    "{} fields carry a class of data that they did not carry before;"
                            + " 'retake inventory --since-last' names them",
                    found - reported);
            reported = found;
        }
    }
}

package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.common.meter.Meter;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalWriter;
import dev.retake.pipeline.Recorder;
import dev.retake.pipeline.RecorderSettings;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.ReplacedValues;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.inventory.FieldInventory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a recorder together: journal, sanitizer and pipeline, as the configuration and the key set say. */
final class Recorders {
    private Recorders() {}

    static Recorder start(
            Config config,
            Path journal,
            KeySet keys,
            List<String> upstreams,
            BackgroundErrors errors,
            MeterRegistry meters,
            @Nullable ReplacedValues originals) {
        JournalSettings settings = JournalSettings.from(config);
        FieldInventory inventory = new FieldInventory();
        FunctionCounter.builder(Meter.FIELDS_NEW_CLASSES.meterName(), inventory, FieldInventory::newClasses)
                .description(Meter.FIELDS_NEW_CLASSES.description())
                .baseUnit(Meter.FIELDS_NEW_CLASSES.unit())
                .register(meters);
        Sanitizer sanitizer = sanitizer(config, keys, errors, inventory, originals);
        FunctionCounter.builder(Meter.FIELDS_REMOVED.meterName(), sanitizer, Sanitizer::removedFields)
                .description(Meter.FIELDS_REMOVED.description())
                .baseUnit(Meter.FIELDS_REMOVED.unit())
                .register(meters);
        return Recorder.start(
                RecorderSettings.from(config),
                keys,
                () -> open(journal, keys, settings, errors, inventory),
                upstreams,
                sanitizer,
                errors,
                meters);
    }

    /** Opens a journal that keeps {@code inventory}. */
    static JournalWriter open(
            Path journal, KeySet keys, JournalSettings settings, BackgroundErrors errors, FieldInventory inventory) {
        JournalWriter writer = JournalWriter.open(journal, keys, settings, Clock.systemUTC(), errors);
        writer.keep(inventory);
        return writer;
    }

    /** The sanitizer that {@code config} describes. */
    static Sanitizer sanitizer(Config config, KeySet keys, BackgroundErrors errors) {
        return Sanitizer.create(root(keys), PrivacySettings.from(config), errors);
    }

    /** The sanitizer that {@code config} describes, which fills {@code inventory} and, where there is one, a vault. */
    static Sanitizer sanitizer(
            Config config,
            KeySet keys,
            BackgroundErrors errors,
            FieldInventory inventory,
            @Nullable ReplacedValues originals) {
        PrivacySettings settings = PrivacySettings.from(config);
        return originals == null
                ? Sanitizer.create(root(keys), settings, errors, inventory)
                : Sanitizer.create(root(keys), settings, errors, inventory, originals);
    }

    /** The root key, by which alone anything can be sanitized. */
    static RootKey root(KeySet keys) {
        RootKey root = keys.root();
        if (root == null) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "The key set holds no root key, so nothing can be sanitized; pass the full one with --keys FILE.");
        }
        return root;
    }
}

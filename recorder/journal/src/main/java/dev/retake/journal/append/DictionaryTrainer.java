package dev.retake.journal.append;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.journal.layout.DictionaryFiles;
import dev.retake.journal.record.Dictionary;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.UnreadableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Learns a dictionary from the first records of a run where the journal has none, or only an old one. Training costs the CPU
 * about half a second, once a week, on a thread of its own; the appending thread copies some samples and otherwise does not
 * notice. A dictionary is on the disk before the first record uses it.
 */
final class DictionaryTrainer implements RecordSealer.Learning, AutoCloseable {
    private static final int SAMPLES = 512;
    private static final int SAMPLE_BYTES = 8 * 1024;
    private static final int DICTIONARY_BYTES = 16 * 1024;
    private static final int DAYS_IN_USE = 7;
    private static final long CLOSE_SECONDS = 5;

    private final DictionaryFiles files;
    private final BackgroundErrors errors;
    private final int today;
    private final @Nullable ExecutorService training;
    private List<byte[]> samples = new ArrayList<>();
    private boolean learning = true;
    private volatile @Nullable Dictionary current;

    /** Trains where the newest dictionary of {@code files} is not of the last week before {@code today}. */
    DictionaryTrainer(DictionaryFiles files, int today, BackgroundErrors errors) throws IOException {
        this.files = files;
        this.errors = errors;
        this.today = today;
        Map.Entry<Integer, Integer> newest = files.days().lastEntry();
        if (newest != null) {
            current = usable(newest.getKey());
        }
        boolean due = current == null || newest == null || newest.getValue() + DAYS_IN_USE <= today;
        boolean room = files.lastNumber() < Dictionary.MAX_NUMBER;
        this.training = due && room ? Executors.newSingleThreadExecutor(DictionaryTrainer::thread) : null;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "retake-journal-dictionary");
        thread.setDaemon(true);
        return thread;
    }

    private @Nullable Dictionary usable(int number) {
        try {
            return files.dictionary(number);
        } catch (UnreadableException e) {
            errors.report("open the newest dictionary", e); // another is trained
            return null;
        }
    }

    @Override
    public void sample(byte[] content, int length) {
        if (training == null || !learning) {
            return;
        }
        samples.add(Arrays.copyOf(content, Math.min(length, SAMPLE_BYTES)));
        if (samples.size() == SAMPLES) {
            List<byte[]> collected = samples;
            samples = List.of();
            learning = false;
            training.execute(() -> train(collected));
        }
    }

    private void train(List<byte[]> collected) {
        int total = collected.stream().mapToInt(sample -> sample.length).sum();
        ZstdDictTrainer trainer = new ZstdDictTrainer(total, DICTIONARY_BYTES);
        collected.forEach(trainer::addSample);
        try {
            Dictionary learnt = new Dictionary(files.lastNumber() + 1, trainer.trainSamples());
            files.write(learnt, today);
            current = learnt;
        } catch (ZstdException e) {
            errors.report("train a dictionary", e); // the records have too little in common
        } catch (IOException e) {
            errors.report("write a dictionary", e);
        }
    }

    @Override
    public @Nullable Dictionary current() {
        return current;
    }

    /** Waits for a training that is under way. */
    @Override
    public void close() {
        if (training == null) {
            return;
        }
        training.shutdown();
        try {
            if (!training.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                training.shutdownNow();
            }
        } catch (InterruptedException e) {
            training.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.privacy.detect.LabelledSet.Group;
import dev.retake.privacy.detect.LabelledSet.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recall and precision on the labelled set, a line of the table for each group; described in docs/privacy.md. */
class DetectionQualityTest {
    private static final int EACH = 3_000;
    private static final int CLEAN = 20_000;
    private static final double MOST_TOUCHED = 0.01;

    @ParameterizedTest
    @EnumSource(Group.class)
    void findsWhatIsLabelled(Group group) {
        LabelledSet set = new LabelledSet(group.name().hashCode());
        int found = 0;
        int hits = 0;
        int right = 0;
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            Sample sample = set.next(group);
            Overlap overlap = overlap(sample);
            hits += overlap.hits;
            right += overlap.right;
            if (overlap.covered) {
                found++;
            } else {
                missed.add(sample.text());
            }
        }
        double recall = (double) found / EACH;
        double precision = hits == 0 ? 0 : (double) right / hits;
        System.out.printf(Locale.ROOT, "%-12s recall %.4f  precision %.4f  of %d%n", group, recall, precision, EACH);
        assertThat(recall).as("missed: %s", missed.stream().limit(20).toList()).isGreaterThanOrEqualTo(group.least());
        assertThat(precision).isGreaterThanOrEqualTo(Math.min(group.least(), 0.98));
    }

    @Test
    void leavesCleanValuesAlone() {
        LabelledSet set = new LabelledSet(4711);
        List<String> touched = new ArrayList<>();
        for (int i = 0; i < CLEAN; i++) {
            String text = set.clean();
            if (!DetectorsTest.found(text).isEmpty()) {
                touched.add(text + " -> " + DetectorsTest.found(text));
            }
        }
        double share = (double) touched.size() / CLEAN;
        System.out.printf(Locale.ROOT, "%-12s touched %.4f  of %d%n", "CLEAN", share, CLEAN);
        assertThat(share).as("touched: %s", touched.stream().limit(40).toList()).isLessThanOrEqualTo(MOST_TOUCHED);
    }

    /** How the hits in a text lie to its label. */
    private record Overlap(boolean covered, int hits, int right) {}

    private static Overlap overlap(Sample sample) {
        HitList hits = new HitList();
        byte[] text = Detectors.scan(sample.text(), hits);
        int at = sample.text().indexOf(sample.value());
        int start = sample.text().substring(0, at).getBytes(StandardCharsets.UTF_8).length;
        int end = start + sample.value().getBytes(StandardCharsets.UTF_8).length;
        int right = 0;
        int covered = start;
        for (int i = 0; i < hits.size(); i++) {
            boolean overlaps = hits.start(i) < end && hits.end(i) > start;
            boolean connection = hits.dataClass(i) == DataClass.USERNAME && text[hits.end(i)] == ':';
            right += overlaps || connection ? 1 : 0;
            covered = hits.start(i) <= covered ? Math.max(covered, hits.end(i)) : covered;
        }
        return new Overlap(covered >= end, hits.size(), right);
    }
}

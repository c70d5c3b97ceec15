package dev.retake.cli.demo.regression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The catalogue of regressions, and the draw from it. */
public final class Regressions {
    private static final List<Regression> ALL = Stream.of(
                    FieldRegressions.all(), ListRegressions.all(), HttpRegressions.all())
            .flatMap(List::stream)
            .toList();

    private Regressions() {}

    /** All of them. */
    public static List<Regression> all() {
        return ALL;
    }

    /**
     * Draws {@code count} that do not overlap: no two in one operation, where one could hide the other, and no two that
     * would be the same finding but for the operation, which a replay may take for one cause.
     */
    public static List<Regression> draw(int count, long seed) {
        List<Regression> shuffled = new ArrayList<>(ALL);
        Collections.shuffle(shuffled, new Random(seed));
        List<Regression> drawn = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Regression regression : shuffled) {
            Planted planted = regression.planted();
            boolean free = !taken.contains(planted.operation()) && !taken.contains(look(planted));
            if (free && drawn.size() < count) {
                drawn.add(regression);
                taken.add(planted.operation());
                taken.add(look(planted));
            }
        }
        return List.copyOf(drawn);
    }

    private static String look(Planted planted) {
        return planted.kind() + " " + planted.location();
    }
}

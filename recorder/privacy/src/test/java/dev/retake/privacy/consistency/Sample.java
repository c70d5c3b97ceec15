package dev.retake.privacy.consistency;

import dev.retake.privacy.detect.DataClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** So many values of all classes in one numbered row: an equal share of each class, less where it has fewer. */
final class Sample {
    /** The number of the first value of each class. */
    private final TreeMap<Integer, DataClass> classes = new TreeMap<>();

    private final Map<DataClass, Integer> from = new EnumMap<>(DataClass.class);
    private final Map<DataClass, Integer> counts = new EnumMap<>(DataClass.class);
    private final int size;

    Sample(int size) {
        List<DataClass> scarceFirst = Arrays.stream(DataClass.values())
                .sorted((a, b) -> Long.compare(SampleValues.count(a), SampleValues.count(b)))
                .toList();
        int next = 0;
        for (int i = 0; i < scarceFirst.size(); i++) {
            DataClass dataClass = scarceFirst.get(i);
            int share = (int) Math.min(SampleValues.count(dataClass), (size - next) / (scarceFirst.size() - i));
            classes.put(next, dataClass);
            from.put(dataClass, next);
            counts.put(dataClass, share);
            next += share;
        }
        this.size = next;
    }

    int size() {
        return size;
    }

    int from(DataClass dataClass) {
        return Objects.requireNonNull(from.get(dataClass));
    }

    int to(DataClass dataClass) {
        return from(dataClass) + Objects.requireNonNull(counts.get(dataClass));
    }

    DataClass dataClass(int number) {
        return classes.floorEntry(number).getValue();
    }

    String value(int number) {
        return SampleValues.value(dataClass(number), number - classes.floorKey(number));
    }
}

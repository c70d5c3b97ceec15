package dev.retake.privacy.detect;

import java.util.Arrays;

/**
 * Hits of a scan in rising order that do not overlap: where each starts and ends, and what it is. Made once and cleared
 * for each text, so that a scan allocates nothing. Not thread-safe.
 */
public final class HitList {
    private int[] bounds = new int[32];
    private DataClass[] classes = new DataClass[16];
    private final NumberScan numbers = new NumberScan();
    private int size;

    /** How many hits there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Index of the first byte of hit {@code i}. */
    public int start(int i) {
        return bounds[2 * i];
    }

    /** Index after the last byte of hit {@code i}. */
    public int end(int i) {
        return bounds[2 * i + 1];
    }

    /** What hit {@code i} is. */
    public DataClass dataClass(int i) {
        return classes[i];
    }

    /** Where a scan keeps the groups of a number while it looks at it. */
    NumberScan numbers() {
        return numbers;
    }

    /** Forgets all hits. */
    public void clear() {
        size = 0;
    }

    /**
     * Appends a hit.
     *
     * @param start not before the end of the last hit
     */
    void add(int start, int end, DataClass dataClass) {
        if (size == classes.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
            classes = Arrays.copyOf(classes, 2 * classes.length);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        classes[size] = dataClass;
        size++;
    }
}

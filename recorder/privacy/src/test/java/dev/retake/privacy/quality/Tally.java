package dev.retake.privacy.quality;

import java.util.Locale;

/** Counts of one group. */
final class Tally {
    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.96;

    private int values;
    private int gone;
    private int whole;
    private int taken;
    private int right;

    void value(boolean isGone, boolean isWhole) {
        values++;
        gone += isGone ? 1 : 0;
        whole += isWhole ? 1 : 0;
    }

    void hit(boolean isRight) {
        taken++;
        right += isRight ? 1 : 0;
    }

    int values() {
        return values;
    }

    double recall() {
        return values == 0 ? 1 : (double) gone / values;
    }

    double precision() {
        return taken == 0 ? 1 : (double) right / taken;
    }

    /** How many values, how many of them are gone, with the interval by Wilson's score, and how many in whole. */
    String cells() {
        double share = recall();
        double square = Z * Z / values;
        double middle = (share + square / 2) / (1 + square);
        double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / values + square / (4 * values));
        return String.format(
                Locale.ROOT,
                "%,d | %.3f (%.3f–%.3f) | %.3f",
                values,
                share,
                middle - half,
                middle + half,
                (double) whole / values);
    }

    String precisionCell() {
        return taken == 0 ? "" : String.format(Locale.ROOT, "%.3f", precision());
    }
}

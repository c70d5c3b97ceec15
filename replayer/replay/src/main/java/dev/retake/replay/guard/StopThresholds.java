package dev.retake.replay.guard;

/**
 * When a run ends for the target's sake.
 *
 * @param consecutive so many signs of suffering in a row
 * @param percent share of signs of suffering in the window, 1 to 100
 * @param window how many of the last requests are looked at
 */
public record StopThresholds(int consecutive, int percent, int window) {}

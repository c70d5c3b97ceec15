package dev.retake.journal;

/**
 * One thing that is wrong with a journal.
 *
 * @param place the file, or the session and sequence, that is concerned; never content
 * @param what what is wrong with it, as the rest of a sentence
 */
public record Damage(String place, String what) {}

package dev.retake.replay.message;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text in which {@code *} stands for any characters. Immutable. */
public final class Glob {
    private final Pattern pattern;

    public Glob(String text) {
        pattern = Pattern.compile(
                Arrays.stream(text.trim().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** Whether all of {@code text} fits. */
    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}

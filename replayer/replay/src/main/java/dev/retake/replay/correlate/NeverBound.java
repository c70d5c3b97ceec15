package dev.retake.replay.correlate;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Places whose recorded value a team wants sent as it is, though it looks as if it came from the server. Immutable. */
public final class NeverBound {
    /** No such place. */
    public static final NeverBound NOTHING = new NeverBound(List.of());

    private final List<Pattern> places;

    /** @param places as the list of bindings shows them, such as {@code POST /orders body:/note}; {@code *} stands for any text */
    public NeverBound(List<String> places) {
        this.places = places.stream().map(NeverBound::glob).toList();
    }

    boolean covers(String to) {
        return places.stream().anyMatch(place -> place.matcher(to).matches());
    }

    private static Pattern glob(String text) {
        return Pattern.compile(
                Arrays.stream(text.trim().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}

package dev.retake.replay.correlate;

import dev.retake.replay.message.Glob;
import java.util.List;

/** Places whose recorded value a team wants sent as it is, though it looks as if it came from the server. Immutable. */
public final class NeverBound {
    /** No such place. */
    public static final NeverBound NOTHING = new NeverBound(List.of());

    private final List<Glob> places;

    /** @param places as the list of bindings shows them, such as {@code POST /orders body:/note}; {@code *} stands for any text */
    public NeverBound(List<String> places) {
        this.places = places.stream().map(Glob::new).toList();
    }

    boolean covers(String to) {
        return places.stream().anyMatch(place -> place.matches(to));
    }
}

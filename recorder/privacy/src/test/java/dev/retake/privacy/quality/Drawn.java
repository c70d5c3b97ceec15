package dev.retake.privacy.quality;

import java.util.List;

/**
 * A drawn value in the text that it stands in.
 *
 * @param text what is written, the value with what belongs around it
 * @param value what must go, a part of {@code text} or what it says when decoded
 * @param parts what must go for the value to have been found whole
 * @param names how a field that holds it is called; empty where the kind says it
 */
record Drawn(String text, String value, List<String> parts, List<String> names) {
    static Drawn of(String value) {
        return new Drawn(value, value, List.of(value), List.of());
    }

    static Drawn in(String text, String value) {
        return new Drawn(text, value, List.of(value), List.of());
    }

    static Drawn parts(String value, String... parts) {
        return new Drawn(value, value, List.of(parts), List.of());
    }

    /** A value that needs {@code names}, split at bars, to be told. */
    static Drawn named(String names, String value) {
        return new Drawn(value, value, List.of(value), List.of(names.split("\\|")));
    }
}

package dev.retake.privacy.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Planted values and all their forms, compiled for one pass. About 8 KB of memory a value. Immutable and thread-safe.
 */
public final class Canaries {
    /** Shorter values are met by chance in any file, bytes of UTF-8. */
    public static final int SHORTEST = 4;

    /** None at all. */
    public static final Canaries NONE = new Canaries(List.of());

    private final PatternAutomaton automaton;
    private final List<Integer> lines = new ArrayList<>();
    private final List<String> encodings = new ArrayList<>();

    private Canaries(List<String> values) {
        Map<String, Integer> known = new HashMap<>();
        List<byte[]> patterns = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int line = i + 1;
            String value = values.get(i);
            if (value.isEmpty()) {
                continue;
            }
            if (value.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                throw new IllegalArgumentException("line " + line + " is shorter than " + SHORTEST + " bytes");
            }
            CanaryForms.of(value).forEach((form, encoding) -> {
                if (known.putIfAbsent(form, line) == null) {
                    patterns.add(CanaryForms.bytes(form));
                    lines.add(line);
                    encodings.add(encoding);
                }
            });
        }
        this.automaton = PatternAutomaton.of(patterns);
    }

    /**
     * Compiles planted values.
     *
     * @param lines one value each; empty ones count as lines and nothing else
     * @throws IllegalArgumentException naming the line of a value that is shorter than {@link #SHORTEST}
     */
    public static Canaries of(List<String> lines) {
        return new Canaries(lines);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    PatternAutomaton automaton() {
        return automaton;
    }

    int line(int pattern) {
        return lines.get(pattern);
    }

    String encoding(int pattern) {
        return encodings.get(pattern);
    }
}

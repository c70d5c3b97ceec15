package dev.retake.privacy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatternAutomatonTest {
    @Test
    void findsWhatAPlainSearchFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Set<String> patterns = new LinkedHashSet<>();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                patterns.add(text(random, 1 + random.nextInt(6)));
            }
            String text = text(random, 200);
            List<String> list = List.copyOf(patterns);

            assertThat(found(list, text)).containsExactlyInAnyOrderElementsOf(expected(list, text));
        }
    }

    @Test
    void findsNothingWithoutPatterns() {
        assertThat(found(List.of(), "abc")).isEmpty();
    }

    private static List<String> found(List<String> patterns, String text) {
        PatternAutomaton automaton = PatternAutomaton.of(patterns.stream()
                .map(pattern -> pattern.getBytes(StandardCharsets.US_ASCII))
                .toList());
        List<String> found = new ArrayList<>();
        int state = PatternAutomaton.ROOT;
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, (byte) text.charAt(i));
            if (automaton.accepts(state)) {
                for (int at = automaton.pattern(state) >= 0 ? state : automaton.shorter(state);
                        at != PatternAutomaton.ROOT;
                        at = automaton.shorter(at)) {
                    int pattern = automaton.pattern(at);
                    found.add(patterns.get(pattern) + "@" + (i + 1 - automaton.length(pattern)));
                }
            }
        }
        return found;
    }

    private static List<String> expected(List<String> patterns, String text) {
        List<String> expected = new ArrayList<>();
        for (String pattern : patterns) {
            for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
                expected.add(pattern + "@" + at);
            }
        }
        return expected;
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}

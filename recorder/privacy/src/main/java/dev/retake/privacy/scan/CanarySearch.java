package dev.retake.privacy.scan;

import java.util.List;

/**
 * Looks for planted values in one stream, as it is and with its escapes undone. A view without escapes runs only from an
 * escape on until it is in the state that the stream as it is has led to; so text without escapes costs one search. Not
 * thread-safe.
 */
final class CanarySearch {
    private final Canaries canaries;
    private final PatternAutomaton automaton;
    private final List<String> inside;
    private final ScanListener listener;
    private final View[] views;

    /** Which bytes begin an escape in any view. */
    private final boolean[] marks = new boolean[256];

    private int state = PatternAutomaton.ROOT;
    private boolean viewing;

    CanarySearch(Canaries canaries, List<String> inside, ScanListener listener) {
        this.canaries = canaries;
        this.automaton = canaries.automaton();
        this.inside = inside;
        this.listener = listener;
        this.views = new View[] {
            new View(Unescaping.percent()),
            new View(Unescaping.json()),
            new View(Unescaping.markup()),
            new View(Unescaping.zeros())
        };
        for (char mark : new char[] {'%', '\\', '&', '\0'}) {
            marks[mark] = true;
        }
    }

    /** Takes the next bytes, the first of which is at {@code offset} of the stream. */
    void feed(byte[] bytes, int from, int to, long offset) {
        int at = state;
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (viewing || marks[value & 0xff]) {
                at = viewed(at, value, offset + i - from);
            } else {
                at = automaton.next(at, value);
            }
            if (at != PatternAutomaton.ROOT && automaton.accepts(at)) {
                found(at, offset + i - from);
            }
        }
        state = at;
    }

    private int viewed(int before, byte value, long offset) {
        int after = automaton.next(before, value);
        boolean active = false;
        for (View view : views) {
            active |= view.take(value, offset, before, after);
        }
        viewing = active;
        return after;
    }

    private void found(int end, long last) {
        for (int at = automaton.pattern(end) >= 0 ? end : automaton.shorter(end);
                at != PatternAutomaton.ROOT;
                at = automaton.shorter(at)) {
            int pattern = automaton.pattern(at);
            report(pattern, canaries.encoding(pattern), last + 1 - automaton.length(pattern));
        }
    }

    private void report(int pattern, String encoding, long offset) {
        listener.leaked(new Leak(canaries.line(pattern), null, encoding, offset, inside));
    }

    /** The stream with one kind of escape undone. */
    private final class View implements Unescaping.Output {
        private final Unescaping unescaping;

        /** Offsets of the bytes put out since it became active, the newest of them. */
        private final long[] offsets = new long[Math.max(1, Integer.highestOneBit(automaton.longest()) * 2)];

        private long put;
        private long activeFrom;
        private int viewState;
        private boolean active;

        View(Unescaping unescaping) {
            this.unescaping = unescaping;
        }

        /** Takes a byte that led the plain search from one state to another; false where both agree again. */
        boolean take(byte value, long offset, int before, int after) {
            if (!active) {
                if (!unescaping.begins(value)) {
                    return false;
                }
                active = true;
                viewState = before;
                put = 0;
                activeFrom = offset;
            }
            unescaping.take(value, offset, this);
            active = unescaping.isPending() || viewState != after;
            return active;
        }

        @Override
        public void put(byte value, long first, long last) {
            offsets[(int) put & offsets.length - 1] = first;
            put++;
            viewState = automaton.next(viewState, value);
            if (!automaton.accepts(viewState)) {
                return;
            }
            for (int at = automaton.pattern(viewState) >= 0 ? viewState : automaton.shorter(viewState);
                    at != PatternAutomaton.ROOT;
                    at = automaton.shorter(at)) {
                int pattern = automaton.pattern(at);
                int length = automaton.length(pattern);
                long start =
                        length > put ? activeFrom - (length - put) : offsets[(int) (put - length) & offsets.length - 1];
                // Without an escape in it, the search of the stream as it is has found it.
                if (last - start + 1 != length) {
                    String own = canaries.encoding(pattern);
                    report(
                            pattern,
                            own.equals("raw") ? unescaping.encoding() : own + " " + unescaping.encoding(),
                            start);
                }
            }
        }
    }
}

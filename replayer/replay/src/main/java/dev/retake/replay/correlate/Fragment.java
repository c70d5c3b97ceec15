package dev.retake.replay.correlate;

import dev.retake.replay.message.Encoding;
import org.jspecify.annotations.Nullable;

/** Which part of a response's value is meant. */
sealed interface Fragment {
    /** The part of {@code value}, null where it has no such part. */
    @Nullable
    String of(String value);

    /** All of it. */
    record Whole() implements Fragment {
        @Override
        public String of(String value) {
            return value;
        }
    }

    /** A segment of a URL's path, counted from 0. */
    record Segment(int index) implements Fragment {
        @Override
        public @Nullable String of(String value) {
            String[] segments = Url.segments(value);
            return index < segments.length && !segments[index].isEmpty()
                    ? Encoding.percentDecoded(segments[index], false)
                    : null;
        }
    }

    /** A parameter of a URL's query or fragment. */
    record Parameter(String name) implements Fragment {
        @Override
        public @Nullable String of(String value) {
            for (String[] pair : Url.parameters(value)) {
                if (pair[0].equals(name)) {
                    return pair[1];
                }
            }
            return null;
        }
    }

    /** What stands between two texts; an empty one is the edge. */
    record Between(String before, String after) implements Fragment {
        @Override
        public @Nullable String of(String value) {
            int at = before.isEmpty() ? 0 : value.indexOf(before);
            int start = at < 0 ? -1 : at + before.length();
            int end = start < 0 ? -1 : after.isEmpty() ? value.length() : value.indexOf(after, start);
            return end > start ? value.substring(start, end) : null;
        }
    }
}

package dev.retake.privacy.value;

import java.util.List;

/** What was learnt from one part of a stream, to be known in the next. Immutable; shows no value. */
public final class Lessons {
    /** Nothing. */
    public static final Lessons NONE = new Lessons(List.of());

    private final List<Lesson> all;

    Lessons(List<Lesson> all) {
        this.all = List.copyOf(all);
    }

    List<Lesson> all() {
        return all;
    }

    @Override
    public String toString() {
        return "Lessons[" + all.size() + "]";
    }
}

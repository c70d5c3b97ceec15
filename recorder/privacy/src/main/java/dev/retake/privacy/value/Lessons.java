package dev.retake.privacy.value;

import java.util.ArrayList;
import java.util.List;

/** What was learnt from one part of a stream or session, to be known in the next. Immutable; shows no value. */
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

    public int size() {
        return all.size();
    }

    /**
     * These, and those of {@code later} that last beyond their exchange.
     *
     * @param most how many at most; later ones are left out
     * @return this where nothing is new
     */
    public Lessons with(Lessons later, int most) {
        List<Lesson> more = null;
        for (Lesson lesson : later.all) {
            int known = more == null ? all.size() : more.size();
            if (lesson.isLasting() && known < most && !(more == null ? all : more).contains(lesson)) {
                more = more == null ? new ArrayList<>(all) : more;
                more.add(lesson);
            }
        }
        return more == null ? this : new Lessons(more);
    }

    @Override
    public String toString() {
        return "Lessons[" + all.size() + "]";
    }
}

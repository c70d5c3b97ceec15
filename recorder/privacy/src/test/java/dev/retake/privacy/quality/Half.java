package dev.retake.privacy.quality;

/** Two halves that share no service, no name of a field, no culture and no format of a make. */
enum Half {
    TUNING("tuning"),
    HELD_OUT("held-out");

    private final String name;

    Half(String name) {
        this.name = name;
    }

    String file(String suffix) {
        return name + suffix;
    }

    Values values(Draw draw) {
        return this == TUNING ? new TuningValues(draw) : new HeldOutValues(draw);
    }
}

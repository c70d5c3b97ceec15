package dev.retake.replay.correlate;

import dev.retake.replay.correlate.Evidence.Naming;

/**
 * A place in a response of the session where a value first appeared. Compared by identity.
 *
 * <p>Not a record, since two places are never the same one.
 */
final class Origin {
    private final int step;
    private final String operation;
    private final String location;
    private final Fragment fragment;
    private final Naming naming;
    private final String context;

    /**
     * @param step position of the exchange in the session, from 0
     * @param operation of the exchange, as {@code POST /login}
     * @param location of the leaf in the response
     * @param fragment which part of the leaf
     * @param naming what the response calls it
     * @param context last fixed segment of the path, which says what the response is about
     */
    Origin(int step, String operation, String location, Fragment fragment, Naming naming, String context) {
        this.step = step;
        this.operation = operation;
        this.location = location;
        this.fragment = fragment;
        this.naming = naming;
        this.context = context;
    }

    int step() {
        return step;
    }

    String operation() {
        return operation;
    }

    String location() {
        return location;
    }

    Fragment fragment() {
        return fragment;
    }

    /** Whether it is a segment of a path in a link or a {@code Location}. */
    boolean isSegment() {
        return naming.path();
    }

    int agreementWith(Naming slot) {
        return Evidence.agreement(slot, naming, context);
    }

    /** What kind of thing the value identifies, as far as names tell. */
    String kind() {
        String stem = naming.stem();
        return stem.isEmpty() ? text() : stem;
    }

    /** Operation and location, positions in lists as stars: the same for all elements of a list. */
    String text() {
        return operation + " " + location.replaceAll("/\\d+(?=[/@#]|$)", "/*").replaceAll("#\\d+$", "");
    }
}

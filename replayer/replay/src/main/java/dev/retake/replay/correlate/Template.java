package dev.retake.replay.correlate;

import java.util.ArrayList;
import java.util.List;

/** How a value of a request is put together anew. */
record Template(List<Piece> pieces) {
    Template {
        pieces = List.copyOf(pieces);
    }

    /** Part of a value. */
    sealed interface Piece {}

    /** As it was recorded. */
    record Literal(String text) implements Piece {}

    /**
     * What the target gave.
     *
     * @param recorded the value in the recording
     * @param origins where it may be taken from, best first
     */
    record Reference(String recorded, List<Origin> origins) implements Piece {}

    /**
     * A text in an encoding of its own.
     *
     * @param recorded the wrapped text as it was recorded
     */
    record Wrapped(Wrapping wrapping, String recorded, Template inner) implements Piece {}

    /** Whether anything in it comes from the target. */
    boolean isBound() {
        return pieces.stream().anyMatch(piece -> !(piece instanceof Literal));
    }

    /** How the target's value is changed on its way: {@code none}, {@code bearer}, {@code base64}, {@code part}. */
    String transform() {
        if (pieces.size() == 1 && pieces.get(0) instanceof Wrapped wrapped) {
            return wrapped.wrapping().label();
        }
        if (pieces.size() == 1) {
            return "none";
        }
        boolean scheme = pieces.size() == 2
                && pieces.get(0) instanceof Literal literal
                && literal.text().matches("[A-Za-z]+ ");
        if (scheme
                && pieces.get(1) instanceof Reference
                && ((Literal) pieces.get(0)).text().equalsIgnoreCase("bearer ")) {
            return "bearer";
        }
        return pieces.stream()
                .filter(Wrapped.class::isInstance)
                .map(piece -> ((Wrapped) piece).wrapping().label())
                .findFirst()
                .orElse("part");
    }

    /** Puts a template together; adjoining literals become one. Not for use by several threads. */
    static final class Builder {
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        void literal(String text) {
            literal.append(text);
        }

        void add(Piece piece) {
            flush();
            pieces.add(piece);
        }

        Template build() {
            flush();
            return new Template(pieces);
        }

        private void flush() {
            if (!literal.isEmpty()) {
                pieces.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }
    }
}

package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import org.jspecify.annotations.Nullable;

/** A place in a document, written out as a JSON Pointer (RFC 6901) only when it is asked for. */
record Place(@Nullable Place parent, String segment) {
    static final Place ROOT = new Place(null, "");

    Place field(String key) {
        return new Place(this, key);
    }

    /** Any item of the array here, or any value of an object whose keys are identifiers. */
    Place item() {
        return new Place(this, "*");
    }

    /** The pointer; {@code body} for the whole document, whose pointer would be empty. */
    String location() {
        if (parent == null) {
            return "body";
        }
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (parent != null) {
            parent.write(out);
            out.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
    }

    /** What the nearest key says, under the one above it. */
    FieldName name() {
        Place place = this;
        while (place.parent != null && place.segment.equals("*")) {
            place = place.parent;
        }
        return place.parent == null ? FieldName.of(place.segment) : FieldName.under(place.parent.key(), place.segment);
    }

    /** The nearest key above and at this place that is no array position; empty at the root. */
    String key() {
        Place place = this;
        while (place.parent != null && place.segment.equals("*")) {
            place = place.parent;
        }
        return place.segment;
    }
}

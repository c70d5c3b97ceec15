package dev.retake.common.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in order, with their case and their duplicates. Immutable. Values hold one char for each byte as it was
 * on the wire (ISO-8859-1), so that any byte survives.
 */
public final class Headers {
    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0]);

    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** Fields from alternating names and values; the array is copied. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must alternate");
        }
        return namesAndValues.length == 0 ? EMPTY : new Headers(namesAndValues.clone());
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many fields there are, duplicates counted. */
    public int size() {
        return fields.length / 2;
    }

    public boolean isEmpty() {
        return fields.length == 0;
    }

    /** Name of the field at {@code index}, as it was sent. */
    public String name(int index) {
        return fields[2 * index];
    }

    /** Value of the field at {@code index}, without surrounding white space. */
    public String value(int index) {
        return fields[2 * index + 1];
    }

    /** Value of the first field called {@code name} in any case, null where there is none. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** Values of all fields called {@code name} in any case, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    public boolean contains(String name) {
        return first(name) != null;
    }

    /** These fields without those called {@code name}. */
    public Headers without(String name) {
        if (!contains(name)) {
            return this;
        }
        Builder kept = new Builder();
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(name)) {
                kept.add(fields[i], fields[i + 1]);
            }
        }
        return kept.build();
    }

    /** These fields with {@code name} set to {@code value}: the first of that name keeps its place, others go. */
    public Headers with(String name, String value) {
        Builder built = new Builder();
        boolean placed = false;
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(name)) {
                built.add(fields[i], fields[i + 1]);
            } else if (!placed) {
                built.add(fields[i], value);
                placed = true;
            }
        }
        return placed ? built.build() : built.add(name, value).build();
    }

    /**
     * These fields with other values.
     *
     * @param values one for each field, null where its value stays
     */
    public Headers withValues(@Nullable String[] values) {
        String[] changed = fields.clone();
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value != null) {
                changed[2 * i + 1] = value;
            }
        }
        return new Headers(changed);
    }

    /** These fields with every value replaced by {@code change}'s result. */
    public Headers mapValues(UnaryOperator<String> change) {
        String[] mapped = fields.clone();
        for (int i = 1; i < mapped.length; i += 2) {
            mapped[i] = change.apply(mapped[i]);
        }
        return new Headers(mapped);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that && Arrays.equals(fields, that.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Headers[" + size() + "]";
    }

    /** Collects fields in order. Not for use by several threads. */
    public static final class Builder {
        private String[] fields = new String[24];
        private int length;

        private Builder() {}

        public Builder add(String name, String value) {
            if (length == fields.length) {
                fields = Arrays.copyOf(fields, length * 2);
            }
            fields[length++] = name;
            fields[length++] = value;
            return this;
        }

        public Headers build() {
            return length == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, length));
        }
    }
}

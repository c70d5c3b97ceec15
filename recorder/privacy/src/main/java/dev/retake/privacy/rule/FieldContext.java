package dev.retake.privacy.rule;

import org.jspecify.annotations.Nullable;

/**
 * The names that a field stands under, nearest first: it is what tells the name of a customer from that of a product.
 * Immutable; made by {@link FieldRules#inside}.
 */
public final class FieldContext {
    /** Under nothing. */
    public static final FieldContext NONE = new FieldContext(null, null);

    /** Ancestors that are looked at; further ones say little of a field. */
    static final int REACH = 6;

    private final @Nullable FieldContext parent;
    private final @Nullable ResolvedName name;

    private FieldContext(@Nullable FieldContext parent, @Nullable ResolvedName name) {
        this.parent = parent;
        this.name = name;
    }

    FieldContext child(ResolvedName childName) {
        return new FieldContext(this, childName);
    }

    @Nullable
    FieldContext parent() {
        return parent;
    }

    @Nullable
    ResolvedName name() {
        return name;
    }

    /** The topics of what it stands in, beyond objects that only wrap others, which have the topic {@code envelope}. */
    long object(long envelope) {
        FieldContext context = this;
        for (int i = 0; i < REACH && context != null && context.name != null; i++) {
            if ((context.name.topics() & envelope) == 0) {
                return context.name.topics();
            }
            context = context.parent;
        }
        return 0;
    }

    /** The nearest ancestor's topics among {@code wanted}, 0 for none. */
    long nearest(long wanted) {
        FieldContext context = this;
        for (int i = 0; i < REACH && context != null && context.name != null; i++) {
            long found = context.name.topics() & wanted;
            if (found != 0) {
                return found;
            }
            context = context.parent;
        }
        return 0;
    }
}

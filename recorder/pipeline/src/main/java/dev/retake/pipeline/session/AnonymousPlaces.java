package dev.retake.pipeline.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the places that anonymous requests come from; those not seen for longest are forgotten. For one thread. */
final class AnonymousPlaces {
    private final Map<IdentityKey, Place> places;

    AnonymousPlaces(int bound) {
        places = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<IdentityKey, Place> eldest) {
                return size() > bound;
            }
        };
    }

    /** One connection, or one address. */
    static final class Place {
        /** Where its anonymous exchanges go; null before the first, and after it was found to be shared. */
        @Nullable
        OpenSession session;

        /** Several users come from here. */
        boolean shared;
    }

    Place at(IdentityKey key) {
        return places.computeIfAbsent(key, k -> new Place());
    }

    @Nullable
    Place known(IdentityKey key) {
        return places.get(key);
    }
}

package dev.retake.replay.correlate;

import dev.retake.common.exchange.Exchange;
import dev.retake.replay.message.RequestSlots;
import dev.retake.replay.message.Slot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was learnt of a session before it is played: which values of its requests the target must give first, and from
 * where. Immutable; {@link SessionValues} holds what changes while it is played.
 */
public final class SessionPlan {
    private final List<Exchange> exchanges;
    private final List<StepPlan> steps;
    private final Map<Origin, Alignment> origins;

    SessionPlan(List<Exchange> exchanges, List<StepPlan> steps, Map<Origin, Alignment> origins) {
        this.exchanges = List.copyOf(exchanges);
        this.steps = List.copyOf(steps);
        this.origins = new LinkedHashMap<>(origins);
    }

    /**
     * Learns from {@code exchanges}, a whole session in order.
     *
     * @param never places that keep their recorded value
     */
    public static SessionPlan learn(List<Exchange> exchanges, NeverBound never) {
        return new Learner(exchanges, never).learn();
    }

    /** The recorded exchanges in order. */
    public List<Exchange> exchanges() {
        return exchanges;
    }

    /** Values of a session that is about to be played by this plan. */
    public SessionValues begin(BindingLedger ledger) {
        return new SessionValues(this, ledger);
    }

    /**
     * For each cookie that the recorded server had set before {@code step}, the step that set it last; steps count from 0.
     */
    public Map<String, Integer> serverCookies(int step) {
        return steps.get(step).cookies();
    }

    /** Whether the recorded client sent cookies at all. */
    public boolean sendsCookies() {
        return exchanges.stream()
                .anyMatch(exchange -> exchange.request().headers().contains("Cookie"));
    }

    /** Locations in the request of {@code step}, as {@code header:Authorization}, whose values the target gives. */
    public Set<String> boundLocations(int step) {
        Set<String> locations = new HashSet<>();
        steps.get(step)
                .bindings()
                .forEach(binding -> locations.add(binding.slot().location()));
        return locations;
    }

    StepPlan step(int step) {
        return steps.get(step);
    }

    Map<Origin, Alignment> origins() {
        return origins;
    }

    /**
     * A value of a request that is put together from what the target gave.
     *
     * @param slot where it goes
     * @param template how it is made
     * @param to operation and location, as in the list of bindings
     */
    record Binding(Slot slot, Template template, String to) {}

    /**
     * What is known of one step.
     *
     * @param request the recorded request, taken apart
     * @param bindings what is replaced in it
     * @param cookies names of cookies that the server had set, with the step that did last
     */
    record StepPlan(RequestSlots request, List<Binding> bindings, Map<String, Integer> cookies) {
        StepPlan {
            bindings = List.copyOf(bindings);
        }
    }
}

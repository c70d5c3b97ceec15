package dev.retake.replay.correlate;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.correlate.SessionPlan.Binding;
import dev.retake.replay.correlate.SessionPlan.StepPlan;
import dev.retake.replay.correlate.Template.Literal;
import dev.retake.replay.correlate.Template.Piece;
import dev.retake.replay.correlate.Template.Reference;
import dev.retake.replay.correlate.Template.Wrapped;
import dev.retake.replay.message.Encoding;
import dev.retake.replay.message.RequestSlots.Replacement;
import dev.retake.replay.message.ResponseLeaves;
import dev.retake.replay.message.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the target has given to one session so far, and requests made with it. For one thread at a time.
 */
public final class SessionValues {
    /** Fields that tell where a client comes from; a request without the right value in them is still the request. */
    private static final Set<String> TOLERANT = Set.of(
            "header:referer",
            "header:traceparent",
            "header:tracestate",
            "header:baggage",
            "header:x-request-id",
            "header:x-correlation-id");

    /** RFC 3986 §2.3. */
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]*");

    private final SessionPlan plan;
    private final BindingLedger ledger;
    private final Map<Origin, String> values = new LinkedHashMap<>();
    private final Map<Integer, String> lost = new HashMap<>();
    private final Set<Origin> guessed = new HashSet<>();
    private final Set<String> shared = new HashSet<>();

    SessionValues(SessionPlan plan, BindingLedger ledger) {
        this.plan = plan;
        this.ledger = ledger;
    }

    /** A request, or why there can be none. */
    public sealed interface Rendered {}

    /**
     * The recorded request with the target's values.
     *
     * @param request what to send
     */
    public record Ready(Request request) implements Rendered {}

    /**
     * A value is missing.
     *
     * @param why one sentence
     * @param step the step that should have given it, from 0
     */
    public record Blocked(String why, int step) implements Rendered {}

    /** Takes from the target's answer to {@code step} what later requests want. */
    public void answered(int step, Response observed) {
        NavigableMap<String, String> leaves = null;
        for (Map.Entry<Origin, Alignment> origin : plan.origins().entrySet()) {
            if (origin.getKey().step() == step) {
                leaves = leaves == null ? Alignment.byLocation(ResponseLeaves.of(observed)) : leaves;
                Alignment.Found leaf = origin.getValue().find(leaves);
                String value = leaf == null ? null : origin.getKey().fragment().of(leaf.value());
                if (leaf != null && value != null && !value.isEmpty()) {
                    values.put(origin.getKey(), value);
                    take(origin.getKey(), leaf.certainty());
                }
            }
        }
    }

    private void take(Origin origin, Alignment.Certainty certainty) {
        if (certainty == Alignment.Certainty.TRAITS) {
            shared.add(origin.text());
        } else if (certainty == Alignment.Certainty.POSITION) {
            guessed.add(origin);
        }
    }

    /** {@code step} gave nothing; {@code how} continues "which ...". */
    public void lost(int step, String how) {
        lost.put(step, how);
    }

    /** Why {@code step} gave nothing, null where it was answered or has not been played. */
    public @Nullable String lossOf(int step) {
        return lost.get(step);
    }

    /**
     * The request of {@code step}.
     *
     * @param given locations whose value comes from elsewhere, such as {@code header:Authorization}
     */
    public Rendered render(int step, Set<String> given) {
        StepPlan stepPlan = plan.step(step);
        List<Replacement> replacements = new ArrayList<>();
        for (Binding binding : stepPlan.bindings()) {
            Slot slot = binding.slot();
            if (given.contains(slot.location())) {
                continue;
            }
            Missing missing = new Missing();
            String value = text(binding.template(), missing);
            if (missing.origin == null && slot.place() == Slot.Place.HEADER && !fitsHeader(value)) {
                missing.origin = firstOrigin(binding.template());
            }
            if (missing.origin != null) {
                if (TOLERANT.contains(slot.location().toLowerCase(Locale.ROOT))) {
                    continue;
                }
                return new Blocked(sentence(slot, missing.origin), missing.origin.step());
            }
            if (!value.equals(slot.value())) {
                replacements.add(new Replacement(slot, value));
            }
            count(binding);
        }
        return new Ready(stepPlan.request().with(replacements));
    }

    private static final class Missing {
        private @Nullable Origin origin;
    }

    private String text(Template template, Missing missing) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : template.pieces()) {
            if (piece instanceof Literal literal) {
                text.append(literal.text());
            } else if (piece instanceof Reference reference) {
                String value = value(reference);
                if (value == null) {
                    missing.origin = reference.origins().get(0);
                } else {
                    text.append(value);
                }
            } else if (piece instanceof Wrapped wrapped) {
                text.append(wrapped.wrapping().wrap(text(wrapped.inner(), missing), wrapped.recorded()));
            }
        }
        return text.toString();
    }

    private @Nullable String value(Reference reference) {
        for (Origin origin : reference.origins()) {
            String value = values.get(origin);
            // Where the target is known to have the recorded things, a list without them shows the wrong ones.
            boolean anotherThing = guessed.contains(origin) && shared.contains(origin.text());
            if (value != null && !anotherThing) {
                return value;
            }
        }
        return null;
    }

    private void count(Binding binding) {
        Slot slot = binding.slot();
        String transform = binding.template().transform();
        boolean escaped = slot.encoding() == Encoding.FORM || slot.encoding() == Encoding.PATH_SEGMENT;
        boolean percent = transform.equals("none")
                && escaped
                && !UNRESERVED.matcher(slot.value()).matches();
        ledger.used(firstOrigin(binding.template()).text(), binding.to(), percent ? "percent" : transform);
    }

    private static Origin firstOrigin(Template template) {
        for (Piece piece : template.pieces()) {
            if (piece instanceof Reference reference) {
                return reference.origins().get(0);
            }
            if (piece instanceof Wrapped wrapped) {
                return firstOrigin(wrapped.inner());
            }
        }
        throw new IllegalArgumentException("a bound template has an origin");
    }

    private static boolean fitsHeader(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff);
    }

    private String sentence(Slot slot, Origin origin) {
        String how = lost.get(origin.step());
        return "It needs a value for " + slot.location() + " from step " + (origin.step() + 1) + " ("
                + origin.operation() + "), "
                + (how == null ? "whose answer lacks it at " + origin.location() : "which " + how) + ".";
    }
}

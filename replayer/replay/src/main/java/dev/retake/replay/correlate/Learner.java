package dev.retake.replay.correlate;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;
import dev.retake.replay.correlate.Evidence.Naming;
import dev.retake.replay.correlate.Evidence.Strength;
import dev.retake.replay.correlate.SessionPlan.Binding;
import dev.retake.replay.correlate.SessionPlan.StepPlan;
import dev.retake.replay.correlate.Template.Reference;
import dev.retake.replay.correlate.Template.Wrapped;
import dev.retake.replay.message.Leaf;
import dev.retake.replay.message.RequestSlots;
import dev.retake.replay.message.ResponseLeaves;
import dev.retake.replay.message.Slot;
import dev.retake.replay.target.CookieJar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a recorded session which values of its requests came from earlier responses.
 *
 * <p>Two passes: the first collects every piece of every request, the second walks the session in order and remembers
 * from each response only what some request could want. A value that a request held before any response did is the
 * client's own, and is never bound, echoes of it included.
 */
final class Learner {
    private static final int MAX_ORIGINS = 4;

    /** A value that every response repeats is known well enough from the first ones. */
    private static final int MAX_REMEMBERED = 8;

    private static final int MAX_WRAPPINGS = 2;

    /** Validators come from the server even where the client had them from a visit before the recording. */
    private static final Set<String> VALIDATORS = Set.of("header:etag", "header:last-modified");

    private final List<Exchange> exchanges;
    private final NeverBound never;
    private final List<RequestSlots> requests = new ArrayList<>();
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> wantedWords = new HashSet<>();
    private final Set<String> clients = new HashSet<>();
    private final Map<String, List<Origin>> origins = new HashMap<>();
    private final Map<Origin, Alignment> used = new LinkedHashMap<>();
    private final Map<Integer, List<Leaf>> leaves = new HashMap<>();
    private final Map<Integer, NavigableMap<String, String>> sorted = new HashMap<>();

    Learner(List<Exchange> exchanges, NeverBound never) {
        this.exchanges = exchanges;
        this.never = never;
    }

    SessionPlan learn() {
        for (Exchange exchange : exchanges) {
            RequestSlots request = RequestSlots.of(exchange.request());
            requests.add(request);
            request.slots().forEach(slot -> want(slot.value(), slot.number(), 0));
        }
        List<StepPlan> steps = new ArrayList<>();
        Map<String, Integer> cookies = new HashMap<>();
        for (int i = 0; i < exchanges.size(); i++) {
            steps.add(new StepPlan(requests.get(i), bindings(requests.get(i), cookies.keySet()), Map.copyOf(cookies)));
            Response response = exchanges.get(i).response();
            if (response != null) {
                for (String field : response.headers().all("Set-Cookie")) {
                    CookieJar.SetCookie cookie = CookieJar.pair(field);
                    if (cookie != null) {
                        cookies.put(cookie.name(), i);
                    }
                }
                remember(i, response);
            }
        }
        return new SessionPlan(exchanges, steps, used);
    }

    private void want(String value, boolean number, int depth) {
        Pieces.each(value, piece -> {
            Strength strength = Evidence.strength(piece, number);
            if (strength != Strength.NONE) {
                wanted.add(piece);
            }
            if (strength == Strength.STRONG) {
                wantedWords.add(Pieces.firstWord(piece));
            }
            for (Wrapping wrapping : depth < MAX_WRAPPINGS ? Wrapping.values() : new Wrapping[0]) {
                String inner = wrapping.unwrap(piece);
                if (inner != null) {
                    want(inner, false, depth + 1);
                }
            }
        });
    }

    private List<Binding> bindings(RequestSlots request, Set<String> serverCookies) {
        String operation = PathTemplate.operation(request.request());
        List<Binding> bindings = new ArrayList<>();
        Set<String> own = new HashSet<>();
        for (Slot slot : request.slots()) {
            boolean jar = slot.location().startsWith("cookie:") && serverCookies.contains(slot.name());
            Template template = template(slot, slot.value(), 0);
            String to = operation + " " + slot.location().replaceAll("/\\d+(?=/|$)", "/*");
            if (template.isBound() && !jar && !never.covers(to)) {
                bindings.add(new Binding(slot, template, to));
            } else if (!jar) {
                Pieces.each(slot.value(), piece -> {
                    if (!origins.containsKey(piece)) {
                        own.add(clientKey(piece, slot));
                    }
                });
            }
        }
        clients.addAll(own);
        return bindings;
    }

    /** A weak value is the client's own only under the name that it had there. */
    private static String clientKey(String piece, Slot slot) {
        return Evidence.strength(piece, slot.number()) == Strength.STRONG
                ? piece
                : piece + '\0' + Evidence.normal(slot.name());
    }

    private Template template(Slot slot, String value, int depth) {
        Template.Builder template = new Template.Builder();
        cut(slot, value, -1, depth, template);
        return template.build();
    }

    /** Adds {@code value}, which stands at {@code level} of cutting, -1 for a whole slot or what was wrapped in one. */
    private void cut(Slot slot, String value, int level, int depth, Template.Builder template) {
        Reference reference = reference(slot, value, level < 0 && depth == 0);
        if (reference != null) {
            template.add(reference);
            return;
        }
        boolean finest = level >= Pieces.levels() - 1;
        Wrapped wrapped =
                finest || depth == MAX_WRAPPINGS || Evidence.isTimestamp(value) ? null : wrapped(slot, value, depth);
        if (wrapped != null) {
            template.add(wrapped);
            return;
        }
        if (finest || origins.isEmpty() || Evidence.isTimestamp(value) || !Pieces.mayCut(value, level + 1)) {
            template.literal(value);
            return;
        }
        List<String> parts = Pieces.split(value, level + 1);
        if (parts.size() == 1) {
            cut(slot, value, level + 1, depth, template);
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean separator = i % 2 == 1;
            int end = separator || !Pieces.isFinest(level + 1) ? -1 : endOfKnownRun(slot, parts, i);
            Reference run = end < 0 ? null : reference(slot, String.join("", parts.subList(i, end)), false);
            if (run != null) {
                template.add(run);
                i = end - 1;
            } else if (separator || parts.get(i).isEmpty()) {
                template.literal(parts.get(i));
            } else {
                cut(slot, parts.get(i), level + 1, depth, template);
            }
        }
    }

    private int endOfKnownRun(Slot slot, List<String> parts, int from) {
        for (int end = Pieces.longestRun(parts, from); end > from + 1; end--) {
            if ((end - from) % 2 == 1 && reference(slot, String.join("", parts.subList(from, end)), false) != null) {
                return end;
            }
        }
        return -1;
    }

    private @Nullable Wrapped wrapped(Slot slot, String value, int depth) {
        for (Wrapping wrapping : Wrapping.values()) {
            String inner = wrapping.unwrap(value);
            Template template = inner == null ? null : template(slot, inner, depth + 1);
            if (template != null && template.isBound()) {
                return new Wrapped(wrapping, value, template);
            }
        }
        return null;
    }

    /**
     * Where {@code value} came from, null where nothing says enough.
     *
     * @param whole whether it is all that the slot holds; only then a weak value counts
     */
    private @Nullable Reference reference(Slot slot, String value, boolean whole) {
        List<Origin> candidates = origins.get(value);
        if (candidates == null || !whole && Evidence.strength(value, slot.number()) != Strength.STRONG) {
            return null;
        }
        boolean path = slot.location().startsWith("path:");
        Naming naming = new Naming(slot.name(), slot.parent(), path);
        if (clients.contains(value + '\0' + Evidence.normal(slot.name()))) {
            return null;
        }
        boolean onlyKind = candidates.stream().map(Origin::kind).distinct().count() == 1;
        List<Origin> fitting = new ArrayList<>();
        for (Origin origin : candidates) {
            boolean fixed = path && origin.isSegment() && Evidence.isWord(value);
            if (!fixed && Evidence.suffices(value, slot.number(), origin.agreementWith(naming), onlyKind)) {
                fitting.add(origin);
            }
        }
        if (fitting.isEmpty()) {
            return null;
        }
        // A value of its own is surer than a part of one. Stable: among equals the earliest comes first.
        fitting.sort(Comparator.comparingInt((Origin origin) -> -origin.agreementWith(naming))
                .thenComparing(origin -> !(origin.fragment() instanceof Fragment.Whole)));
        List<Origin> best = List.copyOf(fitting.subList(0, Math.min(MAX_ORIGINS, fitting.size())));
        for (Origin origin : best) {
            used.computeIfAbsent(origin, known -> Alignment.learn(known.location(), sorted(known.step())));
        }
        return new Reference(value, best);
    }

    private NavigableMap<String, String> sorted(int step) {
        return sorted.computeIfAbsent(step, s -> Alignment.byLocation(leaves.getOrDefault(s, List.of())));
    }

    /** Takes from a response what some request could want. */
    private void remember(int step, Response response) {
        if (wanted.isEmpty()) {
            return;
        }
        List<Leaf> found = ResponseLeaves.of(response);
        String operation = PathTemplate.operation(exchanges.get(step).request());
        String context = lastFixedSegment(exchanges.get(step).request().path());
        boolean any = false;
        for (Leaf leaf : found) {
            any |= remember(step, operation, context, leaf);
        }
        if (any) {
            leaves.put(step, found);
        }
    }

    private boolean remember(int step, String operation, String context, Leaf leaf) {
        Naming naming = new Naming(leaf.name(), leaf.parent(), false);
        boolean any = add(step, operation, context, leaf, leaf.value(), new Fragment.Whole(), naming);
        if (leaf.number() || Evidence.isTimestamp(leaf.value())) {
            return any;
        }
        if (Url.looksLikeOne(leaf.value())) {
            String[] segments = Url.segments(leaf.value());
            for (int i = 0; i < segments.length; i++) {
                Fragment segment = new Fragment.Segment(i);
                String value = segment.of(leaf.value());
                if (value != null && !value.equals(leaf.value())) {
                    Naming above = new Naming(i == 0 ? "" : segments[i - 1], "", true);
                    any |= add(step, operation, context, leaf, value, segment, above);
                }
            }
            for (String[] parameter : Url.parameters(leaf.value())) {
                Naming named = new Naming(parameter[0], "", false);
                Fragment fragment = new Fragment.Parameter(parameter[0]);
                any |= add(step, operation, context, leaf, parameter[1], fragment, named);
            }
        }
        if (!Pieces.anyWord(leaf.value(), wantedWords)) {
            return any;
        }
        boolean[] anyPiece = {any};
        Pieces.each(leaf.value(), piece -> {
            if (wanted.contains(piece)
                    && !piece.equals(leaf.value())
                    && Evidence.strength(piece, false) == Strength.STRONG) {
                anyPiece[0] |= add(step, operation, context, leaf, piece, Surroundings.of(leaf.value(), piece), naming);
            }
        });
        return anyPiece[0];
    }

    private boolean add(
            int step, String operation, String context, Leaf leaf, String value, Fragment fragment, Naming naming) {
        if (!wanted.contains(value) || Evidence.strength(value, leaf.number()) == Strength.NONE) {
            return false;
        }
        if (clients.contains(value) && !VALIDATORS.contains(leaf.location().toLowerCase(Locale.ROOT))) {
            return false;
        }
        List<Origin> known = origins.computeIfAbsent(value, v -> new ArrayList<>(2));
        if (known.size() >= MAX_REMEMBERED) {
            return false;
        }
        boolean again = known.stream()
                .anyMatch(origin -> origin.step() == step && origin.location().equals(leaf.location()));
        if (!again) {
            known.add(new Origin(step, operation, leaf.location(), fragment, naming, context));
        }
        return !again;
    }

    private static String lastFixedSegment(String path) {
        String[] segments = path.split("/");
        for (int i = segments.length - 1; i >= 0; i--) {
            if (!segments[i].isEmpty() && !PathTemplate.looksLikeId(segments[i])) {
                return segments[i];
            }
        }
        return "";
    }
}

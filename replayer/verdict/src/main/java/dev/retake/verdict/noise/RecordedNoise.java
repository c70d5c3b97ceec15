package dev.retake.verdict.noise;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.TextPair;
import dev.retake.verdict.tree.BodyPair;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fields that vary in the recording between answers to the same request of one session, with nothing written in
 * between: what differs there from the target's value is noise as long as it is of the same shape. Thread-safe; what it
 * holds in the end does not depend on the order in which sessions are watched.
 */
public final class RecordedNoise {
    private static final int KEPT = 4;
    private static final int LARGEST = 262_144;

    private final Map<String, Set<String>> values = new ConcurrentHashMap<>();
    private final Set<String> unordered = ConcurrentHashMap.newKeySet();

    /** Watches the recorded steps of one session, in order. Not for use by several threads. */
    public final class Watch {
        /** The latest answers only: what is asked again is mostly asked again soon. */
        private final Map<String, byte[]> answers = new LinkedHashMap<>();

        private Watch() {}

        /** Sees the next recorded exchange. */
        public void see(Exchange exchange, String operation) {
            Request request = exchange.request();
            boolean safe = request.method().equals("GET") || request.method().equals("HEAD");
            if (!safe) {
                answers.clear();
                return;
            }
            Response response = exchange.response();
            if (response == null || response.body().truncated()) {
                return;
            }
            byte[] body = response.body().bytes();
            if (body.length == 0 || body.length > LARGEST) {
                return;
            }
            MediaType type = MediaType.parse(response.headers().first("Content-Type"));
            String key = request.target() + " " + response.status() + " "
                    + Arrays.hashCode(request.body().bytes());
            byte[] earlier = answers.remove(key);
            if (earlier != null && !Arrays.equals(earlier, body)) {
                learn(operation, leaves(earlier, type), leaves(body, type));
            }
            answers.put(key, body);
            if (answers.size() > KEPT) {
                answers.remove(answers.keySet().iterator().next());
            }
        }

        private Map<String, Leaves.Leaf> leaves(byte[] body, MediaType type) {
            Map<String, Leaves.Leaf> leaves = new HashMap<>();
            for (Tree tree : BodyPair.documents(body, type)) {
                Leaves.of(tree).forEach(leaf -> leaves.put(leaf.place(), leaf));
            }
            return leaves;
        }
    }

    /** A watch over a session. */
    public Watch watch() {
        return new Watch();
    }

    private void learn(String operation, Map<String, Leaves.Leaf> earlier, Map<String, Leaves.Leaf> now) {
        if (earlier.equals(now)) {
            return;
        }
        boolean permuted = contents(earlier).equals(contents(now));
        for (Leaves.Leaf leaf : earlier.values()) {
            Leaves.Leaf other = now.get(leaf.place());
            if (other == null || other.value().equals(leaf.value())) {
                continue;
            }
            if (permuted) {
                for (int star = leaf.field().indexOf("/*");
                        star >= 0;
                        star = leaf.field().indexOf("/*", star + 1)) {
                    unordered.add(
                            operation + " " + (star == 0 ? "body" : leaf.field().substring(0, star)));
                }
            } else {
                Set<String> seen =
                        values.computeIfAbsent(operation + " " + leaf.field(), key -> ConcurrentHashMap.newKeySet());
                seen.add(leaf.value());
                seen.add(other.value());
            }
        }
    }

    private static Map<String, Long> contents(Map<String, Leaves.Leaf> leaves) {
        return leaves.values().stream()
                .collect(Collectors.groupingBy(leaf -> leaf.field() + " " + leaf.value(), Collectors.counting()));
    }

    /** Whether the order of the list at this place varies in the recording. */
    public boolean isUnordered(String operation, String location) {
        return unordered.contains(operation + " " + location);
    }

    /**
     * Whether the field varies in the recording and the target's value is one of its values, or of the shape that they
     * have: a number among numbers of like size, a text with the same words around what is made by machine.
     */
    public boolean explains(String operation, String location, @Nullable Tree before, @Nullable Tree after) {
        Set<String> seen = values.get(operation + " " + location);
        if (seen == null || before == null || after == null) {
            return false;
        }
        if (seen.contains(JsonText.of(after))) {
            return true;
        }
        if (before instanceof Tree.Num a && after instanceof Tree.Num b) {
            return a.integer() == b.integer() && withinTenfold(seen, b);
        }
        if (before instanceof Tree.Text a && after instanceof Tree.Text b) {
            FieldName name = FieldName.of("id");
            List<String> words = List.of(a.value(), b.value());
            return words.stream().noneMatch(String::isEmpty) && TextPair.read(a.value(), b.value(), name, "") != null;
        }
        return false;
    }

    private static boolean withinTenfold(Set<String> seen, Tree.Num number) {
        double value = number.value().doubleValue();
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (String text : seen) {
            try {
                double one = Double.parseDouble(text);
                least = Math.min(least, one);
                most = Math.max(most, one);
            } catch (NumberFormatException e) {
                return false;
            }
        }
        double room = 10 * Math.max(1, Math.max(Math.abs(most), Math.abs(least)));
        return value >= (least >= 0 ? 0 : -room) && value <= room;
    }
}

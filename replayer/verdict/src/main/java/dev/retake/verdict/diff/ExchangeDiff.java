package dev.retake.verdict.diff;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.tree.BodyPair;
import dev.retake.verdict.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Compares a recorded response with the target's: status first, then header fields, then the body by its type. */
public final class ExchangeDiff {
    private final Frame frame;
    private final @Nullable BiFunction<byte[], Integer, byte[]> digest;
    private final List<Change> changes = new ArrayList<>();
    private boolean bodyCompared = true;

    private ExchangeDiff(Frame frame, @Nullable BiFunction<byte[], Integer, byte[]> digest) {
        this.frame = frame;
        this.digest = digest;
    }

    /**
     * What differs.
     *
     * @param bodyCompared false where the recording does not hold the body and nothing stands in for it
     */
    public record Result(List<Change> changes, boolean bodyCompared) {}

    /**
     * Compares.
     *
     * @param head the request was a {@code HEAD}: there is no body to compare
     * @param digest the keyed digest of a body's first bytes; null where it cannot be made
     */
    public static Result of(
            Response before,
            Response after,
            boolean head,
            Frame frame,
            @Nullable BiFunction<byte[], Integer, byte[]> digest) {
        ExchangeDiff diff = new ExchangeDiff(frame, digest);
        diff.compare(before, after, head);
        return new Result(List.copyOf(diff.changes), diff.bodyCompared);
    }

    private void compare(Response before, Response after, boolean head) {
        if (before.status() != after.status()) {
            // Another status brings other fields and another body with it: one cause.
            changes.add(Change.of(ChangeKind.STATUS, "status", number(before.status()), number(after.status()), ""));
            return;
        }
        if (frame.depth() == Frame.Depth.STATUS) {
            return;
        }
        List<Change> fields = new ArrayList<>();
        HeaderDiff.compare(before.headers(), after.headers(), frame, fields);
        HeaderDiff.compare(before.trailers(), after.trailers(), frame, fields);
        if (!head) {
            body(before, after);
        }
        boolean anotherBody = changes.stream()
                .anyMatch(change ->
                        change.kind() == ChangeKind.BODY && change.sayable().startsWith("unlike:"));
        fields.stream()
                .filter(change -> !anotherBody || !change.location().equals("header:Content-Type"))
                .forEach(changes::add);
    }

    private static Tree number(int value) {
        return new Tree.Num(BigDecimal.valueOf(value), true);
    }

    private void body(Response before, Response after) {
        Body recorded = before.body();
        Body observed = after.body();
        MediaType type = MediaType.parse(before.headers().first("Content-Type"));
        if (recorded.truncated() || recorded.withheld() != null) {
            byDigest(recorded, observed, type);
            return;
        }
        if (Arrays.equals(recorded.bytes(), observed.bytes())) {
            BodyPair same = recorded.bytes().length == 0
                    ? new BodyPair.Bytes()
                    : BodyPair.read(recorded.bytes(), type, recorded.bytes(), type);
            if (same instanceof BodyPair.Trees trees) {
                changes.addAll(TreeDiff.of(trees.before(), trees.after(), frame));
            }
            return;
        }
        MediaType typeAfter = MediaType.parse(after.headers().first("Content-Type"));
        BodyPair pair = BodyPair.read(recorded.bytes(), type, observed.bytes(), typeAfter);
        if (pair instanceof BodyPair.Trees trees) {
            changes.addAll(TreeDiff.of(trees.before(), trees.after(), frame));
        } else if (pair instanceof BodyPair.Tables tables) {
            tables(tables);
        } else if (pair instanceof BodyPair.Lines lines) {
            if (frame.depth() == Frame.Depth.VALUES) {
                TextDiff.compare(lines.before(), lines.after(), frame, changes);
            }
        } else if (pair instanceof BodyPair.Unlike unlike) {
            String what = "unlike:" + unlike.before() + ":" + unlike.after();
            changes.add(Change.of(
                    ChangeKind.BODY, "body", new Tree.Text(unlike.before()), new Tree.Text(unlike.after()), what));
        } else if (frame.depth() == Frame.Depth.VALUES) {
            String what = "bytes";
            changes.add(Change.of(
                    ChangeKind.BODY, "body", size(recorded.bytes().length), size(observed.bytes().length), what));
        }
    }

    private static Tree size(long bytes) {
        return new Tree.Text(bytes + " bytes");
    }

    /**
     * The digest was made of what the service sent, before sanitizing. That it differs says something only of bodies
     * that hold no personal data and nothing made anew, which is likely of binary ones alone.
     */
    private void byDigest(Body recorded, Body observed, MediaType type) {
        byte[] expected = recorded.digest();
        boolean empty = observed.bytes().length == 0;
        if (empty && recorded.size() > 0) {
            changes.add(Change.of(
                    ChangeKind.BODY, "body", size(recorded.size()), new Tree.Text("no body"), "unlike:a body:no body"));
            return;
        }
        if (expected == null || digest == null) {
            bodyCompared = false;
            return;
        }
        int length = (int) Math.min(Integer.MAX_VALUE, recorded.digestedBytes());
        boolean whole = recorded.digestedBytes() == recorded.size();
        boolean longEnough = observed.bytes().length >= length;
        boolean same = longEnough
                && (!whole || observed.bytes().length == length)
                && Arrays.equals(expected, digest.apply(observed.bytes(), length));
        if (same) {
            return;
        }
        MediaType.Family family = type.family();
        if (family == MediaType.Family.BINARY && frame.depth() == Frame.Depth.VALUES) {
            changes.add(
                    Change.of(ChangeKind.BODY, "body", size(recorded.size()), size(observed.bytes().length), "bytes"));
        } else {
            bodyCompared = false;
        }
    }

    private void tables(BodyPair.Tables tables) {
        List<Change> found = TreeDiff.of(tables.before(), tables.after(), frame);
        List<String> left = new ArrayList<>(tables.columnsBefore());
        List<String> right = new ArrayList<>(tables.columnsAfter());
        boolean empty = ((Tree.Arr) tables.before()).items().isEmpty()
                || ((Tree.Arr) tables.after()).items().isEmpty();
        if (empty) {
            left.stream()
                    .filter(column -> !right.contains(column))
                    .forEach(column -> changes.add(
                            Change.of(ChangeKind.MISSING, column(column), new Tree.Text(column), null, "")));
            right.stream()
                    .filter(column -> !left.contains(column))
                    .forEach(column ->
                            changes.add(Change.of(ChangeKind.ADDED, column(column), null, new Tree.Text(column), "")));
        }
        List<String> leftCommon = new ArrayList<>(left);
        leftCommon.retainAll(right);
        List<String> rightCommon = new ArrayList<>(right);
        rightCommon.retainAll(left);
        if (!leftCommon.equals(rightCommon)) {
            changes.add(Change.of(ChangeKind.ORDER, "body", names(left), names(right), "columns"));
        }
        changes.addAll(found);
    }

    private static String column(String name) {
        return Place.ROOT.item().field(name).location();
    }

    private static Tree names(List<String> columns) {
        return new Tree.Arr(
                columns.stream().map(column -> (Tree) new Tree.Text(column)).toList());
    }
}

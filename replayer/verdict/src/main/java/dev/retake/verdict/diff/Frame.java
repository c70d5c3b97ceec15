package dev.retake.verdict.diff;

import dev.retake.verdict.shape.OwnHosts;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of two responses may know.
 *
 * @param depth how deep to compare
 * @param foreign the target has data of its own, so that surrogates of personal data differ
 * @param hosts names of the recorded service and the target
 * @param surrogateClass tells surrogates of personal data from other values
 * @param known identifiers of this session so far, and what the target has in their place
 * @param identities told of identifiers that are the same on both sides
 * @param history where agreement is noted
 * @param entity what the operation is about, such as {@code order}
 */
public record Frame(
        Depth depth,
        boolean foreign,
        OwnHosts hosts,
        Function<String, @Nullable String> surrogateClass,
        Map<String, String> known,
        Identities identities,
        FieldHistory.Of history,
        String entity) {

    /** Is told of identifiers that are the same on both sides. */
    @FunctionalInterface
    public interface Identities {
        /** {@code value} names a thing of {@code space} on both sides. */
        void same(String space, String value);
    }

    /** How deep to compare. */
    public enum Depth {
        VALUES,
        SHAPE,
        STATUS
    }
}

package dev.retake.privacy.value;

/**
 * Decides on what no rule and no detector touched: under the policies {@code crowd} and {@code deny} it is replaced unless
 * something says otherwise.
 */
public interface Remainder {
    /**
     * Whether {@code source[from, to)} stays as it is.
     *
     * @param field what it stands in
     * @param source text that is not escaped, or a number as JSON writes it
     */
    boolean keeps(Field field, byte[] source, int from, int to);
}

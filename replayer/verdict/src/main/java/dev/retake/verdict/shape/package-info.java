/**
 * Tells by shape what a value is: an id, a time, a token, a text; start at {@link dev.retake.verdict.shape.TextPair}.
 */
@NullMarked
package dev.retake.verdict.shape;

import org.jspecify.annotations.NullMarked;

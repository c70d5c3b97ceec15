/**
 * What is kept in great number and for long, in arrays of primitives: the collector sees a handful of arrays in place of
 * millions of objects. Start at {@link dev.retake.common.slot.KeySlots}.
 */
@NullMarked
package dev.retake.common.slot;

import org.jspecify.annotations.NullMarked;

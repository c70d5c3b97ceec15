/**
 * Bodies of any structured type as one kind of tree, so that one diff serves all; start at
 * {@link dev.retake.verdict.tree.BodyPair}.
 */
@NullMarked
package dev.retake.verdict.tree;

import org.jspecify.annotations.NullMarked;

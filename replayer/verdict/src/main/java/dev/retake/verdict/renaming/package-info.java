/**
 * Whether what differs is equal modulo a consistent renaming of identifiers and a consistent shift of times; start at
 * {@link dev.retake.verdict.renaming.Explainer}.
 */
@NullMarked
package dev.retake.verdict.renaming;

import org.jspecify.annotations.NullMarked;

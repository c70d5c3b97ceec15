/**
 * The escapings and encodings that values hide under, undone and redone in place; start at
 * {@link dev.retake.privacy.encoding.Escaping}.
 */
@NullMarked
package dev.retake.privacy.encoding;

import org.jspecify.annotations.NullMarked;

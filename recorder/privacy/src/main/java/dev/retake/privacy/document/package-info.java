/**
 * Walks heads and documents of HTTP messages down to their values, and replaces by ranges of bytes what is found in them:
 * what is not replaced stays as it was. Start at {@link dev.retake.privacy.document.MessageWalker}.
 */
@NullMarked
package dev.retake.privacy.document;

import org.jspecify.annotations.NullMarked;

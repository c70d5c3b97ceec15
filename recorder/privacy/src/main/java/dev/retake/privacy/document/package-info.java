/**
 * Walks documents and heads of HTTP messages, and replaces what the rules and detectors find in them, by ranges of bytes:
 * what is not replaced stays as it was. Start at {@link dev.retake.privacy.document.DocumentWalker}; every value ends up
 * at {@link dev.retake.privacy.document.Leaves}.
 */
@NullMarked
package dev.retake.privacy.document;

import org.jspecify.annotations.NullMarked;

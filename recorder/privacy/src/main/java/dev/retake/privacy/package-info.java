/**
 * Finds what is personal or secret in an exchange and replaces it, so that nothing real is stored. Pure: no store, no
 * network. Start at {@link dev.retake.privacy.Sanitizer}.
 */
@NullMarked
package dev.retake.privacy;

import org.jspecify.annotations.NullMarked;

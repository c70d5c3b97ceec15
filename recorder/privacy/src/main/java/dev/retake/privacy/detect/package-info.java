/**
 * Finds personal and secret values in bytes: one pass for candidates, exact checks where there is one; start at {@link
 * dev.retake.privacy.detect.Detectors}.
 */
@NullMarked
package dev.retake.privacy.detect;

import org.jspecify.annotations.NullMarked;

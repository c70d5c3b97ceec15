/**
 * Sanitizes single values: by the rule of the field that they stand in, else by what their text shows, under whatever
 * encoding. Start at {@link dev.retake.privacy.value.Leaves}.
 */
@NullMarked
package dev.retake.privacy.value;

import org.jspecify.annotations.NullMarked;

/** Words by their bytes: tables that are asked without making a string. Start at {@link WordTable}. */
@NullMarked
package dev.retake.privacy.detect.words;

import org.jspecify.annotations.NullMarked;

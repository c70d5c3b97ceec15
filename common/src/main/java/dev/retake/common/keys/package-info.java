/** Keys and what is done with them: sealing, derivation, the key set's file; start at {@link dev.retake.common.keys.KeySet}. */
@NullMarked
package dev.retake.common.keys;

import org.jspecify.annotations.NullMarked;

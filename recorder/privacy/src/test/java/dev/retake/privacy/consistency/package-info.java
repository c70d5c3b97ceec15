/** That a value has one surrogate in every process and place, and no other value's; start at {@link dev.retake.privacy.consistency.ConsistencyTest}. */
@NullMarked
package dev.retake.privacy.consistency;

import org.jspecify.annotations.NullMarked;
